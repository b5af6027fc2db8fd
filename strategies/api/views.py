"""Read-only endpoints for strategies, priorities, domains and the glossary."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sources.facets.api import ListingMixin, listing_parameters
from sources.queryforms import QueryForm, validate
from strategies.api.serializers import (
    DomainSerializer,
    PrioritySerializer,
    StrategyDetailSerializer,
    StrategySerializer,
    TermSerializer,
)
from strategies.glossary import find_terms, listed_terms
from strategies.listing import PRIORITIES, STRATEGIES
from strategies.models import Domain, GlossaryTerm, Priority, Strategy
from strategies.queries import listed_priorities, listed_strategies, whole_strategies


class DomainsQuery(QueryForm):
    kind = forms.ChoiceField(choices=Domain.Kind.choices, required=False)


class TermsQuery(QueryForm):
    q = forms.CharField(max_length=100, required=False)


class StrategyListView(ListingMixin, ListAPIView[Strategy]):
    """Strategies, narrowed and ordered as on their page."""

    listing = STRATEGIES
    serializer_class = StrategySerializer
    queryset = Strategy.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_strategies()

    @extend_schema(
        operation_id="strategies_list", parameters=[*listing_parameters(STRATEGIES)]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class StrategyDetailView(APIView):
    """One strategy with its priorities and sources."""

    @extend_schema(
        operation_id="strategies_retrieve", responses=StrategyDetailSerializer
    )
    def get(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        strategy = whole_strategies().filter(slug=slug).first()
        if strategy is None:
            raise Http404(_("There is no strategy %(slug)s.") % {"slug": slug})
        return Response(StrategyDetailSerializer(strategy).data)


class PriorityListView(ListingMixin, ListAPIView[Priority]):
    """Priorities, narrowed and ordered as on their page."""

    listing = PRIORITIES
    serializer_class = PrioritySerializer
    queryset = Priority.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_priorities()

    @extend_schema(
        operation_id="priorities_list", parameters=[*listing_parameters(PRIORITIES)]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class DomainListView(ListAPIView[Domain]):
    """The three code lists after Eye@RIS3, the portal's own wording."""

    serializer_class = DomainSerializer
    queryset = Domain.objects.none()

    @extend_schema(
        operation_id="domains_list",
        parameters=[OpenApiParameter("kind", enum=[*Domain.Kind.values])],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Domain]:
        query = validate(DomainsQuery, self.request.query_params)
        domains = Domain.objects.select_related("parent")
        if query["kind"]:
            domains = domains.of_kind(query["kind"])
        return domains.order_by("kind", "parent__position", "position", "code")


class TermListView(ListAPIView[GlossaryTerm]):
    """The terms of the glossary, in order of the alphabet."""

    serializer_class = TermSerializer
    queryset = GlossaryTerm.objects.none()

    @extend_schema(
        operation_id="glossary_list",
        parameters=[
            OpenApiParameter("q", description="Words, all of which are found.")
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        query = validate(TermsQuery, self.request.query_params)
        return find_terms(query["q"]) if query["q"] else listed_terms()
