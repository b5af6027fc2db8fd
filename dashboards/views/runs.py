"""Watching a run, and what staff may ask of it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dashboards.run_page import standing
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.services import cancel_run, confirm_run, discard_run, repeat_run

# What may be asked, and what is said when it was.
ACTIONS: dict[str, tuple[Callable[..., object], Promise]] = {
    "cancel": (cancel_run, gettext_lazy("Run %(n)d is asked to stop.")),
    "again": (repeat_run, gettext_lazy("Run %(n)d waits for a worker.")),
    "confirm": (confirm_run, gettext_lazy("Run %(n)d will be loaded.")),
    "discard": (discard_run, gettext_lazy("Run %(n)d was discarded.")),
}


@never_cache
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the run stands, for the script on its page."""
    return JsonResponse(standing(get_object_or_404(IngestRun, pk=pk)).as_json())


@never_cache
@login_required
@permission_required("sources.change_ingestrun", raise_exception=True)
@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Cancel, repeat, confirm or discard a run; then show it, or the new one."""
    run = get_object_or_404(IngestRun, pk=pk)
    if action not in ACTIONS:
        raise Http404
    service, said = ACTIONS[action]
    asked = {"asked_by": request.user.get_username()}
    if action == "again":  # a run of its own keeps the request it came from
        asked["request_id"] = getattr(request, "request_id", "")
    try:
        result = service(run, **asked)
    except IngestError as refusal:
        messages.error(request, str(refusal))
        return redirect(run)
    shown = result if isinstance(result, IngestRun) else run
    messages.success(request, str(said) % {"n": shown.pk})
    return redirect(shown)
