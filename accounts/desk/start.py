"""What waits for the person who opens the desk: numbers, each a link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.desk.checks import checks_for
from accounts.reach import Act, models, rows
from sources.curation import Curated, Publication
from sources.models import IngestRun
from sources.reports import ErrorReport

STATES = (Publication.DRAFT, Publication.IN_REVIEW, Publication.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Waiting:
    label: "str | Promise"
    count: int
    address: str
    icon: str


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of record; ``numbers`` are count and address for each of ``STATES``."""

    label: str
    total: int
    address: str
    numbers: tuple[tuple[int, str], ...]


_MORE: list[Callable[[HttpRequest], list[Waiting]]] = []


def register_waiting(counted: Callable[[HttpRequest], list[Waiting]]) -> None:
    """For apps above: what else the start page counts for the person who looks."""
    _MORE.append(counted)


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """For the start page of the admin; as many queries as there are kinds."""
    context["waiting"] = waiting(request)
    context["lines"] = lines(request)
    context["states"] = [state.label for state in STATES]
    return context


def waiting(request: HttpRequest) -> list[Waiting]:
    user: Any = request.user
    found = [
        Waiting(
            _("open checks"),
            checks_for(user).open().count(),
            reverse("admin:sources_fieldcheck_changelist"),
            "fact_check",
        )
    ]
    if user.has_perm("sources.view_errorreport"):
        open_reports = ErrorReport.objects.open().count()
        address = _list("sources_errorreport", state__exact="open")
        found.append(Waiting(_("error reports"), open_reports, address, "feedback"))
    if user.has_perm("sources.view_ingestrun"):
        found += _runs()
    return found + [item for counted in _MORE for item in counted(request)]


def lines(request: HttpRequest) -> list[Line]:
    return [
        _line(request, model)
        for model in models()
        if issubclass(model, Curated)
        and model in admin.site._registry
        and admin.site._registry[model].has_change_permission(request)
    ]


def waiting_checks(request: HttpRequest) -> str:
    """For the navigation: the number as text."""
    return str(checks_for(request.user).open().count())  # type: ignore[arg-type]


def _runs() -> list[Waiting]:
    state = IngestRun.State
    counts = IngestRun.objects.aggregate(
        held=Count("pk", filter=Q(state=state.HELD)),
        failed=Count("pk", filter=Q(state=state.FAILED)),
    )
    held = _list("sources_ingestrun", state__exact=state.HELD.value)
    failed = _list("sources_ingestrun", state__exact=state.FAILED.value)
    return [
        Waiting(_("runs that wait for a person"), counts["held"], held, "pan_tool"),
        Waiting(_("runs that failed"), counts["failed"], failed, "error"),
    ]


def _line(request: HttpRequest, model: type[Curated]) -> Line:
    found = rows(request.user, Act.CHANGE, model._default_manager.all())
    counts = found.aggregate(
        total=Count("pk"),
        **{state.value: Count("pk", filter=Q(state=state)) for state in STATES},
    )
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    return Line(
        label=capfirst(str(model._meta.verbose_name_plural)),
        total=counts["total"],
        address=_list(name),
        numbers=tuple(
            (counts[state.value], _list(name, state__exact=state.value))
            for state in STATES
        ),
    )


def _list(name: str, **chosen: str) -> str:
    address = reverse(f"admin:{name}_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address
