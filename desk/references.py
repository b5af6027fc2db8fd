"""What refers to an organisation, found from the models and not from a list.

Left alone: versions of history, which tell what was, the admin's log, doubts about the
record itself (``FieldCheck``), and the rows of this app.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model

from accounts.models import Organisation
from sources.curation import Publishable
from sources.evidence import FieldCheck

STAY = (FieldCheck,)


@dataclass(frozen=True, slots=True)
class Tie:
    """A column with an organisation's id; generic where ``kind`` names its type."""

    model: type[Model]
    column: str
    kind: str = ""

    def rows(self, pk: int) -> "models.QuerySet[Any]":
        found = self.model._base_manager.filter(**{self.column: pk})
        if self.kind:
            own = ContentType.objects.get_for_model(Organisation)
            found = found.filter(**{self.kind: own})
        return found.order_by("pk")


@dataclass(slots=True)
class Plan:
    """What a merge would do: rows to move, rows to drop, and what stands against it."""

    move: list[tuple[Tie, Any]] = field(default_factory=list)
    drop: list[Any] = field(default_factory=list)
    blocks: list[Any] = field(default_factory=list)

    def counts(self) -> list[tuple[str, int]]:
        """How many rows of each kind move, by the kind's name."""
        found: dict[str, int] = {}
        for tie, _row in self.move:
            name = str(tie.model._meta.verbose_name_plural)
            found[name] = found.get(name, 0) + 1
        return sorted(found.items())


def ties() -> list[Tie]:
    return [*_foreign_keys(), *_generic()]


def plan(merged: Organisation, survivor: Organisation) -> Plan:
    """Each row that names ``merged``: moves, is there already, or forbids the merge."""
    found = Plan()
    for tie in ties():
        for row in tie.rows(merged.pk):
            if row.pk == survivor.pk and tie.model is Organisation:
                found.blocks.append(row)
            elif _fits(tie, row, survivor.pk):
                found.move.append((tie, row))
            elif _says_nothing_more(row):
                found.drop.append(row)
            else:
                found.blocks.append(row)
    return found


def _foreign_keys() -> Iterator[Tie]:
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model = relation.related_model
        if model._meta.app_label == "desk" or hasattr(model, "instance_type"):
            continue
        # Simple history's rows of many-to-many links.
        if model.__name__.startswith("Historical"):
            continue
        yield Tie(model, relation.field.attname)


def _generic() -> Iterator[Tie]:
    for model in apps.get_models():
        for private in model._meta.private_fields:
            if isinstance(private, GenericForeignKey) and model not in STAY:
                yield Tie(model, private.fk_field, private.ct_field)


def _fits(tie: Tie, row: Any, survivor: int) -> bool:
    """Whether the row may name the survivor, by the rules of its own model."""
    before = getattr(row, tie.column)
    setattr(row, tie.column, survivor)
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return False
    finally:
        setattr(row, tie.column, before)
    return True


def _says_nothing_more(row: Any) -> bool:
    """A link or a right that the survivor has too: it may go, and come back."""
    if isinstance(row, Publishable):
        return False
    return not any(
        relation.related_model._base_manager.filter(
            **{relation.field.attname: row.pk}
        ).exists()
        for relation in row._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    )
