"""Writing one step of a practice; what cannot be kept comes back as it was typed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.practice_edit_page import (
    edit_context,
    next_address,
    read_only_context,
    seen_marks,
    seen_text,
)
from dashboards.practice_form import Sheet, sheet_of
from dashboards.views.practice_work import own_practice
from practices.actors import may
from practices.content import Content, digests
from practices.errors import Conflict, NotAllowed
from practices.machine import Action
from practices.models import GoodPractice
from practices.services import content_in_work, merge

KEEP = "keep-"


@personal("GET", "POST")
def edit(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """The form of one step; with ``autosave`` sent, the answer is JSON."""
    user = person(request)
    practice = own_practice(user, slug)
    if request.method != "POST":
        content = content_in_work(practice)
        if Action.EDIT not in may(user, practice):
            return _read_only(request, practice, step)
        sheet = sheet_of(step, content, request.get_host())
        return _page(request, edit_context(practice, sheet, content))
    sheet = sheet_of(step, content_in_work(practice), request.get_host(), request.POST)
    if "autosave" in request.POST:
        return _autosaved(request, practice, sheet, user)
    return _saved(request, practice, sheet, user)


def _saved(
    request: HttpRequest, practice: GoodPractice, sheet: Sheet, user: User
) -> HttpResponse:
    told = _chosen(request, sheet.told)
    seen = seen_marks(request.POST.get("seen", ""))
    try:
        if sheet.is_valid:
            merge(practice, told, seen, by=user)
    except ValidationError as error:
        sheet.refuse(error)
    except NotAllowed as error:
        messages.error(request, str(error))
        return _read_only(request, practice, sheet.step, told, status=409)
    except Conflict as conflict:
        return _compare(request, practice, sheet, conflict)
    if not sheet.is_valid:
        # The marks stay those of what was on the page, so that a save still notices.
        content = content_in_work(practice)
        context = {**edit_context(practice, sheet, content), "seen": seen_text(seen)}
        return _page(request, context, 400)
    messages.success(request, _("Saved."))
    if request.POST.get("then") == "stay":
        return redirect("practices:edit", practice.slug, sheet.step)
    if request.POST.get("then") == "overview":
        return redirect("practices:work", practice.slug)
    return redirect(next_address(practice, sheet.step))


def _autosaved(
    request: HttpRequest, practice: GoodPractice, sheet: Sheet, user: User
) -> JsonResponse:
    """Keeps what can be kept; says what could not, and why."""
    told = sheet.told
    seen = seen_marks(request.POST.get("seen", ""))
    try:
        kept = _kept(practice, sheet, told, seen, user)
    except Conflict as conflict:
        return JsonResponse({"message": str(conflict), "conflict": True}, status=409)
    except NotAllowed as error:
        return JsonResponse({"message": str(error)}, status=409)
    problems = [f"{label}: {text}" if label else text
                for _place, label, text in sheet.problems]  # fmt: skip
    at = date_format(timezone.localtime(), "H:i")
    answer = {
        "at": _("Saved %(at)s") % {"at": at},
        # Fields of others stay as they were on the page until it is opened again.
        "seen": seen_text({**seen, **digests(kept)}),
        "problems": problems,
    }
    return JsonResponse(answer, status=400 if problems else 200)


def _kept(
    practice: GoodPractice, sheet: Sheet, told: Content, seen: dict[str, str], by: User
) -> Content:
    """Once with all; without the fields the service refuses, a second time."""
    try:
        return merge(practice, told, seen, by=by).kept
    except ValidationError as error:
        sheet.refuse(error)
        fine = {name: told[name] for name in told if name not in error.error_dict}
    return merge(practice, fine, seen, by=by).kept


def _chosen(request: HttpRequest, told: Content) -> Content:
    """Without the fields of which somebody else's text was chosen."""
    return {
        name: value
        for name, value in told.items()
        if request.POST.get(f"{KEEP}{name}") != "theirs"
    }


def _compare(
    request: HttpRequest, practice: GoodPractice, sheet: Sheet, conflict: Conflict
) -> HttpResponse:
    """Both texts side by side; the boxes hold what was typed."""
    content = content_in_work(practice)
    now = digests(conflict.theirs)
    # Seen are theirs, of these fields alone: the next save may write over them.
    seen = {**seen_marks(request.POST.get("seen", "")), **now}
    context = edit_context(practice, sheet, content, conflict)
    return _page(request, {**context, "seen": seen_text(seen)}, 409)


def _read_only(
    request: HttpRequest,
    practice: GoodPractice,
    step: str,
    typed: Content | None = None,
    status: int = 200,
) -> HttpResponse:
    practice.refresh_from_db()
    context = read_only_context(practice, step, content_in_work(practice), typed or {})
    context["work_url"] = reverse("practices:work", args=[practice.slug])
    return render(request, "practices/author/read_only.html", context, status=status)


def _page(
    request: HttpRequest, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, "practices/author/edit.html", context, status=status)
