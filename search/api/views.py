"""The search of everything."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from search.api.serializers import AnswerSerializer, HitSerializer
from search.forms import WordsQuery
from search.makers import MAKERS
from search.models import SearchDocument
from search.queries import Found, find
from sources.asof import AsOfField
from sources.queryforms import validate


class SearchQuery(WordsQuery):
    asOf = AsOfField()  # noqa: N815  # documents are not versioned by day: no effect


PARAMETERS = [
    OpenApiParameter(
        "q",
        description=(
            "Words, all of which must be found; at most 100 characters. Case, accents "
            "and small slips do not matter, and the beginning of a word is enough."
        ),
        examples=[
            OpenApiExample("a region in any script", value="Αττική"),
            OpenApiExample("a code of an old NUTS version", value="FR41"),
            OpenApiExample("two words, one misspelt", value="inovation vouchers"),
        ],
    ),
    OpenApiParameter(
        "kind",
        many=True,
        enum=[maker.kind for maker in MAKERS],
        description="Only this kind; several mean any of them.",
    ),
    OpenApiParameter("page", OpenApiTypes.INT, description="From 1."),
    OpenApiParameter("page_size", OpenApiTypes.INT, description="At most 10,000."),
    OpenApiParameter(
        "asOf",
        description=(
            "Accepted, so that an address can be used with it throughout; what is "
            "found is of today."
        ),
    ),
]
ANSWER = OpenApiExample(
    "A misspelt word",
    response_only=True,
    value={
        "count": 1,
        "next": None,
        "previous": None,
        "kinds": [{"kind": "region", "name": "Regions", "count": 1}],
        "meant": "toscana",
        "helps": [],
        "results": [
            {
                "kind": "region",
                "title": "Toscana (ITI1)",
                "note": "NUTS 2, Italy",
                "address": "/regions/ITI1/",
                "snippet": "",
                "title_marked": "<mark>Toscana</mark> (ITI1)",
                "snippet_marked": "",
            }
        ],
    },
)


class SearchView(GenericAPIView[SearchDocument]):
    """Regions, indicators, the whole catalogue and the glossary, best match first."""

    queryset = SearchDocument.objects.none()
    serializer_class = AnswerSerializer

    @extend_schema(
        operation_id="search_list",
        parameters=PARAMETERS,
        responses=AnswerSerializer,
        examples=[ANSWER],
    )
    def get(self, request: Request) -> Response:
        query = validate(SearchQuery, request.query_params)
        found = find(query["q"], query["kind"])
        hits = found.hits(self.paginate_queryset(found.records) or [])
        response = self.get_paginated_response(HitSerializer(hits, many=True).data)
        results = response.data.pop("results")
        response.data |= _about(found, hits) | {"results": results}
        return response


def _about(found: Found, hits: list[Any]) -> dict[str, Any]:
    return {
        "kinds": [
            {
                "kind": maker.kind,
                "name": str(maker.plural),
                "count": found.counts[maker.kind],
            }
            for maker in MAKERS
            if maker.kind in found.counts
        ],
        "meant": found.meant(hits),
        "helps": [{"q": item.q, "count": item.count} for item in found.helps],
    }
