"""Calls: their state on the day a reader asks, and how they are searched."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.analysis.call_state import CallState, call_state
from programmes.listing import CatalogueQuery, period_words
from programmes.models import Call, Programme
from sources.facets import (
    NOT_RECORDED,
    Bucket,
    BucketFacet,
    ColumnFacet,
    Counts,
    Listing,
    Records,
    Sort,
)
from sources.facets.kinds import Members

# Closing days are days in Brussels, wherever the server or the reader is.
ZONE = ZoneInfo("Europe/Brussels")
STATES = {
    CallState.OPEN: _("open"),
    CallState.ANNOUNCED: _("announced"),
    CallState.UNKNOWN: _("dates not known"),
    CallState.CLOSED: _("closed"),
}


def today() -> date:
    """The day in Brussels."""
    return timezone.localdate(timezone=ZONE)


def state_of(call: Call) -> CallState:
    """The state now, asked at each request."""
    return call_state(
        opens=call.opens,
        closes=call.closes,
        last_year=call.programme.last_year,
        today=today(),
    )


def in_state(state: CallState, day: date) -> Q:
    """The same as ``call_state``, as a condition in SQL."""
    announced = Q(opens__gt=day)
    begun = Q(opens__isnull=True) | Q(opens__lte=day)
    undated = begun & Q(closes__isnull=True)
    return {
        CallState.ANNOUNCED: announced,
        CallState.OPEN: begun & Q(closes__gte=day),
        CallState.CLOSED: begun & Q(closes__lt=day)
        | undated & Q(programme__last_year__lt=day.year),
        CallState.UNKNOWN: undated & Q(programme__last_year__gte=day.year),
    }[state]


def listed_calls() -> QuerySet[Call]:
    """Public calls: open ones first by deadline, then announced, unknown, closed."""
    day = today()
    rank = Case(
        *(
            When(in_state(state, day), then=Value(place))
            for place, state in enumerate(CallState)
        ),
        default=Value(len(CallState)),
        output_field=IntegerField(),
    )
    return (
        Call.objects.public()
        .select_related("programme")
        .prefetch_related("references", "programme__policy_areas")
        .annotate(
            rank=rank,
            nearest=Case(When(in_state(CallState.OPEN, day), then=F("closes"))),
            coming=Case(When(in_state(CallState.ANNOUNCED, day), then=F("opens"))),
        )
        .order_by(*BY_STATE, "pk")
    )


BY_STATE = (
    "rank",
    F("nearest").asc(nulls_last=True),
    F("coming").asc(nulls_last=True),
    F("closes").desc(nulls_last=True),
    "-programme__last_year",
    "code",
)


class StateFacet(BucketFacet):
    """The states of a call; which calls are in one is asked anew each time."""

    @property
    def now(self) -> BucketFacet:
        day = today()
        parts = [Bucket(s.value, STATES[s], in_state(s, day)) for s in CallState]
        return BucketFacet(name=self.name, label=self.label, buckets=parts)

    def condition(self, chosen: Sequence[str]) -> Q:
        return self.now.condition(chosen)

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        return self.now.members(records, keys)

    def arranged(self, counts: Counts) -> Counts:
        return self.now.arranged(counts)


class AreaFacet(ColumnFacet):
    """The policy areas of a call's programme; a call may have several."""

    def condition(self, chosen: Sequence[str]) -> Q:
        wanted = Q(
            programme__in=Programme.objects.filter(policy_areas__code__in=chosen)
        )
        if NOT_RECORDED in chosen:
            wanted |= Q(programme__policy_areas__isnull=True)
        return wanted


CALLS = Listing(
    facets=(
        StateFacet(name="state", label=_("State today"), buckets=()),
        ColumnFacet(
            name="programme",
            label=_("Programme"),
            field="programme__slug",
            label_field="programme__name",
        ),
        AreaFacet(
            name="area",
            label=_("Policy area"),
            field="programme__policy_areas__code",
            label_field="programme__policy_areas__name",
        ),
        ColumnFacet(
            name="period",
            label=_("Period"),
            field="programme__period",
            wording=period_words,
            by_value=True,
        ),
    ),
    sorts={
        "state": Sort(_("Open first"), BY_STATE),
        "closes": Sort(_("Latest closing date"), (F("closes").desc(nulls_last=True),)),
        "programme": Sort(_("Programme"), ("programme__acronym", "code")),
    },
    form=CatalogueQuery,
)
