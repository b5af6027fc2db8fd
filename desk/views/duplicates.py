"""Possible duplicates: look, merge field by field, undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation
from desk.guard import for_curators, page
from desk.models import DuplicatePair, MergeRecord
from desk.references import plan
from desk.services.duplicates import dismiss, propose_again
from desk.services.merging import CHOICES, MergeRefusedError, merge, obstacles, undo
from sources.numbers import row_number

ON_A_PAGE = 25
REASONS = {
    "same_name": gettext_lazy("same name"),
    "similar_name": gettext_lazy("similar name"),
    "same_acronym": gettext_lazy("same acronym"),
    "same_town": gettext_lazy("same town"),
    "other_town": gettext_lazy("different town"),
    "same_website": gettext_lazy("same website"),
    "other_website": gettext_lazy("different website"),
    "country_unknown": gettext_lazy("country of one not known"),
}
allowed = require_http_methods(["GET", "HEAD", "POST"])


@for_curators
@allowed
def index(request: HttpRequest) -> HttpResponse:
    """Pairs that wait, the likest first; ``dismissed=1`` those that are none."""
    if request.method == "POST":
        return _decide(request)
    is_dismissed = request.GET.get("dismissed") == "1"
    rows = DuplicatePair.objects.select_related("first", "second")
    rows = rows.filter(dismissed_at__isnull=False) if is_dismissed else rows.open()
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "is_dismissed": is_dismissed,
        "pairs": [(pair, words(pair)) for pair in found.object_list],
    }
    return page(request, "desk/duplicates.html", _("Possible duplicates"), context)


def _decide(request: HttpRequest) -> HttpResponse:
    decision, _colon, key = request.POST.get("decision", "").partition(":")
    pair = get_object_or_404(DuplicatePair, pk=row_number(key))
    if decision == "again":
        propose_again(pair)
    else:
        dismiss(pair, by=str(request.user))
        messages.success(request, _("Kept apart; the pair is not proposed again."))
    return redirect(request.get_full_path())


@for_curators
@allowed
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Both side by side; the chosen one survives."""
    found = get_object_or_404(
        DuplicatePair.objects.select_related("first__region", "second__region"), pk=pk
    )
    keep = request.POST.get("keep") or request.GET.get("keep")
    survivor, merged = found.first, found.second
    if keep == str(found.second_id):
        survivor, merged = merged, survivor
    if request.method == "POST":
        take = [name for name in CHOICES if request.POST.get(name) == "merged"]
        try:
            merge(
                merged.pk,
                survivor.pk,
                take=take,
                by=str(request.user),
                reason=request.POST.get("reason", ""),
            )
            messages.success(
                request,
                _("Merged. The old address leads to %(name)s.") % {"name": survivor},
            )
            return redirect("desk:merges")
        except MergeRefusedError as refused:
            for text in refused.reasons:
                messages.error(request, text)
    planned = plan(merged, survivor)
    context = {
        "pair": found,
        "words": words(found),
        "survivor": survivor,
        "merged": merged,
        "rows": _side_by_side(survivor, merged),
        "counts": planned.counts(),
        "dropped": len(planned.drop),
        "obstacles": obstacles(planned, merged, survivor),
    }
    return page(request, "desk/pair.html", _("Merge two organisations"), context)


@for_curators
@allowed
def merges(request: HttpRequest) -> HttpResponse:
    """What was merged, by whom; each can be taken back as long as nothing changed."""
    if request.method == "POST":
        key = request.POST.get("undo", "")
        record = get_object_or_404(MergeRecord, pk=row_number(key))
        try:
            undo(record.pk, by=str(request.user))
            messages.success(request, _("Undone: everything is as it was before."))
        except MergeRefusedError as refused:
            for text in refused.reasons:
                messages.error(request, text)
        return redirect("desk:merges")
    rows = MergeRecord.objects.select_related("survivor", "merged")
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "desk/merges.html", _("Merges"), {"page": found})


def words(found: DuplicatePair) -> str:
    return ", ".join(str(REASONS.get(code, code)) for code in found.reasons)


def _side_by_side(survivor: Organisation, merged: Organisation) -> list[dict[str, Any]]:
    """A line for each field; what the survivor lacks is taken over by default."""
    rows = []
    for name in CHOICES:
        label = Organisation._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        here, there = getattr(survivor, name), getattr(merged, name)
        rows.append(
            {
                "name": name,
                "label": capfirst(str(label)),
                "here": here or "",
                "there": there or "",
                "differs": here != there,
                "takes": bool(there) and not here,
            }
        )
    return rows
