"""The admin of a curated record: scope, reason, history, and the way to readers."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.desk.forms import REASON, RecordForm
from accounts.desk.history import HistoryMixin
from accounts.desk.publication import PublicationMixin
from accounts.desk.scoped import DeskAdmin
from sources.curation import Publication
from sources.unchanged import SEEN

__all__ = ["EVIDENCE", "WHY", "CuratedAdmin", "PublishableAdmin", "state_mark"]

# The last parts of every form; ``classes``: shown as tabs above the fields.
EVIDENCE: Any = (
    _("Sources and doubt"),
    {
        "fields": ("is_verified", "references", "uncertain_fields", "note", "origin"),
        "description": _(
            "Tick “verified” once you read a page that supports the record. Fields not"
            " confirmed wait in the queue of checks."
        ),
    },
)
WHY: Any = (_("This change"), {"fields": (REASON, SEEN)})

STATES = {
    Publication.DRAFT: "info",
    Publication.IN_REVIEW: "warning",
    Publication.SCHEDULED: "warning",
    Publication.PUBLISHED: "success",
    Publication.ARCHIVED: "danger",
}


@display(description=_("state"), ordering="state", label=STATES)  # type: ignore[untyped-decorator]  # unfold is untyped
def state_mark(record: Any) -> Any:
    return record.state, record.get_state_display()


class PublishableAdmin(PublicationMixin, DeskAdmin):
    """States and steps, without a history."""

    readonly_fields: ClassVar[Any] = ("state", "publish_at")
    list_filter: ClassVar[Any] = ("state",)


class CuratedAdmin(PublicationMixin, HistoryMixin, DeskAdmin):
    """Fieldsets come from the apps, and end with ``EVIDENCE`` and ``WHY``."""

    form = RecordForm
    list_filter: ClassVar[Any] = ("state", "is_verified", "origin")
    readonly_fields: ClassVar[Any] = ("state", "origin", "uncertain_fields")
    autocomplete_fields: ClassVar[Any] = ("references",)
