"""What a record needs before readers may see it, as a list for each model.

``Item``: a field that a good record has; what is missing lowers its completeness.
``Stop``: what forbids publication. Lists are declared by the apps, beside the models:

    declare(Project, Gate(items=(Item("summary", weight=2),), stops=(...)))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sources.curation import Curated
from sources.evidence import FieldCheck

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Item:
    """``field`` is one of the model, or one of its relations; ``label`` its name."""

    field: str
    weight: int = 1
    label: Text = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """``says`` is a sentence; ``field`` where to mend it, "" where there is none."""

    says: Text
    holds: Callable[[Any], bool]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    items: tuple[Item, ...] = ()
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    field: str
    label: Text


@dataclass(frozen=True, slots=True)
class Completeness:
    """``percent`` of the weights that are there, rounded down; 100 without items."""

    percent: int
    missing: tuple[Missing, ...]


_GATES: dict[type[Model], Gate] = {}


def declare(model: type[Model], gate: Gate) -> None:
    _GATES[model] = gate


def gate_of(model: type[Model]) -> Gate:
    return _GATES.get(model, Gate())


def completeness(record: Model) -> Completeness:
    """One query for each relation among the items, none for columns."""
    items = gate_of(type(record)).items
    total = sum(item.weight for item in items)
    lacking = [item for item in items if not _has(record, item.field)]
    lost = sum(item.weight for item in lacking)
    return Completeness(
        percent=100 * (total - lost) // total if total else 100,
        missing=tuple(Missing(i.field, i.label or _name(record, i)) for i in lacking),
    )


def stops(record: Model, *, doubt: bool = True) -> list[Stop]:
    """What forbids that the record is published, the first thing first.

    Without ``doubt`` only what the record itself lacks: for who decides the doubt.
    """
    found = [stop for stop in gate_of(type(record)).stops if stop.holds(record)]
    if doubt and isinstance(record, Curated):
        found += [stop for stop in DOUBT if stop.holds(record)]
    return found


def empty(field: str) -> Callable[[Any], bool]:
    return lambda record: not _has(record, field)


def ends_before(start: str, end: str) -> Callable[[Any], bool]:
    def holds(record: Any) -> bool:
        first, last = getattr(record, start), getattr(record, end)
        return first is not None and last is not None and last < first

    return holds


def _in_doubt(record: Curated) -> bool:
    return FieldCheck.objects.open().of(record).filter(field="").exists()


DOUBT = (
    Stop(
        _("The record as a whole still waits to be checked: decide its check first."),
        _in_doubt,
        "checks",
    ),
    Stop(
        _("Nobody has verified it: read a source, then tick “verified”."),
        lambda record: not record.is_verified,
        "is_verified",
    ),
)


def _has(record: Model, field: str) -> bool:
    value = getattr(record, field)
    if hasattr(value, "exists"):
        return record.pk is not None and bool(value.exists())
    return value is not None and value not in ("", [], {})


def _name(record: Model, item: Item) -> Text:
    found = record._meta.get_field(item.field)
    verbose: Text = getattr(found, "verbose_name", item.field)
    return verbose
