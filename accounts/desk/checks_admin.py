"""The queue of checks as a page: look, confirm, reject, one by one or many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from accounts.desk import checks as queue
from accounts.reach import reach_of
from sources.checks import CheckError, confirm, reject
from sources.evidence import FieldCheck

ON_A_PAGE = 25
FILTERS = ("kind", "what", "region", "programme")


class CheckAdmin(ModelAdmin):  # type: ignore[misc]  # unfold is untyped
    """Checks are decided through ``sources.checks``, never typed."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(reach_of(request.user).roles) or reach_of(request.user).is_all

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and obj is None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_module_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            decide(request)
            return redirect(request.get_full_path())
        return TemplateResponse(request, "admin/desk/checks.html", self._page(request))

    def _page(self, request: HttpRequest) -> dict[str, Any]:
        user: Any = request.user
        everything = queue.checks_for(user).open()
        chosen = {name: request.GET.get(name, "") for name in FILTERS}
        found = queue.narrowed(everything, chosen).select_related("content_type")
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        return {
            **self.admin_site.each_context(request),
            "title": _("Queue of checks"),
            "opts": self.opts,
            "page": page,
            "rows": queue.told(user, page.object_list),
            "chosen": chosen,
            "kinds": queue.kinds_of(everything),
            "regions": queue.regions_of(everything),
            "programmes": queue.programmes_of(everything),
            "carried": _without_page(request.GET),
        }


def decide(request: HttpRequest) -> None:
    """What was pressed: ``decision`` is "confirm" or "reject", with a check's id for
    one alone ("confirm:12"), else for all that are ticked."""
    what, _colon, single = request.POST.get("decision", "").partition(":")
    if what not in ("confirm", "reject"):
        messages.error(request, _("Press “Confirm” or “Reject”."))
        return
    keys = [single] if single else request.POST.getlist("check")
    reason = request.POST.get(f"reason-{single}" if single else "reason", "").strip()
    if what == "reject" and not reason:
        messages.error(request, _("Say why you reject it; the history keeps it."))
        return
    user: Any = request.user
    allowed = queue.checks_for(user)
    found = list(allowed.filter(pk__in=[key for key in keys if key.isdecimal()]))
    if len(found) < len(set(keys)) or not found:
        messages.warning(request, _("Tick checks that are in the queue first."))
    done = sum(_decide_one(request, check, what, reason) for check in found)
    if done:
        text = ngettext("%(n)d check decided.", "%(n)d checks decided.", done)
        messages.success(request, text % {"n": done})


def _decide_one(
    request: HttpRequest, check: FieldCheck, what: str, reason: str
) -> bool:
    user: Any = request.user
    if not queue.may_decide(user, check):
        raise PermissionDenied
    decision = confirm if what == "confirm" else reject
    try:
        decision(check, by=user.get_username(), reason=reason)
    except CheckError as error:
        messages.error(request, f"{check.record or check}: {error}")
        return False
    return True


def _without_page(asked: QueryDict) -> str:
    kept = asked.copy()
    kept.pop("page", None)
    return kept.urlencode()
