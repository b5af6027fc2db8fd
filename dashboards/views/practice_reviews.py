"""Pages of reviewers: their queue, one practice before them, what else waits."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.review_acts import act, refused
from dashboards.review_page import JUDGES, review_context
from dashboards.review_queue import judges, queue_page
from practices.actors import actors_of, may_see
from practices.errors import PracticeError
from practices.models import Attachment, GoodPractice


@personal("GET")
def queue(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not judges(user):
        return no_reviewer(request)
    return render(request, "practices/review/queue.html", queue_page(request, user))


@personal("GET", "POST")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice; what is sent and cannot be done comes back as it was typed."""
    user = person(request)
    if not judges(user):
        return no_reviewer(request)
    practice = _practice(slug)
    if not _is_theirs(user, practice):
        reason = _("This practice is not yours to review, or not yet.")
        return no_reviewer(request, reason, is_judge=True)
    if request.method != "POST":
        return _page(request, review_context(practice, user))
    sent = request.POST.dict()
    try:
        said = act(practice, user, sent)
    except (PracticeError, ValidationError) as error:
        practice = _practice(slug)
        typed, status = refused(practice, error, sent)
        return _page(request, review_context(practice, user, typed), status)
    messages.success(request, said)
    if _is_theirs(user, _practice(slug)):
        return redirect("practices:review", slug)
    return redirect("practices:review-queue")


@personal("GET")
def attachment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A file of the text in work, once it was scanned; for who reviews it."""
    user = person(request)
    if not judges(user) or not _is_theirs(user, _practice(slug)):
        return no_reviewer(request)
    clean = Attachment.objects.current().filter(scan=Attachment.Scan.CLEAN)
    found = clean.filter(pk=pk, practice__slug=slug).first()
    try:
        if found is None:
            raise FileNotFoundError
        with found.file.open("rb") as file:
            content = file.read()
    except (FileNotFoundError, ValueError):  # ValueError: a row without a file
        raise Http404(_("There is no such file, or it is not scanned yet.")) from None
    # Never shown as a page of the portal, whatever is in it.
    shown = content_disposition_header(as_attachment=True, filename=found.name)
    headers = {"Content-Disposition": shown or "attachment"}
    return HttpResponse(content, content_type=found.media_type, headers=headers)


def no_reviewer(
    request: HttpRequest, reason: str = "", *, is_judge: bool = False
) -> HttpResponse:
    """Refused in plain words."""
    reason = reason or _("You have no role in which practices are reviewed.")
    context = {"reason": reason, "is_judge": is_judge}
    return render(request, "practices/review/refused.html", context, status=403)


def _practice(slug: str) -> GoodPractice:
    found = GoodPractice.objects.select_related(
        "organisation", "project", "programme", "working_copy", "edited_by"
    )
    practice = found.filter(slug=slug).first()
    if practice is None:
        raise Http404(_("There is no practice %(slug)s.") % {"slug": slug})
    return practice


def _is_theirs(user: User, practice: GoodPractice) -> bool:
    """As a reviewer; whoever only wrote it has pages of their own."""
    return may_see(user, practice) and bool(actors_of(user, practice) & JUDGES)


def _page(
    request: HttpRequest, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, "practices/review/detail.html", context, status=status)
