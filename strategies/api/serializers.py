"""Strategies, priorities, domains and terms as the API shows them."""

from typing import Any

from rest_framework import serializers


class DomainSerializer(serializers.Serializer[Any]):
    """A domain after Eye@RIS3; ``part_of`` is the code of the broad one."""

    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    part_of = serializers.CharField(source="parent.code", default=None, allow_null=True)
    address = serializers.CharField(source="get_absolute_url")


class TagSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class SourceSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField()
    note = serializers.CharField()


class PriorityBriefSerializer(serializers.Serializer[Any]):
    """A priority; ``is_mapping_draft``: no curator has looked at its domains."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    description = serializers.CharField()
    domains = TagSerializer(many=True)
    is_mapping_draft = serializers.BooleanField()
    is_verified = serializers.BooleanField()
    address = serializers.CharField(source="get_absolute_url")


class PrioritySerializer(PriorityBriefSerializer):
    """The same with whose it is; ``region`` is null where today has no such region."""

    strategy = serializers.CharField(source="strategy.slug")
    area = serializers.CharField(source="strategy.area_name")
    nuts_code = serializers.CharField(source="strategy.nuts_code")
    region = serializers.CharField(
        source="strategy.region.code", default=None, allow_null=True
    )
    period = serializers.CharField(source="strategy.period")


class StrategySerializer(serializers.Serializer[Any]):
    """A strategy with its priorities; empty texts are not known."""

    slug = serializers.CharField()
    region = serializers.CharField(source="region.code", default=None, allow_null=True)
    nuts_code = serializers.CharField(help_text="As the source gives it.")
    nuts_version = serializers.IntegerField()
    area = serializers.CharField(source="area_name")
    title = serializers.CharField()
    period = serializers.CharField()
    first_year = serializers.IntegerField()
    last_year = serializers.IntegerField()
    description = serializers.CharField()
    url = serializers.CharField()
    is_partial = serializers.BooleanField()
    is_verified = serializers.BooleanField()
    uncertain_fields = serializers.ListField(child=serializers.CharField())
    priorities = PriorityBriefSerializer(source="seen_priorities", many=True)
    address = serializers.CharField(source="get_absolute_url")


class StrategyDetailSerializer(StrategySerializer):
    """One strategy with the regions it covers and its sources."""

    covers = serializers.SerializerMethodField()
    references = SourceSerializer(many=True)
    updated_at = serializers.DateTimeField()

    def get_covers(self, strategy: Any) -> list[str]:
        """Codes of the regions inside a wider area."""
        return [region.code for region in strategy.covers.all()]


class TermSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    term = serializers.CharField()
    abbreviation = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    definition = serializers.CharField()
    see_also = serializers.SerializerMethodField()
    is_verified = serializers.BooleanField()
    references = SourceSerializer(many=True)
    address = serializers.CharField(source="get_absolute_url")

    def get_see_also(self, term: Any) -> list[str]:
        """Slugs of public terms."""
        return [other.slug for other in term.seen_also]
