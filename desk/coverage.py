"""How many records of each kind have each field; the fields are those of their gate."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from desk.worklists import KINDS
from sources.curation import Curated, Publication
from sources.gate import Item, gate_of


@dataclass(frozen=True, slots=True)
class Covered:
    field: str
    label: str
    filled: int
    total: int

    @property
    def lacking(self) -> int:
        return self.total - self.filled

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * self.filled // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Kind:
    model: str
    label: str
    total: int
    fields: tuple[Covered, ...]


def coverage() -> list[Kind]:
    """One query for each kind of record."""
    return [_kind(model) for model in KINDS if gate_of(model).items]


def lacking(model: type[Curated], field: str) -> "QuerySet[Any]":
    """The records of ``coverage`` that do not have the field; KeyError for no field."""
    names = {item.field for item in gate_of(model).items}
    if field not in names:
        raise KeyError(field)
    return _held(model).exclude(_has(model, field)).order_by("pk")


def model_called(label: str) -> type[Curated]:
    """ "projects.project" -> Project; KeyError for a kind that is not covered."""
    return {model._meta.label_lower: model for model in KINDS}[label]


def field_label(model: type[Curated], field: str) -> str:
    item = next(i for i in gate_of(model).items if i.field == field)
    return _label(model, item)


def _kind(model: type[Curated]) -> Kind:
    items = gate_of(model).items
    counts = _held(model).aggregate(
        total=Count("pk"),
        **{f"has_{i.field}": Count("pk", filter=_has(model, i.field)) for i in items},
    )
    return Kind(
        model=model._meta.label_lower,
        label=str(model._meta.verbose_name_plural),
        total=counts["total"],
        fields=tuple(
            Covered(
                i.field, _label(model, i), counts[f"has_{i.field}"], counts["total"]
            )
            for i in items
        ),
    )


def _held(model: type[Curated]) -> "QuerySet[Any]":
    return model._default_manager.exclude(state=Publication.ARCHIVED)


def _label(model: type[Curated], item: Item) -> str:
    found = model._meta.get_field(item.field)
    return str(item.label or getattr(found, "verbose_name", item.field))


def _has(model: type[Curated], name: str) -> Q:
    """Whether there is something in a column, or a row at the end of a relation."""
    field = model._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        through: Any = getattr(model, name).through
        own = through._base_manager.filter(**{field.m2m_field_name(): OuterRef("pk")})
        return Q(Exists(own))
    if field.is_relation and not field.concrete:
        remote: Any = field.related_model
        back = field.remote_field.name  # type: ignore[union-attr]
        return Q(Exists(remote._base_manager.filter(**{back: OuterRef("pk")})))
    empty = Q(**{f"{name}__isnull": True})
    if isinstance(field, models.CharField | models.TextField):
        empty |= Q(**{name: ""})
    if isinstance(field, models.JSONField):
        empty |= Q(**{name: []})
    return ~empty
