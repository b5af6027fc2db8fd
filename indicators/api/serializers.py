"""Indicators and observations as the API shows them."""

from typing import Any

from rest_framework import serializers

from indicators.dataflows import stale_reason
from indicators.models import Indicator


class _NullableText(serializers.CharField):
    """A text of a related object; null without one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": None, "allow_null": True, **kwargs})


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    """An indicator: what it says, in which unit, and where it comes from."""

    dataflow = _NullableText(source="dataflow.code")
    agency = _NullableText(source="dataflow.agency")
    numerator = _NullableText(source="numerator.slug")
    denominator = _NullableText(source="denominator.slug")

    stale = serializers.SerializerMethodField(help_text="False with asOf.")
    stale_reason = serializers.SerializerMethodField(help_text="Empty with asOf.")

    class Meta:
        model = Indicator
        fields = [
            "slug", "name", "question", "theme", "definition", "why_it_matters",
            "caution", "unit", "direction", "decimals", "agency", "dataflow",
            "slice_key", "numerator", "denominator", "factor", "formula",
            "stale", "stale_reason",
        ]  # fmt: skip

    def get_stale(self, item: Indicator) -> bool:
        return bool(self.get_stale_reason(item))

    def get_stale_reason(self, item: Indicator) -> str:
        return stale_reason(item, as_of=self.context.get("as_of"))


class ObservationSerializer(serializers.Serializer[dict[str, Any]]):
    """One value. Null is missing or confidential, never zero."""

    indicator = serializers.CharField()
    geo = serializers.CharField(help_text="Region code in the NUTS version asked for.")
    time_period = serializers.CharField()
    obs_value = serializers.FloatField(allow_null=True)
    obs_status = serializers.CharField(help_text="Flag letters; empty for none.")
    conf_status = serializers.CharField(help_text="C: confidential; else empty.")
    unit = serializers.CharField()
    published_as = serializers.CharField(
        help_text="NUTS version and code as published where they differ; else empty."
    )
    converted = serializers.BooleanField(
        help_text="Computed from regions of another NUTS version (series=converted)."
    )
    conversion = serializers.CharField(help_text="count or rate; else empty.")
    weight = serializers.CharField(help_text="population or area; else empty.")
    validFrom = serializers.DateTimeField(  # noqa: N815  # the name in answers
        required=False, help_text="Held from then on; only with includeHistory."
    )
    validTo = serializers.DateTimeField(  # noqa: N815
        required=False, allow_null=True,
        help_text="Held until then, null for now; only with includeHistory.",
    )  # fmt: skip
