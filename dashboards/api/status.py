"""The state of the data for monitors: what is held, how fresh, what is stale."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from indicators.dataflows import CACHE_SECONDS, known_freshness
from indicators.freshness import Basis, Cause, Freshness, State
from indicators.freshness_words import explanation, reason_text, rule_text
from indicators.models import Dataflow
from indicators.revisions import data_revision
from sources.queryforms import QueryForm, validate


class ReasonSerializer(serializers.Serializer[dict[str, Any]]):
    """Why a dataflow is stale."""

    cause = serializers.ChoiceField(choices=[item.value for item in Cause])
    since = serializers.DateField()
    text = serializers.CharField()


class DataflowStatusSerializer(serializers.Serializer[dict[str, Any]]):
    """One dataflow. Null is not known, or none."""

    agency = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    publisher = serializers.CharField()
    edition = serializers.CharField(help_text="As it is called; empty when unnamed.")
    source_release = serializers.DateTimeField(allow_null=True)
    released = serializers.DateField(
        allow_null=True, help_text="The day the next release is reckoned from."
    )
    release_basis = serializers.ChoiceField(choices=[item.value for item in Basis])
    fetched = serializers.DateTimeField(allow_null=True)
    last_checked = serializers.DateTimeField(allow_null=True)
    next_expected = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=[item.value for item in State])
    stale = serializers.BooleanField()
    reasons = ReasonSerializer(many=True)
    explanation = serializers.CharField()


class StatusSerializer(serializers.Serializer[dict[str, Any]]):
    """The portal's data at one moment."""

    portal_version = serializers.CharField()
    data_revision = serializers.IntegerField(
        help_text="Changes whenever loaded data change."
    )
    generated_at = serializers.DateTimeField()
    rule = serializers.CharField(help_text="When a dataflow is stale.")
    stale = serializers.IntegerField(help_text="How many dataflows are stale.")
    dataflows = DataflowStatusSerializer(many=True)


class StatusView(APIView):
    """Which release of each dataflow is held, when it was last checked, what is stale.

    Up to a minute old, so that monitors may ask as often as they like.
    """

    @extend_schema(responses=StatusSerializer)
    def get(self, request: Request) -> Response:
        validate(QueryForm, request.query_params)
        key = f"status:{get_language()}"
        document: dict[str, Any] | None = cache.get(key)
        if document is None:
            document = status_document()
            cache.set(key, document, CACHE_SECONDS)
        response = Response(document)
        patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        return response


def status_document() -> dict[str, Any]:
    """What ``StatusSerializer`` describes; a constant number of queries."""
    known = known_freshness()
    flows = Dataflow.objects.select_related("source").filter(pk__in=known)
    rows = [_row(flow, known[flow.pk]) for flow in flows]
    return {
        "portal_version": settings.PORTAL_VERSION,
        "data_revision": data_revision(),
        "generated_at": timezone.now(),
        "rule": rule_text(),
        "stale": sum(row["stale"] for row in rows),
        "dataflows": rows,
    }


def _row(flow: Dataflow, freshness: Freshness) -> dict[str, Any]:
    return {
        "agency": flow.agency,
        "code": flow.code,
        "name": flow.name,
        "publisher": flow.source.publisher,
        "edition": flow.edition,
        "source_release": flow.source_updated,
        "released": freshness.released,
        "release_basis": freshness.basis.value,
        "fetched": freshness.fetched,
        "last_checked": freshness.checked,
        "next_expected": freshness.next_expected,
        "state": freshness.state.value,
        "stale": freshness.is_stale,
        "reasons": [
            {
                "cause": reason.cause.value,
                "since": reason.since,
                "text": reason_text(reason),
            }
            for reason in freshness.reasons
        ],
        "explanation": explanation(freshness),
    }
