"""Strategies at the desk: who gets to them, and what they need before readers do."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Scope
from accounts.reach import PART, WORK, Grant, register
from sources.gate import Gate, Item, Stop, declare, empty, ends_before
from strategies.models import (
    CodeList,
    CodeListEntry,
    Domain,
    GlossaryTerm,
    Priority,
    Strategy,
    Theme,
)

EDITOR = Scope.Role.REGIONAL_EDITOR
register(Strategy, Grant(EDITOR, "region", WORK))
register(Priority, Grant(EDITOR, "strategy__region", PART))
register(Domain, shared=True)
register(Theme, shared=True)
register(GlossaryTerm)
register(CodeList)
register(CodeListEntry)

declare(
    Strategy,
    Gate(
        items=(
            Item("title", 2),
            Item("region", 3),
            Item("description", 2),
            Item("url", 2),
            Item("priorities", 3, _("priorities")),
            Item("references", 2),
        ),
        stops=(
            Stop(_("It has no area."), empty("area_name"), "area_name"),
            Stop(_("It has no region."), empty("region"), "region"),
            Stop(
                _("It ends before it begins."),
                ends_before("first_year", "last_year"),
                "last_year",
            ),
        ),
    ),
)
declare(
    Priority,
    Gate(
        items=(
            Item("name", 2),
            Item("description"),
            Item("domains", 2),
            Item("references"),
        ),
        stops=(
            Stop(_("It has no name."), empty("name"), "name"),
            Stop(_("It has no strategy."), empty("strategy"), "strategy"),
        ),
    ),
)
declare(
    GlossaryTerm,
    Gate(
        items=(Item("definition", 2), Item("references")),
        stops=(Stop(_("It has no definition."), empty("definition"), "definition"),),
    ),
)
declare(
    CodeList,
    Gate(
        items=(Item("text"), Item("entries", 2, _("lines")), Item("references")),
        stops=(Stop(_("It has no lines."), empty("entries"), "entries"),),
    ),
)
