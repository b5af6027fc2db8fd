"""The queue of checks: what each is about, and who may decide it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from accounts.models import Scope, User
from accounts.reach import Act, may, models, paths, reach_of, rows, with_parts
from regions.models import Region
from sources.curation import Curated
from sources.evidence import FieldCheck, FieldCheckQuerySet

Role = Scope.Role


@dataclass(frozen=True, slots=True)
class Row:
    """One check as the page shows it; ``record`` is None where it is gone."""

    check: FieldCheck
    record: Any
    kind: str
    field: str
    now: str
    proposed: str
    address: str
    may_decide: bool


def checks_for(user: User) -> FieldCheckQuerySet:
    """Of records that the person may change; of all for a curator."""
    found = FieldCheck.objects.all()
    if reach_of(user).is_all:
        return found
    wanted = Q(pk__in=[])
    for model in _curated():
        inside = rows(user, Act.CHANGE, model._default_manager.all())
        if may(user, Act.CHANGE, model):
            kind = ContentType.objects.get_for_model(model)
            wanted |= Q(content_type=kind, object_id__in=inside.values("pk"))
    return found.filter(wanted)


def may_decide(user: User, check: FieldCheck) -> bool:
    """A doubt about a whole record publishes it: that takes the right to publish."""
    if check.record is None:
        return reach_of(user).is_all
    act = Act.CHANGE if check.field else Act.PUBLISH
    return may(user, act, type(check.record), check.record)


def narrowed(found: FieldCheckQuerySet, chosen: Mapping[str, str]) -> Any:
    """By ``kind`` (app.model), ``what`` (field, record), ``region``, ``programme``."""
    if label := chosen.get("kind"):
        app, _dot, model = label.partition(".")
        found = found.filter(content_type__app_label=app, content_type__model=model)
    if what := chosen.get("what"):
        found = found.filter(field="") if what == "record" else found.exclude(field="")
    if code := chosen.get("region"):
        inside = with_parts(
            Region.objects.filter(code=code).values_list("pk", flat=True)
        )
        found = found.filter(_of(Role.REGIONAL_EDITOR, inside))
    if slug := chosen.get("programme"):
        found = found.filter(_of(Role.SECRETARIAT, [slug]))
    return found


def kinds_of(found: FieldCheckQuerySet) -> list[tuple[str, str]]:
    """Each kind of record among the checks, with its name in the plural."""
    keys = found.order_by().values_list("content_type", flat=True).distinct()
    kinds = (ContentType.objects.get_for_id(key) for key in keys)
    named = [
        (f"{kind.app_label}.{kind.model}", capfirst(_plural(kind))) for kind in kinds
    ]
    return sorted(named, key=lambda pair: pair[1])


def regions_of(found: FieldCheckQuerySet) -> list[tuple[str, str]]:
    named: set[tuple[str, str]] = set()
    for model, path in paths(Role.REGIONAL_EDITOR).items():
        named |= set(
            _checked(found, model).values_list(f"{path}__code", f"{path}__name")
        )
    return sorted(pair for pair in named if pair[0])


def programmes_of(found: FieldCheckQuerySet) -> list[str]:
    slugs: set[str] = set()
    for model, path in paths(Role.SECRETARIAT).items():
        slugs |= set(_checked(found, model).values_list(path, flat=True))
    return sorted(slug for slug in slugs if slug)


def told(user: User, checks: Iterable[FieldCheck]) -> list[Row]:
    """As many queries as there are kinds of records and relations among them."""
    found = list(checks)
    prefetch_related_objects(found, "record")
    by_model: dict[type[Model], list[FieldCheck]] = defaultdict(list)
    for check in found:
        if check.record is not None:
            by_model[type(check.record)].append(check)
    for model, group in by_model.items():
        records: list[Any] = [check.record for check in group]
        prefetch_related_objects(records, *_related(model, group))
    return [_row(user, check) for check in found]


def _row(user: User, check: FieldCheck) -> Row:
    record = check.record
    return Row(
        check=check,
        record=record,
        kind=capfirst(check.content_type.name),
        field=_field_name(check),
        now=_shown(getattr(record, check.field, None)) if check.field else "",
        proposed=_shown(check.value),
        address=_address(record),
        may_decide=may_decide(user, check),
    )


def _related(model: type[Model], checks: list[FieldCheck]) -> list[str]:
    """References, what names the record, and the relations that are in doubt."""
    wanted = {check.field for check in checks} | {"programme", "project", "strategy"}
    fields = {f.name for f in model._meta.get_fields() if f.is_relation and f.concrete}
    return ["references", *sorted(wanted & fields)]


def _field_name(check: FieldCheck) -> str:
    if not check.field:
        return ""
    try:
        field = check.content_type.model_class()._meta.get_field(check.field)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return check.field
    return capfirst(str(getattr(field, "verbose_name", check.field)))


def _shown(value: Any) -> str:
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, list | tuple):
        return "; ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return "" if value is None else str(value)


def _address(record: Any) -> str:
    if record is None:
        return ""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    try:
        return reverse(name, args=[record.pk])
    except NoReverseMatch:  # a part without a page of its own
        return ""


def _of(role: str, values: Iterable[Any]) -> Q:
    wanted = Q(pk__in=[])
    for model, path in paths(role).items():
        if issubclass(model, Curated):
            kind = ContentType.objects.get_for_model(model)
            inside = model._default_manager.filter(**{f"{path}__in": list(values)})
            wanted |= Q(content_type=kind, object_id__in=inside.values("pk"))
    return wanted


def _checked(found: FieldCheckQuerySet, model: type[Model]) -> QuerySet[Any]:
    kind = ContentType.objects.get_for_model(model)
    keys = found.filter(content_type=kind).order_by().values("object_id")
    return model._default_manager.filter(pk__in=keys).order_by()


def _plural(kind: ContentType) -> str:
    model = kind.model_class()
    return str(model._meta.verbose_name_plural) if model else kind.model


def _curated() -> list[type[Model]]:
    return [model for model in models() if issubclass(model, Curated)]
