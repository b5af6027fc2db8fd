"""Read-only endpoints for indicators and observations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from indicators.api.parameters import (
    AS_OF_PARAMETER,
    SERIES_PARAMETER,
    let_past_be_kept,
)
from indicators.api.serializers import IndicatorSerializer, ObservationSerializer
from indicators.dataflows import stale_reason
from indicators.forms import CONVERTED, PastQuery, ReadingQuery, reading_of
from indicators.history import held_rows
from indicators.history_rows import HistoryRows
from indicators.models import Indicator
from indicators.observations import ObservationRows
from indicators.periods import parse_period
from indicators.queries import indicator_frames
from indicators.reading import Reading
from regions.api.views import VERSION_PARAMETER
from regions.models import Region
from sources.queryforms import InvalidQuery, ParameterError, validate

RELATED = ("dataflow", "numerator", "denominator")


class _IndicatorAnswers:
    """Definitions are those of today; of a past moment no staleness is told."""

    request: Any

    def get_queryset(self) -> QuerySet[Indicator]:
        return Indicator.objects.select_related(*RELATED).order_by("position", "slug")

    def get_serializer_context(self) -> dict[str, Any]:
        query = validate(PastQuery, self.request.query_params)
        return super().get_serializer_context() | {"as_of": query["asOf"]}  # type: ignore[misc,no-any-return]


@extend_schema(parameters=[AS_OF_PARAMETER])
class IndicatorListView(_IndicatorAnswers, ListAPIView[Indicator]):
    """All indicators with their definitions."""

    serializer_class = IndicatorSerializer


@extend_schema(parameters=[AS_OF_PARAMETER])
class IndicatorDetailView(_IndicatorAnswers, RetrieveAPIView[Indicator]):
    """One indicator."""

    serializer_class = IndicatorSerializer
    lookup_field = "slug"


class ListField(forms.Field):
    """Values given repeatedly or joined by "+" or a comma: ES21+ITI1."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        texts = value or []
        parts = [
            part
            for text in texts
            for part in text.replace("+", ",").replace(" ", ",").split(",")
        ]
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for text in value:
            ProhibitNullCharactersValidator()(text)


class PeriodsField(ListField):
    """Periods as the API writes them; one without data is no mistake."""

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for text in value:
            try:
                parse_period(text)
            except ValueError as exc:
                detail = _("%(text)s is no period such as 2020 or 2020-Q1.")
                raise ValidationError(detail % {"text": text}) from exc


class ObservationQuery(ReadingQuery):
    indicator = ListField(required=False)
    geo = ListField(required=False)
    time_period = PeriodsField(required=False)
    includeHistory = forms.ChoiceField(  # noqa: N815  # the name in addresses
        choices=[("true", "true"), ("false", "false")], initial="false"
    )

    def clean(self) -> dict[str, Any]:
        """The history is that of values as reported."""
        query = super().clean()
        if query.get("includeHistory") == "true" and query.get("series") == CONVERTED:
            detail = _("With includeHistory, values come as reported.")
            raise ValidationError({"series": detail})
        return query


class ObservationListView(ListAPIView[Any]):
    """Observations, one row per indicator, region and period.

    Ordered by indicator, geo and period; pages are stable to the last row. As CSV
    without ``page`` and ``page_size`` it is one file with all rows. As JSON, ``stale``
    says why the source of an indicator is stale, for each one of which it is. With
    ``includeHistory=true`` every observation comes once for each state of its region
    that the portal has held, from ``validFrom`` until ``validTo`` (null: until now).
    """

    serializer_class = ObservationSerializer
    queryset = Indicator.objects.none()
    csv_columns: ClassVar[list[str]] = [
        "indicator", "geo", "time_period", "obs_value", "obs_status", "conf_status",
        "unit", "published_as", "converted", "conversion", "weight",
    ]  # fmt: skip

    @extend_schema(
        operation_id="observations_list",
        parameters=[
            OpenApiParameter("indicator", description="Slug; several by + or comma."),
            OpenApiParameter("geo", description="Region code; several by + or comma."),
            OpenApiParameter("time_period", description="Year; several by + or comma."),
            VERSION_PARAMETER,
            AS_OF_PARAMETER,
            SERIES_PARAMETER,
            OpenApiParameter(
                "includeHistory",
                OpenApiTypes.BOOL,
                description="Each observation as it was held from when to when.",
            ),
            OpenApiParameter("page_size", OpenApiTypes.INT, description="Up to 10000."),
        ],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        query = validate(ObservationQuery, request.query_params)
        rows = observation_rows(query)
        if isinstance(rows, HistoryRows):
            self.csv_columns = [*self.csv_columns, "validFrom", "validTo"]  # type: ignore[misc]  # of this answer
        answer = self._answer(request, rows, as_of=query["asOf"])
        return let_past_be_kept(answer, reading_of(query))

    def _answer(
        self,
        request: Request,
        rows: ObservationRows | HistoryRows,
        *,
        as_of: datetime | None,
    ) -> Response:
        if wants_whole_file(request):
            return Response(list(rows))
        page = self.paginate_queryset(rows)  # type: ignore[arg-type]  # any sized sequence
        # Rows are ready for rendering: a serializer would only copy them, slowly.
        response = self.get_paginated_response(page)
        response.data["stale"] = {
            item.slug: reason
            for item in rows.indicators
            if (reason := stale_reason(item, as_of=as_of))
        }
        return response


def wants_whole_file(request: Request) -> bool:
    """A CSV without a page asked for is a download: all rows, no limit."""
    paged = {"page", "page_size"} & set(request.query_params)
    return request.accepted_renderer.format == "csv" and not paged


def observation_rows(query: Mapping[str, Any]) -> ObservationRows | HistoryRows:
    """The rows a checked query asks for; InvalidQuery where a name is unknown."""
    reading = reading_of(query)
    indicators = _indicators(query["indicator"])
    if query["includeHistory"] == "true":
        return _history_rows(indicators, query, reading)
    frames = indicator_frames(indicators, reading=reading)
    held = {geo for frame in frames.values() for geo in frame.values.index}
    _check_geos(query["geo"], reading.version, held)
    return ObservationRows(
        indicators, frames, geos=query["geo"], periods=query["time_period"]
    )


def _history_rows(
    indicators: list[Indicator], query: Mapping[str, Any], reading: Reading
) -> HistoryRows:
    rows = {item: held_rows(item, reading=reading) for item in indicators}
    held = {row.geo for of_item in rows.values() for row in of_item}
    _check_geos(query["geo"], reading.version, held)
    return HistoryRows(rows, geos=query["geo"], periods=query["time_period"])


def _indicators(slugs: list[str]) -> list[Indicator]:
    known = {item.slug: item for item in Indicator.objects.select_related(*RELATED)}
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        detail = _("There is no indicator %(slug)s.") % {"slug": ", ".join(unknown)}
        raise InvalidQuery([ParameterError("indicator", detail, tuple(sorted(known)))])
    return [known[slug] for slug in slugs] if slugs else list(known.values())


def _check_geos(geos: list[str], version: int, held: set[str]) -> None:
    """A region without data is an empty answer; a code that is none is a mistake."""
    strange = [geo for geo in geos if geo not in held]
    if not strange:
        return
    regions = Region.objects.in_version(version).filter(code__in=strange)
    unknown = sorted(set(strange) - set(regions.values_list("code", flat=True)))
    if unknown:
        detail = _("%(codes)s: no such region in NUTS %(version)d.") % {
            "codes": ", ".join(unknown),
            "version": version,
        }
        raise InvalidQuery([ParameterError("geo", detail)])
