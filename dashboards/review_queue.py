"""The review queue as a page: what waits, for whom, until when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from dashboards.addresses import page_params
from dashboards.match_desk import waiting_matches
from practices.actors import is_curator
from practices.models import GoodPractice, Interest, Question, Reconfirmation, Review
from practices.queries import review_queue
from practices.stages import Stage
from regions.countries import COUNTRIES, country_name
from sources.queryforms import QueryForm, validate
from strategies.models import Theme

ON_PAGE = 50
SOON = timedelta(days=3)
JUDGES = (Scope.Role.CURATOR, Scope.Role.SECRETARIAT, Scope.Role.EXPERT)
# Long texts that no list shows.
UNSHOWN = (
    "description", "resources_needed", "evidence_of_success", "difficulties",
    "not_worked", "transfer_potential", "preconditions", "search_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One open step; ``is_mine`` is taken by the person who looks."""

    review: Review
    today: date
    is_mine: bool

    @property
    def is_free(self) -> bool:
        return self.review.reviewer_id is None

    @property
    def is_overdue(self) -> bool:
        return self.review.due < self.today

    @property
    def is_soon(self) -> bool:
        return self.today <= self.review.due <= self.today + SOON

    @property
    def country(self) -> str:
        code = self.review.practice.country
        return country_name(code) if code else ""


STATES: dict[str, tuple[Promise, Callable[[Item], bool]]] = {
    "": (_("All"), lambda item: True),
    "mine": (_("Mine"), lambda item: item.is_mine),
    "free": (_("Not taken"), lambda item: item.is_free),
    "others": (
        _("With others"),
        lambda item: not item.is_free and not item.is_mine,
    ),
    "soon": (_("Due in three days"), lambda item: item.is_soon),
    "overdue": (_("Overdue"), lambda item: item.is_overdue),
}


class QueueQuery(QueryForm):
    state = forms.ChoiceField(
        choices=[(name, told[0]) for name, told in STATES.items()], required=False
    )
    step = forms.ChoiceField(choices=Review.Step, required=False)
    theme = forms.SlugField(required=False)
    country = forms.ChoiceField(choices=sorted(COUNTRIES.items()), required=False)


def judges(user: User) -> bool:
    """Whether they review anything at all."""
    return is_curator(user) or user.scopes.filter(role__in=JUDGES).exists()


def queue_page(request: HttpRequest, user: User) -> dict[str, Any]:
    """The context of the page; the number of statements does not grow with it."""
    asked = validate(QueueQuery, page_params(request))
    found = _items(user)
    narrowed = [item for item in found if _fits(item, asked)]
    chosen = [item for item in narrowed if STATES[asked["state"]][1](item)]
    page = Paginator(chosen, ON_PAGE).get_page(request.GET.get("page"))
    return {
        "asked": asked,
        "page": page,
        "shown_pages": page.paginator.get_elided_page_range(page.number),
        "total": len(found),
        "states": _states(asked, narrowed),
        "steps": Review.Step.choices,
        "themes": Theme.objects.filter(
            practices__in=[item.review.practice_id for item in found]
        ).distinct(),
        "countries": _countries(found),
        **(_desk() if is_curator(user) else {}),
    }


def _items(user: User) -> list[Item]:
    today = timezone.localdate()
    reviews = (
        review_queue(user)
        .defer(*[f"practice__{name}" for name in UNSHOWN])
        .prefetch_related("practice__themes")
    )
    return [Item(row, today, row.reviewer_id == user.pk) for row in reviews]


def _fits(item: Item, asked: dict[str, Any]) -> bool:
    practice = item.review.practice
    slugs = {theme.slug for theme in practice.themes.all()}
    return (
        (not asked["step"] or item.review.step == asked["step"])
        and (not asked["theme"] or asked["theme"] in slugs)
        and (not asked["country"] or practice.country == asked["country"])
    )


def _states(
    asked: dict[str, Any], narrowed: Sequence[Item]
) -> list[tuple[Any, int, str, bool]]:
    """Label, count, query string and whether it is the one shown."""
    kept = {name: asked[name] for name in ("step", "theme", "country") if asked[name]}
    return [
        (
            label,
            sum(map(fits, narrowed)),
            urlencode({**kept, "state": name} if name else kept),
            name == asked["state"],
        )
        for name, (label, fits) in STATES.items()
    ]


def _countries(found: Sequence[Item]) -> list[tuple[str, str]]:
    codes = {item.review.practice.country for item in found} - {""}
    return sorted(((code, country_name(code)) for code in codes), key=lambda c: c[1])


def _desk() -> dict[str, Any]:
    """What else waits for curators: to be published, let through, asked again."""
    ready = GoodPractice.objects.at_stage(Stage.APPROVED, Stage.SCHEDULED)
    held = [
        model.objects.filter(is_held=True).count() for model in (Interest, Question)
    ]
    late = Reconfirmation.objects.overdue(timezone.localdate()).count()
    lapsed = GoodPractice.objects.public().filter(is_lapsed=True).count()
    return {
        "is_curator": True,
        "ready": ready.defer(*UNSHOWN).order_by("publish_at", "edited_at", "pk"),
        "held": sum(held),
        "unconfirmed": late + lapsed,
        "matches": waiting_matches(),
    }
