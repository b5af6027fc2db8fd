"""Read-only endpoints for regions."""

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from regions.api.serializers import RegionDetailSerializer, RegionSerializer
from regions.models import Region, RegionQuerySet
from regions.queries import today
from regions.text import fold
from sources.asof import AsOfField
from sources.queryforms import InvalidQuery, ParameterError, QueryForm, validate

VERSIONS = [(str(year), str(year)) for year in (2010, 2013, 2016, 2021, 2024)]
VERSION_PARAMETER = OpenApiParameter(
    "version", OpenApiTypes.INT, enum=[2010, 2013, 2016, 2021, 2024],
    description="NUTS version; the one in force when absent.",
)  # fmt: skip


AS_OF_PARAMETER = OpenApiParameter(
    "asOf",
    description=(
        "Accepted, so that an address can be used with it throughout; the regions of "
        "a NUTS version are the same at all times."
    ),
)


def default_version() -> str:
    return str(settings.NUTS_VERSION)


class RegionQuery(QueryForm):
    version = forms.ChoiceField(choices=VERSIONS, initial=default_version)
    level = forms.ChoiceField(
        choices=[("0", "0"), ("1", "1"), ("2", "2")], required=False
    )
    country = forms.RegexField(regex=r"^[A-Z]{2}$", required=False)
    bloc = forms.ChoiceField(choices=Region.Bloc.choices, required=False)
    q = forms.CharField(max_length=100, required=False)
    asOf = AsOfField()  # noqa: N815  # regions are not versioned by day: no effect


class VersionQuery(QueryForm):
    version = forms.ChoiceField(choices=VERSIONS, initial=default_version)
    asOf = AsOfField()  # noqa: N815  # as above


def no_region(code: str, version: int) -> str:
    """Why a code leads nowhere in a version, and what it is today where that helps."""
    said = _("There is no region %(code)s in NUTS %(version)d.")
    note = today(code).note if version == settings.NUTS_VERSION else ""
    return " ".join(
        [said % {"code": code, "version": version}, *([f"{note}."] if note else [])]
    )


def _checked_country(code: str, regions: RegionQuerySet) -> str:
    codes = regions.order_by("country").values_list("country", flat=True).distinct()
    if code not in codes:
        detail = _("There is no country %(code)s in this version.") % {"code": code}
        raise InvalidQuery([ParameterError("country", detail, tuple(codes))])
    return code


class RegionListView(ListAPIView[Region]):
    """Regions of a NUTS version, in code order."""

    serializer_class = RegionSerializer
    queryset = Region.objects.none()

    @extend_schema(
        operation_id="regions_list",
        parameters=[
            VERSION_PARAMETER,
            AS_OF_PARAMETER,
            OpenApiParameter("level", OpenApiTypes.INT, enum=[0, 1, 2]),
            OpenApiParameter("country", description="NUTS country code, such as ES."),
            OpenApiParameter("bloc", enum=[str(value) for value in Region.Bloc.values]),
            OpenApiParameter("q", description="Part of a code or of a name."),
        ],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> RegionQuerySet:
        query = validate(RegionQuery, self.request.query_params)
        regions = Region.objects.in_version(int(query["version"]))
        if query["level"]:
            regions = regions.at_level(int(query["level"]))
        if query["country"]:
            regions = regions.in_country(_checked_country(query["country"], regions))
        if query["bloc"]:
            regions = regions.filter(bloc=query["bloc"])
        if query["q"]:
            regions = regions.filter(search_text__contains=fold(query["q"]))
        return regions.select_related("parent").order_by("code")


class RegionDetailView(APIView):
    """One region, its parts, and its codes in other NUTS versions."""

    @extend_schema(
        operation_id="regions_retrieve",
        parameters=[VERSION_PARAMETER, AS_OF_PARAMETER],
        responses=RegionDetailSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        query = validate(VersionQuery, request.query_params)
        region = (
            Region.objects.in_version(int(query["version"]))
            .filter(code=code)
            .select_related("parent")
            .prefetch_related("children", "targets__target")
            .first()
        )
        if region is None:
            raise Http404(no_region(code, int(query["version"])))
        others = [
            {
                "version": item.target.version,
                "code": item.target.code,
                "relation": item.relation,
            }
            for item in region.targets.all()
            if item.target.version != region.version
        ]
        region.other_versions = sorted(others, key=lambda item: item["version"])  # type: ignore[attr-defined]  # for the serializer only
        return Response(RegionDetailSerializer(region).data)
