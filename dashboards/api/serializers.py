"""Shapes of the combined endpoints, for the schema."""

from typing import Any

from rest_framework import serializers

CONVERTED = "Computed from regions of another NUTS version (series=converted)."
WEIGHT = "What the conversion weighs by: population or area; empty without any."
STALE = "Whether a source is older than the rule at /api/v1/status/ allows."


class FigureSerializer(serializers.Serializer[dict[str, Any]]):
    """A Plotly figure with its words."""

    data = serializers.ListField(child=serializers.DictField())  # type: ignore[assignment]  # Plotly's name, not the serializer's data
    layout = serializers.DictField()
    question = serializers.CharField()
    subtitle = serializers.CharField()
    summary = serializers.CharField()
    converted = serializers.ListField(
        child=serializers.CharField(),
        help_text="Regions of the figure that have a converted value.",
    )
    weight = serializers.CharField(help_text=WEIGHT)
    sources = serializers.ListField(child=serializers.CharField())
    stale = serializers.BooleanField(help_text=STALE)
    stale_reason = serializers.CharField(help_text="Empty when not stale.")


class ComparedSerializer(serializers.Serializer[dict[str, Any]]):
    """A value to compare with; ``is_median``: no total is published."""

    obs_value = serializers.FloatField(allow_null=True)
    is_median = serializers.BooleanField()


class RankSerializer(serializers.Serializer[dict[str, Any]]):
    """A place among regions that have a value in the same period."""

    rank = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField()


class KeyFigureSerializer(serializers.Serializer[dict[str, Any]]):
    """The latest value of one indicator with what to compare it to."""

    indicator = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    direction = serializers.CharField()
    time_period = serializers.CharField()
    obs_value = serializers.FloatField()
    obs_status = serializers.CharField()
    rank_eu = RankSerializer()
    rank_country = RankSerializer()
    country = ComparedSerializer()
    eu = ComparedSerializer()
    published_as = serializers.CharField()
    converted = serializers.BooleanField(help_text=CONVERTED)
    weight = serializers.CharField(help_text=WEIGHT)
    sources = serializers.ListField(child=serializers.CharField())
    stale = serializers.BooleanField(help_text=STALE)
    stale_reason = serializers.CharField(help_text="Empty when not stale.")


class ProfileSerializer(serializers.Serializer[dict[str, Any]]):
    """A region's key figures."""

    geo = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    key_figures = KeyFigureSerializer(many=True)
