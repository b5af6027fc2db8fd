"""Practices on their way: people around a practice, a text that is complete."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Scope
from practices.content import content_of
from practices.models import (
    Adoption,
    Attachment,
    Authorship,
    EvidenceItem,
    GoodPractice,
    Question,
    Reconfirmation,
    Review,
    WorkingCopy,
)
from practices.stages import Stage
from sources.curation import Publication
from tests.factories.catalogue import (
    DomainFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    ScopeFactory,
    ThemeFactory,
)
from tests.factories.people import UserFactory
from tests.factories.regions import RegionFactory


class AuthorshipFactory(DjangoModelFactory[Authorship]):
    class Meta:
        model = Authorship

    practice = factory.SubFactory(GoodPracticeFactory)
    user = factory.SubFactory(UserFactory)
    role = Authorship.Role.LEAD


class EvidenceItemFactory(DjangoModelFactory[EvidenceItem]):
    """Measured before and after, with a source and no comparison."""

    class Meta:
        model = EvidenceItem

    practice = factory.SubFactory(GoodPracticeFactory)
    kind = EvidenceItem.Kind.FIGURE
    indicator = "Firms that introduced a product"
    unit = "firms"
    baseline_value = 12.0
    baseline_year = 2015
    result_value = 30.0
    result_year = 2019
    source_title = "Evaluation"
    source_url = "https://example.org/evaluation"


class ReviewFactory(DjangoModelFactory[Review]):
    class Meta:
        model = Review

    practice = factory.SubFactory(GoodPracticeFactory)
    step = Review.Step.COMPLETENESS
    due = factory.Faker("future_date")


class QuestionFactory(DjangoModelFactory[Question]):
    class Meta:
        model = Question

    practice = factory.SubFactory(GoodPracticeFactory)
    user = factory.SubFactory(UserFactory)
    text = "How did you find the firms?"


class AdoptionFactory(DjangoModelFactory[Adoption]):
    class Meta:
        model = Adoption

    practice = factory.SubFactory(GoodPracticeFactory)
    region = factory.SubFactory(RegionFactory)
    told_by = factory.SubFactory(UserFactory)
    year = 2020
    changes = "Vouchers are smaller."


class ReconfirmationFactory(DjangoModelFactory[Reconfirmation]):
    class Meta:
        model = Reconfirmation

    practice = factory.SubFactory(GoodPracticeFactory)
    due = factory.Faker("future_date")


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """A clean document; its row only, no file is written."""

    class Meta:
        model = Attachment

    practice = factory.SubFactory(GoodPracticeFactory)
    kind = Attachment.Kind.DOCUMENT
    name = "report.pdf"
    suffix = ".pdf"
    media_type = "application/pdf"
    size = 100
    digest = factory.Sequence("{:064x}".format)
    scan = Attachment.Scan.CLEAN


def _words(count: int) -> str:
    return " ".join(["word"] * count)


def whole_practice(stage: Stage = Stage.DRAFT, **given: Any) -> GoodPractice:
    """One with everything said, at a stage, with its lead author.

    ``is_public=True`` puts a revision under way beside a published text.
    """
    is_public = given.pop("is_public", False) or stage in _STANDING
    practice = GoodPracticeFactory(
        state=_state(stage, is_public),
        stage=stage,
        is_verified=False,
        summary=_words(20),
        description=_words(60),
        organisation=given.pop("organisation", None) or OrganisationFactory(),
        difficulties=_words(12),
        not_worked=_words(12),
        resources_needed=_words(12),
        evidence_of_success=_words(12),
        transfer_potential=_words(20),
        contact_office="Innovation office",
        **given,
    )
    practice.set_start("2015")
    practice.save()
    practice.themes.add(ThemeFactory())
    practice.domains.add(DomainFactory())
    practice.regions.add(RegionFactory())
    EvidenceItemFactory(practice=practice)
    AuthorshipFactory(practice=practice)
    if is_public and stage != Stage.PUBLISHED and stage != Stage.REVISION_ASKED:
        WorkingCopy.objects.create(practice=practice, content=content_of(practice))
    return practice


def lead_of(practice: GoodPractice) -> Any:
    return practice.authorships.get(role=Authorship.Role.LEAD).user


def with_role(role: Scope.Role, **reach: Any) -> Any:
    """A person with that role, who knows nobody here."""
    return ScopeFactory(role=role, **reach).user


_STANDING = {Stage.PUBLISHED, Stage.REVISION_ASKED, Stage.REVISING}


def _state(stage: Stage, is_public: bool) -> str:
    if stage in {Stage.DECLINED, Stage.WITHDRAWN, Stage.ARCHIVED}:
        return Publication.ARCHIVED
    if is_public:
        return Publication.PUBLISHED
    return {
        Stage.DRAFT: Publication.DRAFT,
        Stage.SCHEDULED: Publication.SCHEDULED,
    }.get(stage, Publication.IN_REVIEW)
