"""Topics of digests and feeds in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from watches.digests import Topic

TOPICS: dict[Topic, Any] = {
    Topic.FIGURES: _("Figures"),
    Topic.PRACTICES: _("Good practices"),
    Topic.ADOPTIONS: _("Adapted practices"),
    Topic.PROJECTS: _("Projects"),
    Topic.PRIORITIES: _("Priorities"),
    Topic.PROGRAMMES: _("Programmes"),
    Topic.CALLS: _("Calls"),
    Topic.CORRECTIONS: _("Corrections"),
}
