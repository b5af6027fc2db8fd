"""Events of the catalogue: what was published, changed, adapted or corrected."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.models import GoodPractice, PublishedVersion
from sources.reports import ErrorReport
from watches.changes import changes_of
from watches.digests import Event, FieldChange, Topic
from watches.spans import Span
from watches.values import in_words

# Of each kind; whoever missed more looks at the list.
MOST = 100


def practices(found: Any, span: Span) -> Iterator[Event]:
    """A version published; ``found`` are public practices."""
    versions = PublishedVersion.objects.filter(
        practice__in=found.order_by().values("pk"), **span.on("published_at")
    ).select_related("practice")
    for version in versions.defer("content", "names").order_by("-published_at")[:MOST]:
        practice = version.practice
        is_first = version.number == 1
        fields = [] if is_first else _fields(version)
        place = reverse("practices:version", args=[practice.slug, version.number])
        yield Event(
            version.published_at,
            Topic.PRACTICES,
            practice.title,
            _("published") if is_first else _version(version, fields),
            practice.get_absolute_url() if is_first else place,
            f"practice:{practice.pk}:{version.number}",
            fields,
            practice.pk,
        )


def _version(version: PublishedVersion, fields: list[FieldChange]) -> str:
    """The note is the authors' own; the fields are what really differs."""
    what = _("version %(number)d is published") % {"number": version.number}
    if version.note:
        what += f": {version.note.rstrip('.')}"
    if fields:
        what += ". " + _("Changed: %(fields)s") % {"fields": in_words(fields)}
    return what


def _fields(version: PublishedVersion) -> list[FieldChange]:
    """By name; what they said before stands on the page of the version."""
    labels = {
        "evidence": _("Evidence"),
        "attachments": _("Images and documents"),
    }
    return [
        FieldChange(labels.get(name) or _label(name), "", "")
        for name in version.changed
    ]


def _label(name: str) -> str:
    return str(capfirst(str(GoodPractice._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]


def records(topic: Topic, found: Any, span: Span) -> Iterator[Event]:
    """New or changed; ``found`` are public records that were curated.

    A record that was only touched, and says what it said, is no event.
    """
    touched = found.filter(**span.on("updated_at")).order_by("-updated_at", "-pk")
    rows = list(touched[:MOST])
    changes = changes_of(found.model, [row.pk for row in rows], span) if rows else {}
    for row in rows:
        change = changes.get(row.pk)
        is_new = row.created_at > span.since
        if change is None and not is_new:
            continue
        moment = change.moment if change else row.created_at
        fields = change.fields if change else ()
        if is_new:
            what = _("new in the portal")
        elif not fields:
            what = _("newly published")
        else:
            what = _("changed: %(fields)s") % {"fields": in_words(fields)}
        yield Event(
            moment,
            topic,
            str(row),
            what,
            row.get_absolute_url(),
            f"{topic.value}:{row.pk}:{moment:%Y%m%d%H%M%S}",
            () if is_new else fields,
            row.pk,
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
