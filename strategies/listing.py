"""How strategies and priorities are searched: the same for pages, files and API."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from regions.countries import country_name
from regions.models import Region
from regions.text import fold
from sources.asof import AsOfField
from sources.facets import Bucket, BucketFacet, ColumnFacet, Listing, Sort
from sources.queryforms import QueryForm
from strategies.domain_facet import DomainFacet
from strategies.models import Domain, Priority, Strategy

PERIODS = (
    (2007, 2013, "2007–2013"),
    (2014, 2020, "2014–2020"),
    (2021, 2027, "2021–2027"),
)


class StrategiesQuery(QueryForm):
    """Strategies are not versioned by day: a moment of the past has no effect."""

    asOf = AsOfField()  # noqa: N815  # the parameter's name in addresses


def priorities_matching(words: str) -> Q:
    """All words, each in the priority, in its strategy or in a domain's name."""
    wanted = Q()
    names = dict(Domain.objects.values_list("pk", "name"))
    for word in fold(words).split():
        domains = [pk for pk, name in names.items() if word in fold(name)]
        tagged = Priority.domains.through._default_manager.filter(domain__in=domains)
        wanted &= (
            Q(search_text__contains=word)
            | Q(strategy__search_text__contains=word)
            | Q(pk__in=tagged.values("priority"))
        )
    return wanted


def strategies_matching(words: str) -> Q:
    """All words, each in the strategy or in one of its public priorities."""
    wanted = Q()
    for word in fold(words).split():
        named = Priority.objects.public().filter(search_text__contains=word)
        wanted &= Q(search_text__contains=word) | Q(pk__in=named.values("strategy"))
    return wanted


def _tags(kind: str) -> Callable[[], QuerySet[Any]]:
    through = Priority.domains.through._default_manager
    return lambda: through.filter(domain__kind=kind)


def _periods(strategy: str) -> tuple[Bucket, ...]:
    """Programming periods that a strategy's years touch."""
    return tuple(
        Bucket(
            f"{first}-{last}",
            label,
            Q(
                **{
                    f"{strategy}first_year__lte": last,
                    f"{strategy}last_year__gte": first,
                }
            ),
        )
        for first, last, label in PERIODS
    )


def _places(strategy: str) -> tuple[ColumnFacet, ColumnFacet, BucketFacet]:
    return (
        ColumnFacet(
            name="country",
            label=_("Country"),
            field=f"{strategy}region__country",
            wording=country_name,
        ),
        ColumnFacet(
            name="region",
            label=_("Region"),
            field=f"{strategy}region__code",
            label_field=f"{strategy}region__name",
            is_open=False,
        ),
        BucketFacet(name="period", label=_("Period"), buckets=_periods(strategy)),
    )


def _domains(kind: str, label: Any, *, is_open: bool = True) -> DomainFacet:
    return DomainFacet(
        name=kind, label=label, rows=_tags(kind), link="priority", is_open=is_open
    )


PRIORITIES = Listing(
    facets=(
        _domains(Domain.Kind.ECONOMIC.value, _("Economic domain")),
        _domains(Domain.Kind.POLICY.value, _("Policy objective")),
        _domains(Domain.Kind.SCIENTIFIC.value, _("Scientific domain"), is_open=False),
        *_places("strategy__"),
    ),
    sorts={
        "region": Sort(
            _("By region"),
            ("strategy__nuts_code", "-strategy__first_year", "position"),
        ),
        "name": Sort(_("By name"), ("name",)),
        "period": Sort(
            _("Latest period first"),
            ("-strategy__last_year", "strategy__nuts_code", "position"),
        ),
    },
    text=priorities_matching,
    form=StrategiesQuery,
    watched=(Priority, Strategy, Priority.domains.through, Domain, Region),
)

STRATEGIES = Listing(
    facets=_places(""),
    sorts={
        "region": Sort(_("By region"), ("nuts_code", "-first_year")),
        "period": Sort(_("Latest period first"), ("-last_year", "nuts_code")),
    },
    text=strategies_matching,
    form=StrategiesQuery,
)
