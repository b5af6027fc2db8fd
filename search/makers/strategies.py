"""Strategies, priorities, domains and the terms of the glossary."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from search.documents import Document, Maker, each
from search.makers.catalogue import joined
from strategies.models import Domain, GlossaryTerm, Priority, Strategy


def _strategy(item: Strategy) -> Document:
    return Document(
        key=item.pk,
        title=str(item),
        note=joined(item.area_name, item.period) if item.title else "",
        url=item.get_absolute_url(),
        # Whoever types a region's code or name wants the region first.
        text="\n".join(filter(None, [item.description, item.nuts_code])),
        weight=50,
    )


def _priorities() -> QuerySet[Any]:
    return Priority.objects.public().select_related("strategy")


def _priority(item: Priority) -> Document:
    return Document(
        key=item.pk,
        title=item.name,
        note=joined(item.strategy.area_name, item.strategy.period),
        url=item.get_absolute_url(),
        text=f"{item.description}\n{item.strategy.area_name}".strip(),
        weight=40,
    )


def _domain(item: Domain) -> Document:
    return Document(
        key=item.pk,
        title=item.name,
        note=str(item.get_kind_display()),
        url=item.get_absolute_url(),
        names=(item.code,),
        text=item.parent.name if item.parent else "",
        weight=70,
    )


def _domains() -> QuerySet[Any]:
    return Domain.objects.select_related("parent")


def _term(item: GlossaryTerm) -> Document:
    return Document(
        key=item.pk,
        title=item.term,
        note=item.abbreviation,
        url=item.get_absolute_url(),
        names=(item.abbreviation, *map(str, item.aliases)),
        text=item.definition,
        weight=62,
    )


STRATEGY = Maker(
    kind="strategy",
    label=_("Strategy"),
    plural=_("Strategies"),
    model=Strategy,
    records=Strategy.objects.public,
    make=each(_strategy),
)
PRIORITY = Maker(
    kind="priority",
    label=_("Priority"),
    plural=_("Priorities"),
    model=Priority,
    records=_priorities,
    make=each(_priority),
    follows={Strategy: "strategy"},
)
DOMAIN = Maker(
    kind="domain",
    label=_("Domain"),
    plural=_("Domains"),
    model=Domain,
    records=_domains,
    make=each(_domain),
    follows={Domain: "parent"},
)
TERM = Maker(
    kind="term",
    label=_("Term"),
    plural=_("Glossary"),
    model=GlossaryTerm,
    records=GlossaryTerm.objects.public,
    make=each(_term),
)
