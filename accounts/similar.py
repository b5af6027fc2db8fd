"""Organisations that may be the one somebody names."""

from rapidfuzz import fuzz, process

from accounts.models import Organisation
from accounts.names import normalised_name

SCORE = 78
MOST = 8


def similar_organisations(name: str, country: str) -> list[Organisation]:
    """Those readers may see, in that country or of none, the likest first.

    Compared are names without accents and fillers, names in their own language and
    acronyms. Two queries.
    """
    wanted = normalised_name(name)
    rows = Organisation.objects.public().standing().filter(country__in=[country, ""])
    scores: dict[int, float] = {}
    for pk, normal, local, acronym in rows.values_list(
        "pk", "normalised_name", "name_local", "acronym"
    ):
        forms = [normal, normalised_name(local), acronym.lower()]
        best = process.extractOne(
            wanted,
            [form for form in forms if form],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=SCORE,
        )
        if best or _contains(wanted, normal):
            scores[pk] = best[1] if best else SCORE
    first = sorted(scores, key=lambda pk: (-scores[pk], pk))[:MOST]
    found = Organisation.objects.in_bulk(first)
    return [found[pk] for pk in first]


def _contains(wanted: str, normal: str) -> bool:
    """Whether all words of one are words of the other."""
    here, there = set(wanted.split()), set(normal.split())
    return bool(here and there) and (here <= there or there <= here)
