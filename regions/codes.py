"""What a published geo code means, and in which NUTS version. Pure.

Statistics mix NUTS codes of several versions with aggregates, extra-regio codes,
codes from before NUTS 2010 and countries outside NUTS. Only the first have territory
the portal knows; the rest are told apart here, and what is left is refused.
"""

import re
from collections.abc import Container, Iterable, Mapping
from enum import StrEnum

import pycountry

# Countries with NUTS or statistical regions, as NUTS writes them.
_EU = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_OTHERS = "AL BA CH IS LI ME MK NO RS TR UA UK XK"
EU_COUNTRIES = frozenset(_EU.split())
NUTS_COUNTRIES = EU_COUNTRIES | frozenset(_OTHERS.split())

# NUTS departs from ISO 3166 in two codes; XK is a user-assigned ISO code.
_ISO_TO_NUTS = {"GR": "EL", "GB": "UK", "XKX": "XK", "XKV": "XK"}

_AGGREGATE = re.compile(
    r"EU|EU(6|9|10|12|15|25|27|28)|EU27_20(07|20)|EU_V"
    r"|EA|EA(11|12|13|15|16|17|18|19|20|21)|EEA|EEA(18|25|28|30|31)|EEA30_2007"
    r"|EFTA|NMS(10|12|13)|CC[1-9]|CPC1|G-?7|G-?20|BRIC|BRIICS|OECD|OECDE|OAVG|OTO|OTOT"
    r"|OME|WLD|WORLD|W0|WRL_REST|EXT_EU27_2020|CN_X_HK|NAFTA|ASEAN|DAC"
)
_EXTRA_REGIO = re.compile(r"([A-Z]{2})(Z{1,3}|X{1,3})")
_SUBNATIONAL = re.compile(r"([A-Z]{3})-[A-Z0-9]{2,3}")

# Codes of NUTS 1999 to 2006 that no later version uses, levels 0 to 2: Regulation
# (EC) No 1059/2003 and its amendments of 2005 and 2007. Greece was GR before 2010;
# HR01 is the statistical region of that time.
_EARLIER = """
    BG1 BG11 BG12 BG13 BG2 BG21 BG22 BG23 DE41 DE42 DED1 DED3 DEE1 DEE2 DEE3 DK00
    FI13 FI14 FI15 FI16 FI17 FI18 FI1A
    GR GR1 GR11 GR12 GR13 GR14 GR2 GR21 GR22 GR23 GR24 GR25 GR3 GR30 GR4 GR41 GR42 GR43
    HR01 ITD ITD1 ITD2 ITD3 ITD4 ITD5 ITE ITE1 ITE2 ITE3 ITE4
    SE0 SE01 SE02 SE04 SE06 SE07 SE08 SE09 SE0A SI00 UKD2 UKD5 UKM1 UKM4
"""
EARLIER_CODES = frozenset(_EARLIER.split())

# Territory inside a NUTS country that OECD publishes by a code of its own: the
# Basque Country took part in surveys as an education system.
_OECD_SUBNATIONAL = frozenset({"BAS"})

# Level-2 territory whose level-3 codes do not begin with its code.
_LEVEL_3_PREFIXES = {"UKN1": "UKN0"}
_LEVEL_3_LAST = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVW")


class GeoKind(StrEnum):
    """What a geo code stands for; only ``REGION`` has territory here."""

    REGION = "region"
    BELOW_LEVEL_2 = "below_level_2"
    EXTRA_REGIO = "extra_regio"
    AGGREGATE = "aggregate"
    EARLIER = "earlier"
    COUNTRY = "country"
    UNKNOWN = "unknown"


def classify_geo(code: str, known: Container[str], *, agency: str = "ESTAT") -> GeoKind:
    """The kind of a code as published; ``known`` are the NUTS codes, levels 0 to 2.

    The agency decides where two code lists clash: LUX is extra-regio Luxembourg for
    Eurostat, and the country for OECD.
    """
    nuts_code = nuts_country(code, agency=agency) or code
    if nuts_code in known:
        return GeoKind.REGION
    if _AGGREGATE.fullmatch(code):
        return GeoKind.AGGREGATE
    if code in EARLIER_CODES or (len(code) == 5 and code[:4] in EARLIER_CODES):
        return GeoKind.EARLIER
    if agency == "ESTAT" and _is_extra_regio(code, known):
        return GeoKind.EXTRA_REGIO
    if level_2_parent(code) in known:
        return GeoKind.BELOW_LEVEL_2
    return GeoKind.COUNTRY if _is_country(code) else GeoKind.UNKNOWN


def nuts_country(code: str, *, agency: str = "ESTAT") -> str | None:
    """The NUTS code of a country written in NUTS or ISO 3166 (two or three letters).

    None for countries outside NUTS and for anything else; in Eurostat's code lists
    LUX is no country.
    """
    if code in NUTS_COUNTRIES:
        return code
    if len(code) == 3 and agency == "ESTAT" and _EXTRA_REGIO.fullmatch(code):
        return None
    alpha_2 = _alpha_2(code)
    nuts_code = _ISO_TO_NUTS.get(alpha_2, alpha_2)
    return nuts_code if nuts_code in NUTS_COUNTRIES else None


def resolve_version(
    codes: Iterable[str], codes_by_version: Mapping[int, Container[str]]
) -> int:
    """The NUTS version that prevails in a file: most EU level-2 codes, then newest.

    Without a single EU level-2 code it is the newest version. Raises ValueError when
    no version is known.
    """
    wanted = [code for code in codes if len(code) == 4 and code[:2] in EU_COUNTRIES]
    if not codes_by_version:
        raise ValueError("no NUTS version is loaded")
    return max(
        codes_by_version,
        key=lambda version: (
            sum(code in codes_by_version[version] for code in wanted),
            version,
        ),
    )


def resolve(
    code: str, prevailing: int, codes_by_version: Mapping[int, Container[str]]
) -> int:
    """The NUTS version in which to read a code: the prevailing one, else the newest.

    Raises LookupError for a code of no version.
    """
    if code in codes_by_version.get(prevailing, ()):
        return prevailing
    holding = [version for version, codes in codes_by_version.items() if code in codes]
    if not holding:
        raise LookupError(f"{code!r} is in no NUTS version")
    return max(holding)


def level_2_parent(code: str) -> str:
    """The level-2 code that a level-3 code lies in; "" for other codes."""
    if len(code) != 5 or code[4] not in _LEVEL_3_LAST:
        return ""
    return _LEVEL_3_PREFIXES.get(code[:4], code[:4])


def _is_extra_regio(code: str, known: Container[str]) -> bool:
    match = _EXTRA_REGIO.fullmatch(code)
    return match is not None and (match[1] in known or match[1] == "GR")


def _is_country(code: str) -> bool:
    subnational = _SUBNATIONAL.fullmatch(code)
    if subnational:
        return _alpha_2(subnational[1]) != ""
    return code in _OECD_SUBNATIONAL or _alpha_2(code) != ""


def _alpha_2(code: str) -> str:
    """ISO 3166-1 alpha-2 of a two- or three-letter code; "" when there is none."""
    if not (code.isascii() and code.isalpha() and code.isupper()):
        return ""
    if len(code) == 2:
        country = pycountry.countries.get(alpha_2=code)
    else:
        country = pycountry.countries.get(alpha_3=code) if len(code) == 3 else None
    if country is None:
        return code if code in _ISO_TO_NUTS else ""
    alpha_2: str = country.alpha_2
    return alpha_2
