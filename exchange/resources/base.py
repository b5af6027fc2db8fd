"""Columns of a sheet and the resource they make up, on top of django-import-export.

The library gives fields, widgets and export; reading, comparing and writing is done
in batches by ``exchange.services``, as the library works row by row.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import Resource

from exchange import widgets
from exchange.parsers.rows import clean

LINKS = "_exchange_links"  # many-to-many values of a record that are not saved yet
Problem = tuple[str, str]  # column, what is wrong and what to do


class Column(Field):  # type: ignore[misc]  # import-export is untyped
    """One column: ``attributes`` of the record it reads and writes.

    ``link`` is the many-to-many attribute that the last part of the value goes to.
    """

    def __init__(
        self,
        name: str,
        attributes: Sequence[str],
        widget: Any,
        *,
        label: Any,
        meaning: Any,
        required: bool = False,
        link: bool = False,
    ) -> None:
        super().__init__(attribute=attributes[0], column_name=name, widget=widget)
        self.name, self.attributes, self.link = name, tuple(attributes), link
        self.label, self.meaning, self.required = label, meaning, required

    def get_value(self, instance: Any) -> Any:
        values = tuple(self._one(instance, name) for name in self.attributes)
        return values if len(values) > 1 else values[0]

    def _one(self, instance: Any, name: str) -> Any:
        if self.link and name == self.attributes[-1]:
            waiting = getattr(instance, LINKS, {})
            if name in waiting:
                return waiting[name]
            return list(getattr(instance, name).all()) if instance.pk else []
        return getattr(instance, name)

    def text(self, instance: Any) -> str:
        return self.as_text(self.get_value(instance))

    def as_text(self, value: Any) -> str:
        """The cell of a value, in the one form that two texts are compared in."""
        return clean(str(self.widget.render(value)))

    def assign(self, instance: Any, value: Any) -> None:
        values = value if len(self.attributes) > 1 else (value,)
        for name, part in zip(self.attributes, values, strict=True):
            if self.link and name == self.attributes[-1]:
                instance.__dict__.setdefault(LINKS, {})[name] = part
            else:
                setattr(instance, name, part)

    def nothing(self, model: type[models.Model]) -> Any:
        """The value of an empty cell."""
        values = []
        for name in self.attributes:
            field = model._meta.get_field(name)
            is_link = isinstance(field, models.ManyToManyField)
            values.append([] if is_link else widgets.empty_value(field))
        return tuple(values) if len(values) > 1 else values[0]


def column(
    model: type[models.Model],
    name: str,
    meaning: Any,
    *,
    attribute: str = "",
    widget: Any = None,
    required: bool = False,
) -> Column:
    """A column of one attribute; label and widget follow from the model's field."""
    field: Any = model._meta.get_field(attribute or name)
    return Column(
        name,
        [attribute or name],
        widget or _widget(field),
        label=field.verbose_name,
        meaning=meaning,
        required=required,
        link=isinstance(field, models.ManyToManyField),
    )


def _widget(field: Any) -> Any:
    if field.choices:
        return widgets.Choice(field.choices)
    match field:
        case models.BooleanField():
            return widgets.Boolean()
        case models.DecimalField():
            return widgets.Number(field.decimal_places)
        case models.IntegerField():
            return widgets.Whole()
        case models.DateField():
            return widgets.Day()
        case models.JSONField():
            return widgets.Lines()
    return widgets.Text()


@dataclass(frozen=True, slots=True)
class Key:
    """One way to find a record: ``columns`` must be filled in.

    ``filter`` is the ORM name that takes the list of ``narrow`` values of all rows;
    ``of_row`` and ``of_record`` give what is compared then.
    """

    columns: tuple[str, ...]
    filter: str
    narrow: Callable[[Mapping[str, Any]], Any]
    of_row: Callable[[Mapping[str, Any]], Hashable]
    of_record: Callable[[Any], Hashable]


class CatalogueResource(Resource):  # type: ignore[misc]  # import-export is untyped
    """A kind of record. ``keys`` are tried in turn; ``related`` are joined."""

    kind: ClassVar[str]
    model: ClassVar[Any]
    keys: ClassVar[tuple[Key, ...]]
    related: ClassVar[tuple[str, ...]] = ()
    has_slug: ClassVar[bool] = False
    may_publish: ClassVar[bool] = True

    @property
    def columns(self) -> dict[str, Column]:
        return {field.name: field for field in self.fields.values()}

    @property
    def link_names(self) -> list[str]:
        found = [c.attributes[-1] for c in self.columns.values() if c.link]
        return list(dict.fromkeys(found))

    def identity(self, values: Mapping[str, Any]) -> Hashable:
        """What two rows about the same new record have in common."""
        for place in range(len(self.keys) - 1, -1, -1):
            key = self.keys[place]
            if all(name in values for name in key.columns):
                return (place, key.of_row(values))
        raise ValueError("a row without a key")

    def records(self) -> Any:
        """Every record with what its columns read: a constant number of queries."""
        rows = self.model.objects.select_related(*self.related)
        return rows.prefetch_related(*self.link_names)

    def slug_text(self, record: Any) -> str:
        """What the address of a new record is made of."""
        return str(record)

    def programme_of(self, record: Any) -> str | None:
        """The slug of the programme whose secretariat may write the record."""
        return None

    def refusal(self, record: Any) -> str:
        """Why a record that is held may not be changed by an import; "" if it may."""
        return ""

    def check(self, record: Any) -> list[Problem]:
        """What is wrong between columns of one record."""
        return []

    def check_together(self, rows: Sequence[Any], held: Sequence[Any]) -> None:
        """What is wrong between records; adds to the rows' problems."""

    def touch(self, record: Any) -> tuple[str, ...]:
        """Set what a change by a person sets; gives the names of these attributes."""
        return ()


def in_order(record: Any, low: str, high: str, column_name: str) -> list[Problem]:
    """A problem at the column where the second value lies below the first."""
    one, other = getattr(record, low), getattr(record, high)
    if one is None or other is None or one <= other:
        return []
    label = record._meta.get_field(low).verbose_name
    text = _("It is less than, or before, “%(label)s”. Correct one of the two.")
    return [(column_name, text % {"label": label})]


def reference(record: Any) -> Hashable:
    """What stands for a record in keys, also before it is saved."""
    return record.pk or ("unsaved", id(record))
