"""Practices with what pages, files and the API show of them; public records only."""

from django.db.models import Prefetch

from practices.listing import first_published
from practices.models import (
    Adoption,
    Attachment,
    ExpertOpinion,
    GoodPractice,
    GoodPracticeQuerySet,
    PublishedVersion,
    Question,
)


def listed_practices(
    found: GoodPracticeQuerySet | None = None,
) -> GoodPracticeQuerySet:
    """Public practices with what a list shows; a constant number of statements.

    ``found`` are other ones, for who may see them.
    """
    found = GoodPractice.objects.public() if found is None else found
    return (
        found.defer("search_text")
        .annotate(first_published=first_published())
        .select_related("organisation", "project", "project__programme", "programme")
        .prefetch_related("regions", "themes", "domains")
    )


def whole_practices(
    found: GoodPracticeQuerySet | None = None,
) -> GoodPracticeQuerySet:
    """Public practices with all that the page of one shows.

    ``seen_files``, ``seen_questions`` and ``seen_adoptions`` are what readers may see.
    """
    adoptions = Adoption.objects.public().select_related("region", "organisation")
    questions = Question.objects.public().select_related("region")
    return listed_practices(found).prefetch_related(
        "evidence_items",
        "references",
        Prefetch("opinions", ExpertOpinion.objects.filter(version__isnull=False)),
        Prefetch("versions", PublishedVersion.objects.defer("content", "names")),
        Prefetch("attachments", Attachment.objects.public(), to_attr="seen_files"),
        Prefetch("questions", questions, to_attr="seen_questions"),
        Prefetch("adoptions", adoptions, to_attr="seen_adoptions"),
    )
