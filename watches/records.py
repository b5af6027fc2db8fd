"""Events of the catalogue: what was published, changed, adapted or corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from practices.models import PublishedVersion
from sources.reports import ErrorReport
from watches.digests import Event, Topic

# Of each kind; whoever missed more looks at the list.
MOST = 100


@dataclass(frozen=True, slots=True)
class Span:
    """After ``since``, up to ``until``; both aware."""

    since: datetime
    until: datetime

    def on(self, field: str) -> dict[str, datetime]:
        return {f"{field}__gt": self.since, f"{field}__lte": self.until}


def practices(found: Any, span: Span) -> Iterator[Event]:
    """A version published; ``found`` are public practices."""
    versions = PublishedVersion.objects.filter(
        practice__in=found.order_by().values("pk"), **span.on("published_at")
    ).select_related("practice")
    for version in versions.defer("content", "names").order_by("-published_at")[:MOST]:
        practice = version.practice
        if version.number == 1:
            what = _("published")
        else:
            what = _("version %(number)d is published") % {"number": version.number}
            what += f": {version.note}" if version.note else ""
        yield Event(
            version.published_at,
            Topic.PRACTICES,
            practice.title,
            what,
            practice.get_absolute_url(),
            f"practice:{practice.pk}:{version.number}",
        )


def records(topic: Topic, found: Any, span: Span) -> Iterator[Event]:
    """New or changed; ``found`` are public records that were curated."""
    changed = found.filter(**span.on("updated_at")).order_by("-updated_at", "-pk")
    for record in changed[:MOST]:
        is_new = record.created_at > span.since
        yield Event(
            record.updated_at,
            topic,
            str(record),
            _("new in the portal") if is_new else _("newly published or changed"),
            record.get_absolute_url(),
            f"{topic.value}:{record.pk}:{record.updated_at:%Y%m%d%H%M%S}",
        )


def adoptions(found: Any, span: Span) -> Iterator[Event]:
    """A region adapted a practice, and an author has confirmed it."""
    decided = found.filter(**span.on("decided_at")).select_related("practice", "region")
    for adoption in decided.order_by("-decided_at")[:MOST]:
        words = _("adapted by %(region)s, since %(year)d")
        yield Event(
            adoption.decided_at,
            Topic.ADOPTIONS,
            adoption.practice.title,
            words % {"region": adoption.region.name, "year": adoption.year},
            adoption.practice.get_absolute_url(),
            f"adoption:{adoption.pk}",
        )


def corrections(found: Any, span: Span) -> Iterator[Event]:
    """Corrected after a reader's report; ``found`` are public records of one model."""
    kind = ContentType.objects.get_for_model(found.model)
    reports = ErrorReport.objects.corrections().filter(
        content_type=kind,
        object_id__in=found.order_by().values("pk"),
        **span.on("decided_at"),
    )
    rows: Any = reports[:MOST]
    for report in rows:
        yield Event(
            report.decided_at,
            Topic.CORRECTIONS,
            report.label,
            report.public_note,
            report.address or "/corrections/",
            f"correction:{report.pk}",
        )
