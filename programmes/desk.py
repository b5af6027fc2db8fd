"""Programmes at the desk: who gets to them, and what they need before readers do."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Scope
from accounts.reach import LOOK, WORK, Grant, register
from programmes.models import (
    Call,
    EligibleArea,
    InterventionType,
    PolicyArea,
    Programme,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeTheme,
    Succession,
    SupportActivity,
)
from sources.gate import Gate, Item, Stop, declare, empty, ends_before

SECRETARIAT = Scope.Role.SECRETARIAT
register(Programme, Grant(SECRETARIAT, "slug", LOOK))
register(Call, Grant(SECRETARIAT, "programme__slug", WORK))
register(ProgrammePriority, Grant(SECRETARIAT, "programme__slug", LOOK))
register(ProgrammeTheme, Grant(SECRETARIAT, "priority__programme__slug", LOOK))
register(InterventionType, Grant(SECRETARIAT, "programme__slug", LOOK))
register(SupportActivity)
register(PolicyArea, shared=True)
register(EligibleArea)
register(ProgrammeFact)
register(Succession)

declare(
    Programme,
    Gate(
        items=(
            Item("name", 2),
            Item("summary", 2),
            Item("objective"),
            Item("policy_areas", 2),
            Item("budget", 2),
            Item("who_can_apply", 2),
            Item("managing_body"),
            Item("funding_type"),
            Item("url"),
            Item("areas", 1, _("eligible areas")),
            Item("references", 2),
        ),
        stops=(
            Stop(_("It has no name."), empty("name"), "name"),
            Stop(_("It has no acronym."), empty("acronym"), "acronym"),
            Stop(
                _("It ends before it begins."),
                ends_before("first_year", "last_year"),
                "last_year",
            ),
        ),
    ),
)
declare(
    Call,
    Gate(
        items=(
            Item("title", 2),
            Item("opens", 2),
            Item("closes", 2),
            Item("budget"),
            Item("url"),
            Item("topics"),
            Item("references"),
        ),
        stops=(
            Stop(_("It has no title."), empty("title"), "title"),
            Stop(_("It has no programme."), empty("programme"), "programme"),
            Stop(
                _("It closes before it opens."),
                ends_before("opens", "closes"),
                "closes",
            ),
        ),
    ),
)
declare(
    SupportActivity,
    Gate(
        items=(
            Item("description", 2),
            Item("provider"),
            Item("policy_areas"),
            Item("url"),
            Item("references"),
        ),
        stops=(
            Stop(_("It has no description."), empty("description"), "description"),
            Stop(_("It ends before it begins."), ends_before("start", "end"), "end"),
        ),
    ),
)
