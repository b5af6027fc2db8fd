"""Endpoints that combine the apps: figures, and a region's whole profile."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from dashboards.api.figures import figure_document
from dashboards.api.formats import XLSXRenderer
from dashboards.api.profile import profile_rows
from dashboards.api.serializers import FigureSerializer, ProfileSerializer
from dashboards.exhibits.base import all_indicators
from dashboards.exhibits.registry import KINDS
from dashboards.profile import build_profile
from indicators.api.parameters import (
    AS_OF_PARAMETER,
    SERIES_PARAMETER,
    let_past_be_kept,
)
from indicators.forms import ReadingQuery, reading_of
from indicators.revisions import data_revision
from regions.api.views import VERSION_PARAMETER, no_region
from regions.atlas import atlas
from sources.queryforms import QueryForm, validate
from sources.tables import WRITERS as TABLE_FORMATS
from sources.tables import download


class RootView(APIView):
    """Where everything is."""

    @extend_schema(operation_id="root_retrieve", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        validate(QueryForm, request.query_params)
        names = (
            "region-list",
            "indicator-list",
            "observation-list",
            "project-list",
            "organisation-list",
            "practice-list",
            "programme-list",
            "call-list",
        )
        places: dict[str, Any] = {
            name.removesuffix("-list") + "s": reverse(f"api:{name}", request=request)
            for name in names
        }
        places |= {
            "strategies": reverse("api:strategy-list", request=request),
            "priorities": reverse("api:priority-list", request=request),
            "domains": reverse("api:domain-list", request=request),
            "glossary": reverse("api:glossary-list", request=request),
        }
        places["search"] = reverse("api:search", request=request)
        places["support"] = reverse("api:support-list", request=request)
        places["partners"] = reverse("api:partner-list", request=request)
        places["network"] = reverse("api:network", request=request)
        places["figures"] = [
            reverse("api:figure", args=[kind], request=request) for kind in KINDS
        ]
        places["status"] = reverse("api:status", request=request)
        places["schema"] = reverse("api-schema", request=request)
        places["docs"] = reverse("api-docs", request=request)
        return Response(places)


class FigureView(APIView):
    """A Plotly figure as JSON, or with ``format`` csv or xlsx the data behind it.

    The portal's own pages draw these figures. Parameters depend on the kind; a wrong
    one is answered with its allowed values.
    """

    renderer_classes = [*APIView.renderer_classes, XLSXRenderer]

    @extend_schema(
        operation_id="figures_retrieve",
        parameters=[
            OpenApiParameter(
                "kind", location=OpenApiParameter.PATH, enum=list(KINDS),
                description=" ".join(f"{k}: {v.summary}" for k, v in KINDS.items()),
            ),
            OpenApiParameter("indicator", description="Slug (not for specialisation)."),
            OpenApiParameter("region", many=True, description="Region code or codes."),
            OpenApiParameter("year", description="The best covered one when absent."),
            OpenApiParameter("layout", enum=["dorling", "tile", "boundaries"]),
            OpenApiParameter("classes", enum=["quantile", "equal"]),
            OpenApiParameter("version", OpenApiTypes.INT, enum=[2021, 2024]),
            AS_OF_PARAMETER,
            SERIES_PARAMETER,
            OpenApiParameter("format", enum=["json", *TABLE_FORMATS]),
        ],
        responses=FigureSerializer,
    )  # fmt: skip
    def get(self, request: Request, kind: str) -> Response | HttpResponse:
        if kind not in KINDS:
            raise Http404(
                _("There is no figure %(kind)s. Kinds: %(kinds)s.")
                % {"kind": kind, "kinds": ", ".join(KINDS)}
            )
        query = validate(KINDS[kind].form, request.query_params)
        revision = data_revision()
        exhibit = KINDS[kind].build(query)
        if exhibit is None:
            raise Http404(_("No data are held for this figure."))
        wanted = request.accepted_renderer.format
        if wanted in TABLE_FORMATS:
            return let_past_be_kept(download(exhibit.table, wanted), reading_of(query))
        answer = Response(figure_document(exhibit, revision=revision))
        return let_past_be_kept(answer, reading_of(query))


class RegionProfileView(APIView):
    """Key figures of a region: latest value, flags, ranks, country and EU."""

    @extend_schema(
        operation_id="regions_profile_retrieve",
        parameters=[VERSION_PARAMETER, AS_OF_PARAMETER, SERIES_PARAMETER],
        responses=ProfileSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        reading = reading_of(validate(ReadingQuery, request.query_params))
        regions = atlas(reading.version)
        if code not in regions:
            raise Http404(no_region(code, reading.version))
        profile = build_profile(
            code,
            atlas=regions,
            indicators=all_indicators(reading.as_of),
            reading=reading,
        )
        rows = profile_rows(profile)
        answer = _profile(rows, code, reading.version, regions.name(code))
        return let_past_be_kept(Response(answer), reading)


def _profile(
    rows: list[dict[str, Any]], code: str, version: int, name: str
) -> dict[str, Any]:
    return {"geo": code, "version": version, "name": name, "key_figures": rows}
