"""An author's own page: every practice of theirs, and what waits for them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.views.people import person, personal
from dashboards.practice_mine_page import mine_context
from practices.errors import PracticeError
from practices.services import accept_own
from sources.numbers import row_number


@personal("GET", "POST")
def mine(request: HttpRequest) -> HttpResponse:
    """What is sent accepts an invitation to one's own address."""
    user = person(request)
    if request.method != "POST":
        return render(request, "practices/people/mine.html", mine_context(user))
    number = row_number(request.POST.get("invitation", ""))
    try:
        practice = accept_own(number, by=user)
    except PracticeError as error:
        messages.warning(request, str(error))
        return redirect("practices:mine")
    messages.success(request, _("You write it with the others now."))
    return redirect("practices:work", practice.slug)
