"""Both sides of an introduction: to agree, to write, to end."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.people import person, personal
from dashboards.match_acts import Deed, act
from dashboards.views.match import answered
from practices.match_parts import is_other_side, shown_name
from practices.models import Introduction
from practices.services import introductions as services

DEEDS = {
    "agree": Deed(
        lambda row, user, sent: services.agree(
            row, by=user, remark=sent.get("remark", "")
        ),
        gettext_lazy("Thank you. You can now write to each other here."),
    ),
    "refuse": Deed(
        lambda row, user, sent: services.refuse(
            row, by=user, remark=sent.get("remark", "")
        ),
        gettext_lazy("Declined. The other side is told."),
    ),
    "write": Deed(
        lambda row, user, sent: services.write(row, sent.get("text", ""), by=user),
        gettext_lazy("Your message is with the other side."),
    ),
    "report": Deed(
        lambda row, user, sent: services.report(row, sent.get("reason", ""), by=user),
        gettext_lazy("Thank you. A curator looks at it."),
    ),
    "end": Deed(
        lambda row, user, sent: services.end(
            row, by=user, comment=sent.get("comment", "")
        ),
        gettext_lazy("The introduction is ended."),
    ),
}


@personal("GET", "POST")
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """For the asker and the other side; for anybody else it is not there."""
    user = person(request)
    row = _found(pk)
    is_asker = row is not None and row.request.user_id == user.pk
    if row is None or not (is_asker or is_other_side(user, row)):
        raise Http404(_("There is no introduction of yours with this number."))
    problem = None
    if request.method == "POST":
        problem = act(request, DEEDS, row)
        if problem is None:
            return redirect(row)
        row = _found(pk) or row
    thread = [
        (message, shown_name(message.author), message.author_id == user.pk)
        for message in row.messages.select_related("author")
    ]
    context = {
        "row": row,
        "match": row.request,
        "is_asker": is_asker,
        "asker": shown_name(row.request.user),
        "answerer": shown_name(row.answered_by),
        "thread": thread,
    }
    return answered(request, "match/introduction.html", context, problem)


def _found(pk: int) -> Introduction | None:
    rows = Introduction.objects.select_related(
        "proposal__region",
        "proposal__practice",
        "proposal__request__region",
        "proposal__request__domain",
        "proposal__request__organisation",
        "proposal__request__user",
        "answered_by",
    )
    return rows.filter(pk=pk).first()
