"""Kinds of money and of applicants, read from the words of the entries.

Entries say in free text what they pay and to whom. A kind is found by the words that
name it; a text may be of several kinds, and one that has none of the words is of none.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.facets import NOT_RECORDED, Bucket

Kinds = Mapping[str, tuple[Any, tuple[str, ...]]]

FUNDING: Kinds = {
    "grants": (_("Grants"), ("grant",)),
    "loans": (_("Loans"), ("loan", "blended finance")),
    "guarantees": (_("Guarantees"), ("guarantee",)),
    "equity": (_("Equity and venture capital"), ("equity", "venture")),
    "instruments": (_("Financial instruments"), ("financial instrument",)),
    "procurement": (_("Contracts and procurement"), ("procurement", "contract")),
    "prizes": (_("Prizes"), ("prize",)),
    "mobility": (_("Mobility"), ("mobility",)),
    "advice": (_("Advice and experts"), ("advice", "expert")),
}
APPLICANTS: Kinds = {
    "public": (
        _("Public bodies"),
        (
            "public bod",
            "public author",
            "regional author",
            "managing author",
            "member state author",
            "cities",
            "policy organisation",
            "policy makers",
        ),
    ),
    "firms": (
        _("Firms"),
        ("firm", "sme", "compan", "start-up", "enterprise", "industry"),
    ),
    "research": (_("Universities and research"), ("universit", "research")),
    "training": (_("Schools and training"), ("school", "training", "youth")),
    "non_profit": (
        _("Non-profit bodies and social partners"),
        ("non-profit", "ngo", "social partner"),
    ),
    "clusters": (
        _("Clusters and business networks"),
        ("cluster", "network", "business support", "hubs", "communities"),
    ),
    "finance": (_("Financial intermediaries"), ("intermediar", "microfinance")),
    "rural": (_("Farming and fisheries"), ("farm", "forest", "fisher", "rural")),
    "culture": (_("Culture and media"), ("cultural", "audiovisual")),
}


def buckets(field: str, kinds: Kinds) -> tuple[Bucket, ...]:
    """A part for each kind, by the words in the column ``field``."""
    found = [
        Bucket(value, label, _having(field, words))
        for value, (label, words) in kinds.items()
    ]
    return (*found, Bucket(NOT_RECORDED, _("Not recorded"), Q(**{field: ""})))


def _having(field: str, words: tuple[str, ...]) -> Q:
    wanted = Q()
    for word in words:
        wanted |= Q(**{f"{field}__icontains": word})
    return wanted
