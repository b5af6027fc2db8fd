"""The lists of the quality page: what each holds, and how a line of it reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from desk.lines import Line, line
from desk.models import LinkCheck
from desk.places import misplaced
from desk.references import ties
from desk.usage import users_of
from practices.models import GoodPractice
from programmes.models import Call, Programme, SupportActivity
from projects.models import Partner, Project
from sources.curation import Curated, Publication
from sources.evidence import Reference
from strategies.models import Priority, Strategy

Text = str | Promise
KINDS: tuple[type[Curated], ...] = (
    Project, Partner, Organisation, Programme, Call, SupportActivity, Strategy,
    Priority, GoodPractice,
)  # fmt: skip
STALE_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Worklist:
    """``rows`` are asked anew each time; ``lines`` makes a part of them readable."""

    code: str
    group: str
    label: Text
    rows: Callable[[], "QuerySet[Any] | Sequence[Any]"]
    lines: Callable[[Sequence[Any]], list[Line]]

    def count(self) -> int:
        found = self.rows()
        return found.count() if isinstance(found, QuerySet) else len(found)


def worklists() -> dict[str, Worklist]:
    return {item.code: item for item in [*_drafts(), *OTHERS]}


def _drafts() -> list[Worklist]:
    return [
        Worklist(
            f"drafts-{model._meta.model_name}",
            "drafts",
            model._meta.verbose_name_plural or "",
            lambda model=model: model._default_manager.waiting().order_by(  # type: ignore[misc]
                "created_at", "pk"
            ),
            _with_date("created_at"),
        )
        for model in KINDS
    ]


def _with_date(name: str) -> Callable[[Sequence[Any]], list[Line]]:
    def lines(records: Sequence[Any]) -> list[Line]:
        return [line(record, since=_day(getattr(record, name))) for record in records]

    return lines


def _day(moment: Any) -> date | None:
    if moment is None or not hasattr(moment, "tzinfo"):
        return moment  # type: ignore[no-any-return]
    return timezone.localtime(moment).date()


def _plain(records: Sequence[Any]) -> list[Line]:
    return [line(record) for record in records]


def _broken(checks: Sequence[LinkCheck]) -> list[Line]:
    used = users_of([check.url for check in checks])
    return [
        Line(
            check.url,
            ", ".join(str(record) for record in used.get(check.url, [])),
            str(check.status or check.problem),
            check.first_failed,
            next((line(r).address for r in used.get(check.url, [])), ""),
        )
        for check in checks
    ]


def _moved(checks: Sequence[LinkCheck]) -> list[Line]:
    used = users_of([check.url for check in checks])
    return [
        Line(
            check.url,
            ", ".join(str(record) for record in used.get(check.url, [])),
            _("leads to %(address)s") % {"address": check.redirect_to},
            _day(check.checked_at),
            next((line(r).address for r in used.get(check.url, [])), ""),
        )
        for check in checks
    ]


def _untied() -> "QuerySet[Organisation]":
    """Organisations that no record of another kind names."""
    found = Organisation.objects.standing()
    for tie in ties():
        if tie.kind or tie.model is Organisation or tie.model._meta.auto_created:
            continue
        named = tie.model._base_manager.filter(**{tie.column: OuterRef("pk")})
        found = found.exclude(Exists(named))
    return found.order_by("name", "pk")


def _uncited() -> "QuerySet[Reference]":
    found = Reference.objects.all()
    for relation in Reference._meta.related_objects:
        if relation.many_to_many and not _is_history(relation.related_model):
            through: Any = relation.through  # type: ignore[attr-defined]
            cited = through._base_manager.filter(reference=OuterRef("pk"))
            found = found.exclude(Exists(cited))
    return found.order_by("title", "pk")


def _is_history(model: type[Model]) -> bool:
    return model.__name__.startswith("Historical")


def _lacking(model: type[Curated], *relations: str) -> Callable[[], "QuerySet[Any]"]:
    """Records that are not archived and have none of these."""

    def rows() -> "QuerySet[Any]":
        found = model._default_manager.exclude(state=Publication.ARCHIVED)
        return found.filter(**{f"{name}__isnull": True for name in relations})

    return rows


def _untouched(model: type[Curated]) -> Callable[[], "QuerySet[Any]"]:
    def rows() -> "QuerySet[Any]":
        limit = timezone.now() - timedelta(days=round(STALE_MONTHS * 30.44))
        found = model._default_manager.filter(state=Publication.PUBLISHED)
        return found.filter(updated_at__lt=limit).order_by("updated_at", "pk")

    return rows


def _over_but_running() -> "QuerySet[GoodPractice]":
    running = Q(status__icontains="ongoing") | Q(status__icontains="running")
    found = GoodPractice.objects.filter(running, end__lt=timezone.localdate())
    return found.order_by("end", "pk")


OTHERS = (
    Worklist(
        "broken-links",
        "links",
        gettext_lazy("links that are broken"),
        lambda: LinkCheck.objects.broken(),
        _broken,
    ),
    Worklist(
        "moved-links",
        "links",
        gettext_lazy("links that lead elsewhere"),
        lambda: LinkCheck.objects.exclude(redirect_to="").filter(failed_days=0),
        _moved,
    ),
    Worklist(
        "places",
        "places",
        gettext_lazy("places that disagree with their region"),
        misplaced,
        list,
    ),
    Worklist(
        "organisations-untied",
        "orphans",
        gettext_lazy("organisations that nothing names"),
        _untied,
        _plain,
    ),
    Worklist(
        "references-unused",
        "orphans",
        gettext_lazy("references that no record rests on"),
        _uncited,
        _plain,
    ),
    Worklist(
        "priorities-without-domains",
        "orphans",
        gettext_lazy("priorities without a domain"),
        _lacking(Priority, "domains"),
        _plain,
    ),
    Worklist(
        "strategies-without-priorities",
        "orphans",
        gettext_lazy("strategies without a priority"),
        _lacking(Strategy, "priorities"),
        _plain,
    ),
    Worklist(
        "projects-without-partners",
        "orphans",
        gettext_lazy("projects without a partner"),
        _lacking(Project, "partners"),
        _plain,
    ),
    Worklist(
        "practices-over",
        "stale",
        gettext_lazy("practices that are over and said to be running"),
        _over_but_running,
        _with_date("end"),
    ),
    *(
        Worklist(
            f"untouched-{model._meta.model_name}",
            "stale",
            model._meta.verbose_name_plural or "",
            _untouched(model),
            _with_date("updated_at"),
        )
        for model in KINDS
        if model is not Partner
    ),
)
