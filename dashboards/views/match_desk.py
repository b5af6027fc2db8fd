"""For curators: what is asked for, and completing it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.views.people import person, personal
from dashboards.match_acts import act
from dashboards.match_desk import DEEDS, desk_context, queue_context
from dashboards.views.match import answered
from dashboards.views.practice_reviews import no_reviewer
from practices.actors import is_curator
from practices.models import MatchRequest


@personal("GET")
def queue(request: HttpRequest) -> HttpResponse:
    """Requests to be completed, the oldest first, and those under way."""
    if not is_curator(person(request)):
        return no_reviewer(request, _("This list is for curators."))
    return render(request, "match/desk_queue.html", queue_context(request))


@personal("GET", "POST")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: proposals are added, hidden, annotated and sent."""
    if not is_curator(person(request)):
        return no_reviewer(request, _("This page is for curators."))
    rows = MatchRequest.objects.select_related(
        "region", "domain", "organisation", "user"
    )
    match = rows.filter(pk=pk).first()
    if match is None:
        raise Http404(_("There is no match request with this number."))
    problem = None
    if request.method == "POST":
        problem = act(request, DEEDS, match)
        if problem is None:
            return redirect("match:desk-detail", pk)
        match.refresh_from_db()
    words = request.POST.get("q") or request.GET.get("q", "")
    return answered(request, "match/desk.html", desk_context(match, words), problem)
