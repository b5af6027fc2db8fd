"""The partnership network through the API."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from programmes.models import Period
from projects.analysis.network import Link, Reach
from projects.models import Project
from projects.network import (
    LEVELS,
    NetworkQuery,
    Pair,
    Shared,
    SharedQuery,
    around,
    name_of,
    network_of,
    shared_projects,
    sorted_links,
)
from regions.api.views import no_region
from regions.atlas import Atlas, atlas
from sources.queryforms import validate

WAYS = 10  # the best introductions to a region
Names = dict[Pair, Shared]
FILTERS = [
    OpenApiParameter("programme", description="Only projects of this programme."),
    OpenApiParameter("period", enum=[str(value) for value in Period.values]),
    OpenApiParameter("theme", description="Only projects on this topic."),
    OpenApiParameter(
        "at_least",
        OpenApiTypes.INT,
        description="How many projects two regions share at least.",
    ),
]
LEVEL = OpenApiParameter(
    "level", OpenApiTypes.INT, enum=[int(value) for value, _label in LEVELS],
    description="0 is countries, 1 and 2 the NUTS levels; 2 when absent.",
)  # fmt: skip


class LinkSerializer(serializers.Serializer[Any]):
    """Two territories; ``projects`` are the slugs of all that they share."""

    a = serializers.CharField()
    a_name = serializers.CharField()
    b = serializers.CharField()
    b_name = serializers.CharField()
    weight = serializers.IntegerField()
    projects = serializers.ListField(child=serializers.CharField())


class NetworkPartnerSerializer(serializers.Serializer[Any]):
    geo = serializers.CharField()
    name = serializers.CharField()
    weight = serializers.IntegerField()
    projects = serializers.ListField(child=serializers.CharField())


class IntroductionSerializer(serializers.Serializer[Any]):
    """``first``: projects shared with ``via``; ``then``: those it shares on."""

    via = serializers.CharField()
    via_name = serializers.CharField()
    first = serializers.ListField(child=serializers.CharField())
    then = serializers.ListField(child=serializers.CharField())


class ReachSerializer(serializers.Serializer[Any]):
    """``introductions`` are the ten best of ``introducers``."""

    geo = serializers.CharField()
    name = serializers.CharField()
    strength = serializers.IntegerField()
    introducers = serializers.IntegerField()
    introductions = IntroductionSerializer(many=True)


class RegionNetworkSerializer(serializers.Serializer[Any]):
    """The network as one region sees it, among territories of its own level."""

    geo = serializers.CharField()
    name = serializers.CharField()
    level = serializers.IntegerField()
    partners = NetworkPartnerSerializer(many=True)
    within_reach = ReachSerializer(many=True)


class NetworkView(ListAPIView[Project]):
    """Which territories share projects, and which projects."""

    serializer_class = LinkSerializer
    queryset = Project.objects.none()

    @extend_schema(
        operation_id="network_list",
        parameters=[
            LEVEL,
            *FILTERS,
            OpenApiParameter("sort", enum=["projects", "a", "b"]),
            OpenApiParameter("order", enum=["asc", "desc"]),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = validate(NetworkQuery, request.query_params)
        regions = atlas(settings.NUTS_VERSION)
        network = network_of(query, int(query["level"]))
        links = sorted_links(
            network.strongest(at_least=query["at_least"]), query, regions
        )
        page: Sequence[Link] = self.paginate_queryset(links) or ()
        shared = shared_projects(network, [(link.a, link.b) for link in page])
        rows = [_link(link, regions, shared) for link in page]
        return self.get_paginated_response(LinkSerializer(rows, many=True).data)


class RegionNetworkView(APIView):
    """A region's partners by shared projects, and whom those could introduce."""

    @extend_schema(
        operation_id="regions_network_retrieve",
        parameters=FILTERS,
        responses=RegionNetworkSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        query = validate(SharedQuery, request.query_params)
        regions = atlas(settings.NUTS_VERSION)
        if code not in regions:
            raise Http404(no_region(code, regions.version))
        found = around(code, query, regions[code].level)
        shared = shared_projects(found.network, found.pairs(WAYS))
        body = {
            "geo": code,
            "name": name_of(code, regions),
            "level": regions[code].level,
            "partners": [
                _partner(code, link, regions, shared) for link in found.partners
            ],
            "within_reach": [
                _reach(code, item, regions, shared) for item in found.reach
            ],
        }
        return Response(RegionNetworkSerializer(body).data)


def _link(link: Link, regions: Atlas, shared: Names) -> dict[str, Any]:
    return {
        "a": link.a,
        "a_name": name_of(link.a, regions),
        "b": link.b,
        "b_name": name_of(link.b, regions),
        "weight": link.weight,
        "projects": _slugs(shared[link.a, link.b]),
    }


def _partner(code: str, link: Link, regions: Atlas, shared: Names) -> dict[str, Any]:
    other = link.other(code)
    return {
        "geo": other,
        "name": name_of(other, regions),
        "weight": link.weight,
        "projects": _slugs(shared[code, other]),
    }


def _reach(code: str, item: Reach, regions: Atlas, shared: Names) -> dict[str, Any]:
    return {
        "geo": item.region,
        "name": name_of(item.region, regions),
        "strength": item.strength,
        "introducers": len(item.introductions),
        "introductions": [
            {
                "via": way.via,
                "via_name": name_of(way.via, regions),
                "first": _slugs(shared[code, way.via]),
                "then": _slugs(shared[way.via, item.region]),
            }
            for way in item.introductions[:WAYS]
        ],
    }


def _slugs(shared: Shared) -> list[str]:
    return [project.slug for project in shared.projects]
