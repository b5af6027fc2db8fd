"""Which part a person plays towards a practice, and what bars them from judging it."""

from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Membership, Organisation, Scope, User
from practices.machine import Action, Actor, actions_at
from practices.models import Authorship, GoodPractice, WorkingCopy
from practices.stages import Stage
from programmes.models import Programme
from projects.models import Partner
from regions.models import Region

_AUTHOR = {
    Authorship.Role.LEAD.value: Actor.LEAD,
    Authorship.Role.CO_AUTHOR.value: Actor.CO_AUTHOR,
}


class Tie(StrEnum):
    """What makes a reviewer one of the reviewed."""

    AUTHOR = "author"
    ORGANISATION = "organisation"
    PROJECT = "project"


def actors_of(user: Any, practice: GoodPractice) -> frozenset[Actor]:
    """All parts at once; four statements at most. Nobody signed in plays none."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    found = {Actor.READER}
    role = practice.authorships.filter(user=user).values_list("role", flat=True).first()
    if role:
        found.add(_AUTHOR[role])
    if user.is_superuser:
        found.add(Actor.CURATOR)
    for scope in user.scopes.select_related("region"):
        if actor := _desk(scope, practice):
            found.add(actor)
    return frozenset(found)


def is_curator(user: Any) -> bool:
    return isinstance(user, User) and (
        user.is_superuser or user.scopes.with_role(Scope.Role.CURATOR).exists()
    )


def ties_of(user: User, practice: GoodPractice) -> frozenset[Tie]:
    """Why they may not review it; empty: nothing is known to be in the way.

    Their organisations are those of their roles and those they say they work for. The
    practice's are its own and its authors'; of a revision, those it names now too.
    """
    found = set()
    if practice.authorships.filter(user=user).exists():
        found.add(Tie.AUTHOR)
    mine = _organisations(Q(user=user))
    if mine & (_owners(practice) | _organisations(_authors_of(practice))):
        found.add(Tie.ORGANISATION)
    if mine and _partners(practice).filter(organisation__in=mine).exists():
        found.add(Tie.PROJECT)
    return frozenset(found)


def may(user: Any, practice: GoodPractice) -> list[Action]:
    """What a page may offer them now; conditions are asked when it is done."""
    return actions_at(Stage(practice.stage), actors_of(user, practice))


def may_see(user: Any, practice: GoodPractice) -> bool:
    """Whether they may read the text in work: its authors, and who judges it."""
    inside = actors_of(user, practice) - {Actor.READER}
    if practice.stage == Stage.DRAFT:
        inside -= {Actor.EXPERT, Actor.SECRETARIAT}
    return bool(inside)


def _desk(scope: Scope, practice: GoodPractice) -> Actor | None:
    if scope.role == Scope.Role.CURATOR:
        return Actor.CURATOR
    if scope.role == Scope.Role.EXPERT:
        return Actor.EXPERT if _reaches(scope.region, practice) else None
    if scope.role == Scope.Role.SECRETARIAT:
        held = _programmes(practice)
        return Actor.SECRETARIAT if scope.programme_code in held else None
    return None


def _reaches(region: Region | None, practice: GoodPractice) -> bool:
    """An expert of a region judges practices of its parts."""
    if region is None:
        return True
    return practice.regions.filter(code__startswith=region.code).exists()


def _programmes(practice: GoodPractice) -> set[str]:
    """The practice's own, and the one of its project."""
    wanted = Q(pk=practice.programme_id)
    if practice.project_id:
        wanted |= Q(projects=practice.project_id)
    return set(Programme.objects.filter(wanted).values_list("slug", flat=True))


def _organisations(whose: Q) -> set[int]:
    """Also those merely asked for: who says they work there should not judge it."""
    scopes = Scope.objects.filter(whose, organisation__isnull=False)
    named = Membership.objects.filter(whose).exclude(state=Membership.State.DECLINED)
    return {
        *scopes.values_list("organisation", flat=True),
        *named.values_list("organisation", flat=True),
    }


def _authors_of(practice: GoodPractice) -> Q:
    return Q(user__in=practice.authorships.values("user"))


def _owners(practice: GoodPractice) -> set[Any]:
    slug = _in_work(practice, "organisation")
    named = Organisation.objects.filter(slug=slug).values_list("pk", flat=True)
    return {*named, practice.organisation_id} - {None}


def _partners(practice: GoodPractice) -> QuerySet[Partner]:
    projects = Q(project__slug=_in_work(practice, "project"))
    if practice.project_id:
        projects |= Q(project=practice.project_id)
    return Partner.objects.filter(projects)


def _in_work(practice: GoodPractice, name: str) -> str:
    """What the text in work names; "" where none is."""
    copy = WorkingCopy.objects.filter(practice=practice).first()
    return copy.content[name] if copy else ""
