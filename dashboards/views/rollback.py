"""Taking back a run, after a look at what that changes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indicators.services.rollback import RollbackRefused, roll_back, rollback_change
from sources.models import IngestRun


@never_cache
@login_required
@permission_required("indicators.roll_back", raise_exception=True)
@require_http_methods(["GET", "POST"])
def rollback(request: HttpRequest, pk: int) -> HttpResponse:
    """What a rollback would change, and on POST the rollback itself."""
    run = get_object_or_404(IngestRun, pk=pk)
    try:
        if request.method == "POST":
            undo = roll_back(run, asked_by=request.user.get_username())
            messages.success(request, _("Run %(n)d has been rolled back.") % {"n": pk})
            return redirect(undo)
        context = {"run": run, "change": rollback_change(run)}
    except RollbackRefused as refusal:
        context = {"run": run, "refusal": str(refusal)}
    status = 409 if "refusal" in context else 200
    return render(request, "sources/run_rollback.html", context, status=status)
