"""Practices as the API tells them: public records only."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from practices.analysis.evidence import Grade
from practices.models import Attachment
from practices.stages import Stage
from practices.tables import organisation_of

GRADES = [grade.value for grade in Grade]


class PracticeSerializer(serializers.Serializer[Any]):
    """A practice in short; of ``listed_practices``.

    ``organisation`` and ``project_name`` are names, here or as the source gives them.
    ``domains`` are written kind:code. ``evidence_grade`` is "" where nothing is told.
    """

    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    organisation = serializers.SerializerMethodField()
    organisation_slug = serializers.CharField(
        source="public_organisation.slug", default=None, allow_null=True
    )
    project = serializers.CharField(
        source="public_project.slug", default=None, allow_null=True
    )
    project_name = serializers.CharField()
    programme = serializers.CharField(
        source="public_programme.slug", default=None, allow_null=True
    )
    country = serializers.CharField()
    regions = serializers.SerializerMethodField()
    themes = serializers.SerializerMethodField()
    domains = serializers.SerializerMethodField()
    start = serializers.CharField(source="start_text")
    end = serializers.CharField(source="end_text")
    cost_eur = serializers.FloatField(allow_null=True)
    evidence_grade = serializers.ChoiceField(choices=GRADES, allow_blank=True)
    is_failure = serializers.BooleanField()
    is_lapsed = serializers.BooleanField(help_text="Asked, and not re-confirmed.")
    is_verified = serializers.BooleanField()
    first_published = serializers.DateTimeField()

    def get_organisation(self, item: Any) -> str:
        return organisation_of(item)

    def get_regions(self, item: Any) -> list[str]:
        return [region.code for region in item.regions.all()]

    def get_themes(self, item: Any) -> list[str]:
        return [theme.slug for theme in item.themes.all()]

    def get_domains(self, item: Any) -> list[str]:
        return sorted(f"{d.kind}:{d.code}" for d in item.domains.all())


class EvidenceSerializer(serializers.Serializer[Any]):
    """One piece of evidence; ``figure`` is the address of a figure of this API."""

    kind = serializers.CharField()
    indicator = serializers.CharField()
    indicator_slug = serializers.CharField()
    unit = serializers.CharField()
    baseline_value = serializers.FloatField(allow_null=True)
    baseline_year = serializers.IntegerField(allow_null=True)
    result_value = serializers.FloatField(allow_null=True)
    result_year = serializers.IntegerField(allow_null=True)
    comparison = serializers.CharField()
    source_title = serializers.CharField()
    source_url = serializers.CharField()
    figure = serializers.CharField()
    note = serializers.CharField()


class PracticeSourceSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField()
    note = serializers.CharField()


class OpinionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    role = serializers.CharField()
    text = serializers.CharField()
    signed_on = serializers.DateField()
    version = serializers.IntegerField()


class VersionSerializer(serializers.Serializer[Any]):
    """A published version; ``changed`` are the fields that differ from the last."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    note = serializers.CharField()
    changed = serializers.ListField(child=serializers.CharField())


class VersionDetailSerializer(VersionSerializer):
    """With the text as readers saw it, and what each key in it was called."""

    content = serializers.DictField()
    names = serializers.DictField()
    attachments = serializers.ListField(child=serializers.DictField())


class AdoptionSerializer(serializers.Serializer[Any]):
    """A region that adapted the practice, as an author confirmed."""

    region = serializers.CharField(source="region.code")
    region_name = serializers.CharField(source="region.name")
    year = serializers.IntegerField()
    changes = serializers.CharField()
    outcome = serializers.CharField()
    remark = serializers.CharField()


class QuestionAnswerSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField()


class AttachmentSerializer(serializers.Serializer[Any]):
    """An image or document readers see; of documents, ``alt`` is the title."""

    url = serializers.SerializerMethodField(help_text="Where it is to be had.")
    kind = serializers.ChoiceField(choices=Attachment.Kind.choices)
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    alt = serializers.CharField()
    caption = serializers.CharField()

    def get_url(self, item: Any) -> str:
        """Within the portal."""
        return reverse("practices:file", args=[item.practice.slug, item.pk])


class PracticeDetailSerializer(PracticeSerializer):
    """All that readers see; of ``whole_practices``."""

    description = serializers.CharField()
    language = serializers.CharField()
    status = serializers.CharField()
    cost_note = serializers.CharField()
    resources_needed = serializers.CharField()
    evidence_of_success = serializers.CharField()
    difficulties = serializers.CharField()
    not_worked = serializers.CharField()
    transfer_potential = serializers.CharField()
    preconditions = serializers.CharField()
    contact_office = serializers.CharField()
    grade_note = serializers.CharField()
    confirmed_at = serializers.DateField(allow_null=True)
    uncertain_fields = serializers.ListField(child=serializers.CharField())
    evidence = EvidenceSerializer(many=True, source="evidence_items.all")
    attachments = AttachmentSerializer(many=True, source="seen_files")
    opinions = OpinionSerializer(many=True, source="opinions.all")
    questions = QuestionAnswerSerializer(many=True, source="seen_questions")
    adoptions = AdoptionSerializer(many=True, source="seen_adoptions")
    versions = VersionSerializer(many=True, source="versions.all")
    sources = PracticeSourceSerializer(many=True, source="references.all")


class MissingSerializer(serializers.Serializer[Any]):
    """What a draft lacks before it can be submitted."""

    field = serializers.CharField()
    lack = serializers.CharField()


class DraftSerializer(serializers.Serializer[Any]):
    """The text in work. Send ``revision`` back with the next change."""

    slug = serializers.CharField()
    stage = serializers.ChoiceField(choices=[stage.value for stage in Stage])
    revision = serializers.IntegerField()
    percent = serializers.IntegerField(help_text="How complete it is, 0 to 100.")
    missing = MissingSerializer(many=True)
    content = serializers.DictField()
