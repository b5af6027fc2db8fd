"""Organisations and roles at the desk: who gets to them, what they need."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Scope
from accounts.reach import register
from sources.gate import Gate, Item, Stop, declare, empty

register(Organisation, shared=True)
register(Scope)

declare(
    Organisation,
    Gate(
        items=(
            Item("name", 3),
            Item("kind"),
            Item("country", 2),
            Item("town"),
            Item("region", 2),
            Item("website"),
            Item("references"),
        ),
        stops=(
            Stop(_("It has no name."), empty("name"), "name"),
            Stop(
                _("It was merged into another organisation."),
                lambda record: record.merged_into_id is not None,
                "merged_into",
            ),
        ),
    ),
)
