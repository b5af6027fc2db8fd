"""Projects and organisations as the API shows them."""

from typing import Any

from rest_framework import serializers

from projects.queries import seen


class DomainBriefSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class SeenField(serializers.CharField):
    """Of a related record what ``name`` says; null where readers may see none."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        self.name = name
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        found = seen(value)
        return None if found is None else getattr(found, self.name)


class SlugsField(serializers.ListField):
    """The slugs of records, from a list of them or from a relation."""

    child = serializers.CharField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        return [item.slug for item in (data.all() if hasattr(data, "all") else data)]


class PartnerSerializer(serializers.Serializer[Any]):
    """A seat in a project; ``organisation`` is null where only a place is named."""

    name = serializers.CharField()
    is_lead = serializers.BooleanField()
    organisation = SeenField("slug")
    town = serializers.CharField()
    country = serializers.CharField()
    region = serializers.CharField(source="region.code", default=None, allow_null=True)
    nuts_code = serializers.CharField(help_text="As the source gives it.")
    nuts_version = serializers.IntegerField(allow_null=True)


class ReferenceSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField()
    note = serializers.CharField()


class ProjectSerializer(serializers.Serializer[Any]):
    """A project of a list. Amounts are EUR; null is not known, never none."""

    slug = serializers.CharField()
    acronym = serializers.CharField()
    name = serializers.CharField()
    programme = SeenField("slug")
    call = SeenField("code")
    priority = SeenField("name", source="ivc_priority")
    programme_theme = SeenField("name", source="ivc_theme")
    type = SeenField("name", source="intervention_type")
    themes = SlugsField()
    start = serializers.CharField(
        source="start_text", help_text="As exact as the source: 2012, 2012-03."
    )
    end = serializers.CharField(source="end_text")
    total_budget = serializers.FloatField(allow_null=True)
    erdf_budget = serializers.FloatField(allow_null=True)
    is_budget_approximate = serializers.BooleanField()
    partners = PartnerSerializer(source="seen_partners", many=True)
    partners_stated = serializers.IntegerField(allow_null=True)
    summary = serializers.CharField()
    website = serializers.CharField()
    is_verified = serializers.BooleanField()
    uncertain_fields = serializers.ListField(child=serializers.CharField())
    gaps = serializers.ListField(child=serializers.CharField())
    address = serializers.CharField(source="get_absolute_url")


class OutputSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    text = serializers.CharField()


class EventSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    place = serializers.CharField()
    start = serializers.CharField(source="start_text")
    end = serializers.CharField(source="end_text")
    participants = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class ProjectDetailSerializer(ProjectSerializer):
    """All that is known of one project."""

    also_known_as = serializers.CharField()
    number = serializers.CharField(source="programme_number")
    dates_note = serializers.CharField()
    duration_months = serializers.IntegerField(allow_null=True)
    is_mini_programme = serializers.BooleanField(allow_null=True)
    regions_stated = serializers.IntegerField(allow_null=True)
    countries_stated = serializers.IntegerField(allow_null=True)
    has_all_partners = serializers.BooleanField(allow_null=True)
    partners_note = serializers.CharField()
    objectives = serializers.ListField(child=serializers.CharField())
    methods = serializers.ListField(child=serializers.CharField())
    results = serializers.ListField(child=serializers.CharField())
    outputs = OutputSerializer(source="seen_outputs", many=True)
    events = EventSerializer(source="seen_events", many=True)
    follow_up = serializers.CharField()
    recognition = serializers.CharField()
    website_status = serializers.CharField()
    contact_office = serializers.CharField()
    note = serializers.CharField()
    domains = DomainBriefSerializer(many=True)
    is_mapping_draft = serializers.BooleanField()
    successors = SlugsField(source="seen_successors")
    predecessors = SlugsField(source="seen_predecessors")
    references = ReferenceSerializer(many=True)
    updated_at = serializers.DateTimeField()


class OrganisationSerializer(serializers.Serializer[Any]):
    """An organisation of a list; ``projects`` counts those that readers may see."""

    slug = serializers.CharField()
    name = serializers.CharField()
    name_local = serializers.CharField()
    acronym = serializers.CharField()
    kind = serializers.CharField()
    country = serializers.CharField()
    town = serializers.CharField()
    region = serializers.CharField(source="region.code", default=None, allow_null=True)
    website = serializers.CharField()
    projects = serializers.IntegerField(source="projects_held")
    is_verified = serializers.BooleanField()
    address = serializers.CharField(source="get_absolute_url")


class SeatSerializer(serializers.Serializer[Any]):
    project = serializers.CharField(source="project.slug")
    acronym = serializers.CharField(source="project.acronym")
    is_lead = serializers.BooleanField()
    role = serializers.CharField()


class OrganisationDetailSerializer(OrganisationSerializer):
    """One organisation with its seats in projects."""

    projects = SeatSerializer(source="seats", many=True)  # type: ignore[assignment]  # a list here, a number in lists
    note = serializers.CharField()
    references = ReferenceSerializer(many=True)
    updated_at = serializers.DateTimeField()
