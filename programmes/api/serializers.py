"""Programmes, calls and support as the API shows them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from programmes.analysis.call_state import CallState
from programmes.calls import state_of


class ProgrammeReferenceSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField()
    note = serializers.CharField()


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class NamesField(serializers.Field):  # type: ignore[type-arg]  # none at run time
    """One attribute of each of the records that belong to this one."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        self.name = name
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> list[str]:
        records = value.all() if hasattr(value, "all") else value
        return [getattr(record, self.name) for record in records]


class SuccessionBeforeSerializer(serializers.Serializer[Any]):
    programme = serializers.CharField(source="before.slug")
    note = serializers.CharField()


class SuccessionAfterSerializer(serializers.Serializer[Any]):
    programme = serializers.CharField(source="after.slug")
    note = serializers.CharField()


class ProgrammeSerializer(serializers.Serializer[Any]):
    """A programme of a list. Budgets are EUR billion; null is not known, never 0."""

    slug = serializers.CharField()
    acronym = serializers.CharField()
    name = serializers.CharField()
    period = serializers.CharField()
    first_year = serializers.IntegerField()
    last_year = serializers.IntegerField()
    policy_areas = NamesField("code")
    part_of = serializers.SerializerMethodField()
    budget = serializers.FloatField(
        allow_null=True, help_text="EUR billion at current prices."
    )
    budget_precision = serializers.CharField()
    budget_2018_prices = serializers.FloatField(allow_null=True)
    funding_type = serializers.CharField()
    who_can_apply = serializers.CharField()
    managing_body = serializers.CharField()
    legal_basis = serializers.CharField()
    legal_basis_url = serializers.CharField()
    summary = serializers.CharField()
    url = serializers.CharField()
    took_over_from = SuccessionBeforeSerializer(source="seen_before", many=True)
    followed_by = SuccessionAfterSerializer(source="seen_after", many=True)
    is_verified = serializers.BooleanField()
    uncertain_fields = serializers.ListField(child=serializers.CharField())
    address = serializers.CharField(source="get_absolute_url")

    def get_part_of(self, programme: Any) -> str | None:
        whole = programme.part_of
        return whole.slug if whole is not None and whole.is_public else None


class CallSerializer(serializers.Serializer[Any]):
    """A call; dates are days in Brussels, ``state`` is that of today."""

    programme = serializers.CharField(source="programme.slug")
    code = serializers.CharField()
    title = serializers.CharField()
    state = serializers.SerializerMethodField()
    opens = serializers.DateField(allow_null=True)
    closes = serializers.DateField(allow_null=True)
    budget = serializers.FloatField(allow_null=True, help_text="EUR")
    topics = serializers.ListField(child=serializers.CharField())
    projects_approved = serializers.IntegerField(allow_null=True)
    url = serializers.CharField()
    is_verified = serializers.BooleanField()
    uncertain_fields = serializers.ListField(child=serializers.CharField())
    references = ProgrammeReferenceSerializer(many=True)
    address = serializers.CharField(source="get_absolute_url")

    @extend_schema_field(serializers.ChoiceField([s.value for s in CallState]))
    def get_state(self, call: Any) -> str:
        return state_of(call).value


class ProgrammeFactSerializer(serializers.Serializer[Any]):
    heading = serializers.CharField()
    text = serializers.CharField()


class EligibleAreaSerializer(serializers.Serializer[Any]):
    country = serializers.CharField()
    region = serializers.CharField(source="region.code", default=None, allow_null=True)


class ProgrammeDetailSerializer(ProgrammeSerializer):
    """All that is known of one programme."""

    secretariat = serializers.CharField()
    eligible_area = serializers.CharField()
    eligible = EligibleAreaSerializer(source="areas", many=True)
    objective = serializers.CharField()
    note = serializers.CharField()
    website_status = serializers.CharField()
    parts = NamesField("slug", source="seen_parts")
    calls = CallSerializer(source="seen_calls", many=True)
    facts = ProgrammeFactSerializer(source="seen_facts", many=True)
    references = ProgrammeReferenceSerializer(many=True)


class SupportSerializer(serializers.Serializer[Any]):
    """Help without a grant."""

    slug = serializers.CharField()
    name = serializers.CharField()
    acronym = serializers.CharField()
    kind = serializers.CharField()
    provider = serializers.CharField()
    policy_areas = NamesField("code")
    start = serializers.CharField(source="start_text")
    end = serializers.CharField(source="end_text")
    description = serializers.CharField()
    url = serializers.CharField()
    is_verified = serializers.BooleanField()
    references = ProgrammeReferenceSerializer(many=True)
    address = serializers.CharField(source="get_absolute_url")
