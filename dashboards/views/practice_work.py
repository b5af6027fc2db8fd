"""One's own practice: its overview, what its authors may do with it, its preview."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.practice_preview import preview_page
from dashboards.practice_work_acts import act, refused
from dashboards.practice_work_page import work_context
from practices.errors import PracticeError
from practices.models import GoodPractice


@personal("GET", "POST")
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it stands and what is missing; notices lead here."""
    user = person(request)
    practice = own_practice(user, slug)
    if request.method != "POST":
        return _page(request, work_context(practice, user))
    sent = request.POST.dict()
    try:
        said = act(practice, user, sent)
    except (PracticeError, ValidationError) as error:
        typed, status = refused(error, sent)
        return _page(request, work_context(own_practice(user, slug), user, typed),
                     status)  # fmt: skip
    messages.success(request, said)
    return redirect("practices:work", slug)


@personal("GET")
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The text in work as readers would see it."""
    practice = own_practice(person(request), slug)
    context = preview_page(practice, request)
    return render(request, "practices/author/preview.html", context)


def own_practice(user: User, slug: str) -> GoodPractice:
    """A practice the person writes; of any other it is not even said that it is."""
    found = GoodPractice.objects.written_by(user).select_related("edited_by")
    practice = found.filter(slug=slug).first()
    if practice is None:
        raise Http404(_("You write no practice %(slug)s.") % {"slug": slug})
    return practice


def _page(
    request: HttpRequest, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, "practices/author/work.html", context, status=status)
