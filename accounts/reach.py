"""Who may do what to which records: the one place that every desk page asks.

Apps say which models the desk knows, and how the roles that have a territory or a
programme get to them:

    register(Priority, Grant(Role.REGIONAL_EDITOR, "strategy__region", PART))

A superuser and a curator may do everything with them. A regional editor reaches the
region of the role and its parts, a secretariat the programme with that slug. Experts
and contributors have no desk: what they review and write is in their own pages.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Field, Model, Q, QuerySet

from accounts.models import Scope, User
from regions.models import Region
from sources.curation import Publication, Publishable

Role = Scope.Role
M = TypeVar("M", bound=Model)
DESK_ROLES = frozenset({Role.CURATOR, Role.REGIONAL_EDITOR, Role.SECRETARIAT})


class Act(StrEnum):
    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    PUBLISH = "publish"


LOOK = frozenset({Act.VIEW})
WORK = frozenset({Act.VIEW, Act.ADD, Act.CHANGE})
PART = WORK | {Act.DELETE}


@dataclass(frozen=True, slots=True)
class Grant:
    """``path`` leads to the region of a record, or to the slug of its programme."""

    role: str
    path: str
    acts: frozenset[Act]


@dataclass(frozen=True, slots=True)
class Reach:
    """``regions`` are ids with all parts, ``programmes`` slugs."""

    is_all: bool = False
    roles: frozenset[str] = frozenset()
    regions: frozenset[int] = frozenset()
    programmes: frozenset[str] = frozenset()

    def values(self, role: str) -> frozenset[Any]:
        return self.regions if role == Role.REGIONAL_EDITOR else self.programmes


_GRANTS: dict[type[Model], tuple[Grant, ...]] = {}
_SHARED: set[type[Model]] = set()


def register(model: type[Model], *grants: Grant, shared: bool = False) -> None:
    """``shared``: everybody at the desk may look at what readers see of it."""
    _GRANTS[model] = grants
    if shared:
        _SHARED.add(model)


def is_known(model: type[Model]) -> bool:
    return model in _GRANTS


def models() -> list[type[Model]]:
    return list(_GRANTS)


def paths(role: str) -> dict[type[Model], str]:
    """How the role's territory or programme is found from each model."""
    return {
        model: grant.path
        for model, grants in _GRANTS.items()
        for grant in grants
        if grant.role == role
    }


def reach_of(user: User | AnonymousUser) -> Reach:
    """Read once for each request: it is kept on its user."""
    known: Reach | None = getattr(user, "_reach", None)
    if known is None:
        known = _read(user) if isinstance(user, User) else Reach()
        user._reach = known  # type: ignore[union-attr]
    return known


def may(
    user: User | AnonymousUser, act: Act, model: type[Model], record: Any = None
) -> bool:
    """Whether the person may do it to the record, or to any where none is given."""
    reach = reach_of(user)
    if model not in _GRANTS:
        return False
    if reach.is_all:
        return True
    is_shown = not isinstance(record, Publishable) or record.is_public
    if act is Act.VIEW and model in _SHARED and reach.roles and is_shown:
        return True
    grants = _granted(reach, act, model)
    if record is None:
        return any(True for _grant in grants)
    return any(_follow(record, g.path) in reach.values(g.role) for g in grants)


def rows(user: User | AnonymousUser, act: Act, found: QuerySet[M]) -> QuerySet[M]:
    """Of these rows the ones to which the person may do it."""
    reach, model = reach_of(user), found.model
    if model not in _GRANTS:
        return found.none()
    if reach.is_all:
        return found
    wanted = Q(pk__in=[])
    if act is Act.VIEW and model in _SHARED and reach.roles:
        public = Q(state=Publication.PUBLISHED)
        wanted |= public if issubclass(model, Publishable) else Q(pk__isnull=False)
    for grant in _granted(reach, act, model):
        wanted |= Q(**{f"{grant.path}__in": reach.values(grant.role)})
    return found.filter(wanted)


def choices(
    user: User | AnonymousUser, field: "Field[Any, Any]"
) -> QuerySet[Any] | None:
    """What a foreign key or many-to-many field may be set to; None: anything."""
    reach, remote = reach_of(user), field.related_model
    if reach.is_all or not isinstance(remote, type):
        return None
    if remote is Region and any(
        grant.role == Role.REGIONAL_EDITOR and grant.path == field.name
        for grant in _GRANTS.get(field.model, ())
    ):
        return Region.objects.filter(pk__in=reach.regions)
    if remote in _GRANTS:
        return rows(user, Act.VIEW, remote._default_manager.all())
    return None


def with_parts(regions: Collection[int | None]) -> frozenset[int]:
    """Ids of the regions and of all that lies in them. One query, none for none."""
    if not regions:
        return frozenset()
    inside = Q()
    for path in ("pk", "parent", "parent__parent", "parent__parent__parent"):
        inside |= Q(**{f"{path}__in": regions})
    return frozenset(Region.objects.filter(inside).values_list("pk", flat=True))


def _read(user: User) -> Reach:
    if not (user.is_active and user.is_staff):
        return Reach()
    scopes = [s for s in user.scopes.all() if s.role in DESK_ROLES]
    roles = frozenset(scope.role for scope in scopes)
    regions = [s.region_id for s in scopes if s.role == Role.REGIONAL_EDITOR]
    programmes = (s.programme_code for s in scopes if s.role == Role.SECRETARIAT)
    return Reach(
        is_all=user.is_superuser or Role.CURATOR in roles,
        roles=roles,
        regions=with_parts(regions),
        programmes=frozenset(programmes),
    )


def _granted(reach: Reach, act: Act, model: type[Model]) -> Iterator[Grant]:
    for grant in _GRANTS[model]:
        if grant.role in reach.roles and act in grant.acts:
            yield grant


def _follow(record: Any, path: str) -> Any:
    """The id or slug at the end of the path; None where a part of it is not set."""
    for name in path.split("__"):
        record = getattr(record, name, None)
        if record is None:
            return None
    return record.pk if isinstance(record, Model) else record
