"""All that one writes, and what waits for oneself: the page of an author."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from dashboards.practice_work_words import NEXT
from practices.analysis.completeness import Completeness, completeness
from practices.content import content_of
from practices.models import (
    Adoption,
    Authorship,
    GoodPractice,
    Interest,
    Invitation,
    Question,
    Reconfirmation,
)
from practices.queries import practices_of
from practices.stages import EDITABLE, Stage


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, and the page on which it is done."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Own:
    """A practice of one's own; ``told`` is None while it is not open for writing."""

    practice: Any
    told: Completeness | None
    tasks: list[Task]
    next: Any


def mine_context(user: User) -> dict[str, Any]:
    """A constant number of statements, however many practices there are."""
    own = [_own(practice) for practice in _practices(user)]
    # What waits for somebody first; otherwise the latest change first, as they come.
    own.sort(key=lambda item: not item.tasks)
    return {
        "own": own,
        "waiting": sum(len(item.tasks) for item in own),
        "invitations": _invitations(user),
        "interests": _said(Interest, user),
        "questions": _said(Question, user),
        "adoptions": list(
            Adoption.objects.filter(told_by=user).select_related("practice", "region")
        ),
    }


def _practices(user: User) -> list[Any]:
    asked = Reconfirmation.objects.open()
    heard = Interest.objects.filter(is_held=False)
    return list(
        practices_of(user)
        .select_related("working_copy", "organisation", "project", "programme")
        .prefetch_related(
            "regions", "themes", "domains", "evidence_items", "attachments",
            Prefetch("interests", heard, to_attr="heard"),
            Prefetch("reconfirmations", asked, to_attr="asked"),
        )
    )  # fmt: skip


def _own(practice: Any) -> Own:
    stage = Stage(practice.stage)
    told = completeness(_content(practice)) if stage in EDITABLE else None
    tasks = [*_writing(practice, stage, told), *_answering(practice)]
    return Own(practice, told, tasks, NEXT[stage])


def _content(practice: Any) -> dict[str, Any]:
    """The text in work with its files, from what was read already."""
    copy = getattr(practice, "working_copy", None)
    text = copy.content if copy else content_of(practice)
    files = [{"kind": file.kind, "alt": file.alt}
             for file in practice.attachments.all() if file.is_current]  # fmt: skip
    return {**text, "attachments": files}


def _writing(practice: Any, stage: Stage, told: Completeness | None) -> list[Task]:
    place = reverse("practices:work", args=[practice.slug])
    if practice.open_comments and told is not None:
        n = practice.open_comments
        text = ngettext("Answer %(n)d comment of the reviewers",
                        "Answer %(n)d comments of the reviewers", n)  # fmt: skip
        return [Task(text % {"n": n}, place)]
    if stage is Stage.REVISION_ASKED:
        return [Task(_("Start the revision that a reviewer asks for"), place)]
    if told is None:
        return []
    if told.missing:
        n = len(told.missing)
        text = ngettext("Tell the %(n)d thing that is missing",
                        "Tell the %(n)d things that are missing", n)  # fmt: skip
        return [Task(text % {"n": n}, place)]
    if practice.role == Authorship.Role.LEAD:
        return [Task(_("Submit it: nothing is missing"), place)]
    return []


def _answering(practice: GoodPractice) -> list[Task]:
    found: Any = practice
    place = reverse("practices:heard", args=[practice.slug])
    tasks = []
    if n := found.open_questions:
        text = ngettext("Answer %(n)d question", "Answer %(n)d questions", n)
        tasks.append(Task(text % {"n": n}, place))
    if n := found.open_adoptions:
        text = ngettext("Confirm %(n)d adoption", "Confirm %(n)d adoptions", n)
        tasks.append(Task(text % {"n": n}, f"{place}#adoptions"))
    if found.asked or found.is_lapsed:
        tasks.append(_confirming(found))
    return tasks


def _confirming(practice: Any) -> Task:
    place = reverse("practices:confirm", args=[practice.slug])
    if not practice.asked:
        return Task(_("Say whether it is still running: the time is over"), place)
    due = date_format(practice.asked[0].due, "j F Y")
    text = _("Say whether it is still running, by %(due)s") % {"due": due}
    return Task(text, place)


def _invitations(user: User) -> list[Invitation]:
    found = Invitation.objects.open().filter(email=user.email)
    return list(found.select_related("practice", "invited_by"))


def _said(model: Any, user: User) -> list[Any]:
    rows = model.objects.filter(user=user).select_related("practice")
    return list(rows.order_by("-created_at", "-pk"))
