"""Whether what is said of a place agrees with the region it is tied to. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """``country`` and ``nuts_code`` as given, ``region`` the code of today's region.

    ``towns``: the regions of all entries of the same country and town, by code, as
    often as they occur; {} where the town is not known.
    """

    country: str
    nuts_code: str
    nuts_version: int | None
    region: str
    region_version: int
    towns: tuple[tuple[str, int], ...] = ()


# So many others in the same town must agree before one counts as the odd one out.
ENOUGH = 3


def disagreements(place: Place) -> list[str]:
    """Codes: ``country``, ``code`` (of the same NUTS version), ``town``."""
    found: list[str] = []
    if not place.region:
        return found
    if place.country and place.country != place.region[:2]:
        found.append("country")
    same_version = place.nuts_version == place.region_version
    if place.nuts_code and (
        place.nuts_code[:2] != place.region[:2]
        or (same_version and not nested(place.nuts_code, place.region))
    ):
        found.append("code")
    if _is_odd(place):
        found.append("town")
    return found


def nested(one: str, other: str) -> bool:
    """Whether one of the two NUTS codes lies in the other; ES21 and ES213."""
    return one.startswith(other) or other.startswith(one)


def _is_odd(place: Place) -> bool:
    """Everybody else in that town is in one other region."""
    others = [(code, n) for code, n in place.towns if not nested(code, place.region)]
    own = sum(n for code, n in place.towns if nested(code, place.region))
    return own <= 1 and len(others) == 1 and others[0][1] >= ENOUGH
