"""Beginning a practice: what sharing means, one's own practices, a new draft."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.practice_links import TARGETS, suggested
from dashboards.practice_share_form import ShareForm
from practices.analysis.completeness import Step
from practices.models import GoodPractice
from practices.queries import practices_of
from practices.services import create_draft
from sources.visitors import within_limit

MOST_AN_HOUR = 20
HOUR = 3600
LONGEST_WORDS = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Explained to everybody; whoever is signed in can begin."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.path)
        return render(request, "practices/author/share.html")
    user = person(request)
    form = ShareForm(request.POST or None, user=user)
    status = 200
    if request.method == "POST":
        practice, status = _begun(request, form, user)
        if practice:
            return redirect("practices:edit", practice.slug, Step.BASICS)
    context = {"form": form, "own": practices_of(user)}
    return render(request, "practices/author/share.html", context, status=status)


@personal("GET")
def suggest(request: HttpRequest, kind: str) -> JsonResponse:
    """Records for a field in which somebody is typing."""
    if kind not in TARGETS:
        raise Http404(_("There is nothing of that kind to choose."))
    q = request.GET.get("q", "")[:LONGEST_WORDS]
    return JsonResponse({"results": suggested(kind, q)})


def _begun(
    request: HttpRequest, form: ShareForm, user: User
) -> tuple[GoodPractice | None, int]:
    """The new draft; else None, the form says why not, and the status."""
    if not form.is_valid():
        return None, 400
    if not within_limit(request, "drafts", most=MOST_AN_HOUR, seconds=HOUR):
        text = _("Many drafts came from your address. Try again in an hour.")
        form.add_error(None, text)
        return None, 429
    try:
        return create_draft(user, form.content), 302
    except ValidationError as error:
        known = {n if n in form.fields else None: e for n, e in
                 error.error_dict.items()}  # fmt: skip
        for name, wrong in known.items():
            form.add_error(name, wrong)
    return None, 400
