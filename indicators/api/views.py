"""Read-only endpoints for indicators and observations."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from indicators.api.serializers import IndicatorSerializer, ObservationSerializer
from indicators.models import Indicator
from indicators.observations import ObservationRows
from indicators.periods import parse_period
from indicators.queries import indicator_frames
from regions.api.views import VERSION_PARAMETER, VERSIONS, default_version
from regions.models import Region
from sources.queryforms import InvalidQuery, ParameterError, QueryForm, validate

RELATED = ("dataflow", "numerator", "denominator")


class IndicatorListView(ListAPIView[Indicator]):
    """All indicators with their definitions."""

    serializer_class = IndicatorSerializer

    def get_queryset(self) -> QuerySet[Indicator]:
        validate(QueryForm, self.request.query_params)
        return Indicator.objects.select_related(*RELATED).order_by("position", "slug")


class IndicatorDetailView(RetrieveAPIView[Indicator]):
    """One indicator."""

    serializer_class = IndicatorSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Indicator]:
        validate(QueryForm, self.request.query_params)
        return Indicator.objects.select_related(*RELATED)


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


class ObservationQuery(QueryForm):
    indicator = ListField(required=False)
    geo = ListField(required=False)
    time_period = PeriodsField(required=False)
    version = forms.ChoiceField(choices=VERSIONS, initial=default_version)


class ObservationListView(ListAPIView[Any]):
    """Observations, one row per indicator, region and period.

    Ordered by indicator, geo and period; pages are stable to the last row. As CSV
    without ``page`` and ``page_size`` it is one file with all rows.
    """

    serializer_class = ObservationSerializer
    queryset = Indicator.objects.none()
    csv_columns: ClassVar[list[str]] = [
        "indicator", "geo", "time_period", "obs_value", "obs_status", "conf_status",
        "unit", "published_as",
    ]  # fmt: skip

    @extend_schema(
        operation_id="observations_list",
        parameters=[
            OpenApiParameter("indicator", description="Slug; several by + or comma."),
            OpenApiParameter("geo", description="Region code; several by + or comma."),
            OpenApiParameter("time_period", description="Year; several by + or comma."),
            VERSION_PARAMETER,
            OpenApiParameter("page_size", OpenApiTypes.INT, description="Up to 10000."),
        ],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        rows = observation_rows(request.query_params)
        if wants_whole_file(request):
            return Response(list(rows))
        page = self.paginate_queryset(rows)  # type: ignore[arg-type]  # any sized sequence
        # Rows are ready for rendering: a serializer would only copy them, slowly.
        return self.get_paginated_response(page)


def wants_whole_file(request: Request) -> bool:
    """A CSV without a page asked for is a download: all rows, no limit."""
    paged = {"page", "page_size"} & set(request.query_params)
    return request.accepted_renderer.format == "csv" and not paged


def observation_rows(params: QueryDict) -> ObservationRows:
    """The rows a query asks for; InvalidQuery for indicators or regions unknown."""
    query = validate(ObservationQuery, params)
    version = int(query["version"] or settings.NUTS_VERSION)
    indicators = _indicators(query["indicator"])
    frames = indicator_frames(indicators, version=version)
    _check_geos(
        query["geo"], version, {g for f in frames.values() for g in f.values.index}
    )
    return ObservationRows(
        indicators, frames, geos=query["geo"], periods=query["time_period"]
    )


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
