"""A practice as readers would see its text in work; nothing of it is saved."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from dashboards.practice_page import practice_page
from practices.content import Content
from practices.content.fields import DATES, LINKS, LISTS, TEXTS
from practices.content.lookup import linked, listed
from practices.models import Attachment, EvidenceItem, GoodPractice, WorkingCopy
from practices.published import whole_practices


def preview_page(practice: GoodPractice, request: HttpRequest) -> dict[str, Any]:
    """The reader page's context, of the text in work."""
    row = whole_practices(GoodPractice.objects.filter(pk=practice.pk)).get()
    copy = WorkingCopy.objects.filter(practice=practice).first()
    if copy:
        _put_on(row, copy.content)
    clean = practice.attachments.current().filter(scan=Attachment.Scan.CLEAN)
    row.seen_files = list(clean)  # type: ignore[attr-defined]  # of whole_practices
    files = [
        (item, reverse("practices:work-file", args=[practice.slug, item.pk]), "")
        for item in clean
    ]
    return {**practice_page(row, request), "files": files}


def _put_on(row: Any, content: Content) -> None:
    """The content as if it had been written to the row that was read."""
    for name in (*TEXTS, "is_failure"):
        setattr(row, name, content[name])
    for name in DATES:
        if content[name]:
            (row.set_start if name == "start" else row.set_end)(content[name])
        else:
            setattr(row, name, None)
    cost = content["cost_eur"]
    row.cost_eur = None if cost is None else Decimal(cost)
    for name in LINKS:
        setattr(row, name, _record(name, content[name]))
    # What ``prefetch_related`` would have left there.
    held: dict[str, Any] = row._prefetched_objects_cache
    for name in LISTS:
        held[name] = _records(name, content[name])
    held["evidence_items"] = [EvidenceItem(**item) for item in content["evidence"]]


def _record(name: str, key: str) -> Any:
    """None for one that is not to be had any more; publishing would say so."""
    try:
        return linked(name, key)
    except ValidationError:
        return None


def _records(name: str, keys: list[str]) -> list[Any]:
    try:
        return listed(name, keys)
    except ValidationError:
        return []
