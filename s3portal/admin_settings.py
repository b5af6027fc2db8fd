"""How the curators' desk looks and is arranged; part of the settings."""

from typing import Any

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "s3portal.admin_app.DeskConfig",
]
# Added to the portal's policy on pages of the desk only: docs/decisions/0012.
DESK_POLICY = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}

# The portal's blue, from pale to dark.
_BLUES = {
    "50": "#eef4fb",
    "100": "#d9e6f5",
    "200": "#b6cfec",
    "300": "#87b0df",
    "400": "#548bcc",
    "500": "#2f6db5",
    "600": "#1f5799",
    "700": "#1a467b",
    "800": "#183c66",
    "900": "#173355",
    "950": "#0f2138",
}


def _page(title: Any, icon: str, model: str, **more: Any) -> dict[str, Any]:
    """A line of the navigation: shown to whom its admin lets in."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{model.replace('.', '_')}_changelist"),
        "permission": _Opens(model),
        **more,
    }


def _tool(title: Any, icon: str, name: str) -> dict[str, Any]:
    """A page of the desk that is no list of a model; for curators."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(name),
        "permission": _is_curator,
    }


def _is_curator(request: HttpRequest) -> bool:
    from accounts.reach import reach_of

    return reach_of(request.user).is_all


class _Opens:
    """Whether the person may open the list of a model, as its own admin says."""

    def __init__(self, model: str) -> None:
        self.model = model

    def __call__(self, request: HttpRequest) -> bool:
        from django.apps import apps
        from django.contrib import admin

        found = admin.site._registry.get(apps.get_model(self.model))
        if found is None:
            return False
        return found.has_view_permission(request) or found.has_change_permission(
            request
        )


NAVIGATION = [
    {
        "title": _("Work waiting"),
        "items": [
            {
                "title": _("Start"),
                "icon": "inbox",
                "link": reverse_lazy("admin:index"),
            },
            _page(
                _("Queue of checks"),
                "fact_check",
                "sources.fieldcheck",
                badge="accounts.desk.start.waiting_checks",
            ),
            _page(_("Error reports"), "feedback", "sources.errorreport"),
            _tool(_("Reviews"), "rate_review", "practices:review-queue"),
            _tool(_("First messages"), "mark_chat_unread", "practices:review-heard"),
            _tool(_("Match requests"), "group_add", "match:desk"),
            _tool(_("Quality"), "checklist", "desk:quality"),
            _tool(_("Duplicates"), "content_copy", "desk:duplicates"),
            _page(_("Imports"), "upload", "exchange.importbatch"),
        ],
    },
    {
        "title": _("Catalogue"),
        "separator": True,
        "items": [
            _page(_("Projects"), "hub", "projects.project"),
            _page(_("Partners"), "handshake", "projects.partner"),
            _page(_("Organisations"), "domain", "accounts.organisation"),
            _page(_("Strategies"), "flag", "strategies.strategy"),
            _page(_("Priorities"), "star", "strategies.priority"),
            _page(_("Programmes"), "account_balance", "programmes.programme"),
            _page(_("Calls"), "campaign", "programmes.call"),
            _page(_("Support"), "support", "programmes.supportactivity"),
            _page(_("Good practices"), "lightbulb", "practices.goodpractice"),
        ],
    },
    {
        "title": _("Words and lists"),
        "separator": True,
        "items": [
            _page(_("Domains"), "category", "strategies.domain"),
            _page(_("Themes"), "label", "strategies.theme"),
            _page(_("Glossary"), "menu_book", "strategies.glossaryterm"),
            _page(_("Lists of the guide"), "list", "strategies.codelist"),
            _page(
                _("Programme priorities"),
                "format_list_numbered",
                "programmes.programmepriority",
            ),
            _page(_("Programme themes"), "sell", "programmes.programmetheme"),
            _page(_("Types of intervention"), "build", "programmes.interventiontype"),
            _page(_("Policy areas"), "policy", "programmes.policyarea"),
            _page(_("References"), "link", "sources.reference"),
        ],
    },
    {
        "title": _("Indicators and sources"),
        "separator": True,
        "items": [
            _page(_("Dataflows and upload"), "upload_file", "indicators.dataflow"),
            _page(_("Indicators"), "monitoring", "indicators.indicator"),
            _page(_("Runs"), "sync", "sources.ingestrun"),
            _page(_("Sources"), "source", "sources.source"),
            _page(_("Snapshots"), "inventory_2", "sources.snapshot"),
            _page(_("Regions"), "map", "regions.region"),
            _page(_("Code changes"), "swap_horiz", "regions.regionchange"),
            _page(_("Boundaries"), "public", "regions.boundary"),
        ],
    },
    {
        "title": _("People"),
        "separator": True,
        "items": [
            _page(_("Users"), "person", "accounts.user"),
            _page(_("Roles and scopes"), "badge", "accounts.scope"),
            _page(_("Groups"), "group", "auth.group"),
            _page(_("Webhooks"), "webhook", "watches.endpoint"),
            _page(_("Webhook messages"), "send", "watches.message"),
        ],
    },
    {
        "title": _("Schedules"),
        "separator": True,
        "items": [
            _page(_("Jobs"), "schedule", "django_celery_beat.periodictask"),
            _page(_("Intervals"), "timer", "django_celery_beat.intervalschedule"),
            _page(
                _("Crontabs"), "calendar_month", "django_celery_beat.crontabschedule"
            ),
        ],
    },
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Curators' desk"),
    "SITE_HEADER": _("Curators' desk"),
    "SITE_SUBHEADER": _("Smart Specialisation Portal"),
    "SITE_URL": "/",
    "SITE_SYMBOL": "edit_note",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda _request: static("img/icon.svg"),
        }
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "4px",
    "THEME": "light",
    "COLORS": {"primary": _BLUES},
    "STYLES": [lambda _request: static("css/admin.css")],
    "SCRIPTS": [lambda _request: static("js/admin/desk.js")],
    "DASHBOARD_CALLBACK": "accounts.desk.start.dashboard",
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": NAVIGATION,
    },
}
