"""Projects at the desk: who gets to them, and what they need before readers do."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Scope
from accounts.reach import PART, WORK, Grant, register
from projects.models import Partner, Project, ProjectEvent, ProjectOutput
from sources.gate import Gate, Item, Stop, declare, empty, ends_before

SECRETARIAT = Scope.Role.SECRETARIAT
register(Project, Grant(SECRETARIAT, "programme__slug", WORK))
for part in (Partner, ProjectOutput, ProjectEvent):
    register(part, Grant(SECRETARIAT, "project__programme__slug", PART))

declare(
    Project,
    Gate(
        items=(
            Item("name", 2),
            Item("summary", 3),
            Item("objectives"),
            Item("start", 2),
            Item("end", 2),
            Item("total_budget"),
            Item("themes"),
            Item("domains"),
            Item("partners", 3, _("partners")),
            Item("outputs", 1, _("outputs")),
            Item("website"),
            Item("references", 2),
        ),
        stops=(
            Stop(_("It has no acronym."), empty("acronym"), "acronym"),
            Stop(_("It has no name."), empty("name"), "name"),
            Stop(_("It has no programme."), empty("programme"), "programme"),
            Stop(_("It ends before it starts."), ends_before("start", "end"), "end"),
        ),
    ),
)
declare(
    Partner,
    Gate(
        items=(
            Item("name", 2),
            Item("organisation", 2),
            Item("country"),
            Item("town"),
            Item("region", 2),
            Item("references"),
        ),
        stops=(
            Stop(_("It has no name."), empty("name"), "name"),
            Stop(_("It has no project."), empty("project"), "project"),
        ),
    ),
)
