"""The public log of corrections: what readers reported, and what was changed."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from accounts.models import Organisation
from practices.models import GoodPractice
from programmes.models import Programme, SupportActivity
from projects.models import Project
from sources.curation import Publishable
from sources.reports import ErrorReport
from strategies.models import GlossaryTerm, Strategy

# The kinds that a reader may choose, as in the addresses of the report form.
KINDS: dict[str, Any] = {
    "project": Project,
    "organisation": Organisation,
    "practice": GoodPractice,
    "programme": Programme,
    "support": SupportActivity,
    "strategy": Strategy,
    "term": GlossaryTerm,
}


def corrections(kind: str = "") -> "QuerySet[ErrorReport]":
    """Accepted reports with a public note, the newest first; of one kind or of all.

    Nothing about a record that readers may not see any more.
    """
    found = ErrorReport.objects.corrections()
    for model in KINDS.values():
        if issubclass(model, Publishable):
            own = ContentType.objects.get_for_model(model)
            hidden = model._default_manager.exclude(
                pk__in=model._default_manager.public().values("pk")
            )
            found = found.exclude(content_type=own, object_id__in=hidden.values("pk"))
    if kind:
        own = ContentType.objects.get_for_model(KINDS[kind])
        found = found.filter(content_type=own)
    return found.select_related("content_type")


def atom(found: "QuerySet[ErrorReport]", *, root: str, address: str) -> str:
    """The newest hundred as an Atom feed."""
    feed = Atom1Feed(
        title=_("Corrections"),
        link=f"{root}/corrections/",
        description="",
        feed_url=root + address,
        author_name=_("Smart Specialisation Portal"),
    )
    for report in found[:100]:
        feed.add_item(
            title=report.label or _("The portal as a whole"),
            link=root + (report.address or "/corrections/"),
            description=report.public_note,
            unique_id=f"tag:corrections.s3portal,2026:{report.pk}",
            pubdate=report.decided_at,
            updateddate=report.decided_at,
        )
    return str(feed.writeString("utf-8"))
