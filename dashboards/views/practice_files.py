"""Attachments: for readers, and for the authors of a text in work."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.practice_files_page import FilesPage
from dashboards.served_files import file_response
from practices.actors import actors_of
from practices.errors import NotAllowed, PracticeError
from practices.machine import AUTHORS
from practices.models import Attachment, GoodPractice
from sources.visitors import within_limit

MOST_AN_HOUR = 60  # uploads from one address
HOUR = 3600


@require_safe
def published(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A file readers see; a width in the address asks for a narrower copy."""
    found = Attachment.objects.public().filter(pk=pk, practice__slug=slug).first()
    if found is None:
        raise Http404(_("There is no such file, or it is not shown any more."))
    return file_response(found, request.GET.get("width", ""), is_public=True)


@personal("GET")
def in_work(request: HttpRequest, slug: str, pk: int) -> Any:
    """For its authors, before the scanner has looked at it too."""
    practice = _own_practice(person(request), slug)
    found = practice.attachments.current().filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such file, or it is not shown any more."))
    return file_response(found, request.GET.get("width", ""), is_public=False)


@personal("GET", "POST")
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """The files of the text in work; what cannot be done comes back as it was typed."""
    user = person(request)
    practice = _own_practice(user, slug)
    page = FilesPage(practice, user)
    if request.method != "POST":
        return _page(request, page)
    if request.POST.get("action") == "upload" and not within_limit(
        request, "practice-files", most=MOST_AN_HOUR, seconds=HOUR
    ):
        refusal = _("Too many files came from your address. Try again in an hour.")
        return _page(request, page, refusal, status=429)
    try:
        said = page.act(request)
    except PracticeError as error:
        # The row of now, so that sending it again counts from there.
        practice.refresh_from_db()
        is_never = isinstance(error, NotAllowed) and not error.is_ever
        status = 403 if is_never else 409
        return _page(request, page, str(error), status=status)
    if not said:
        return _page(request, page, status=400)
    messages.success(request, said)
    return redirect("practices:files", slug)


def _page(
    request: HttpRequest, page: FilesPage, refusal: str = "", *, status: int = 200
) -> HttpResponse:
    context = {**page.context(), "refusal": refusal}
    return render(request, "practices/files/files.html", context, status=status)


def _own_practice(user: User, slug: str) -> GoodPractice:
    """404 for all but its authors: of others' drafts nothing is told."""
    found = GoodPractice.objects.filter(slug=slug).first()
    if found is None or not actors_of(user, found) & AUTHORS:
        raise Http404(_("You write no practice %(slug)s.") % {"slug": slug})
    return found
