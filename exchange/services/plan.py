"""From entries to planned rows: keys, values, differences, errors.

A constant number of queries for each kind in the file, however many rows it has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.lookups import Lookups
from exchange.mapping import Entry, Step
from exchange.parsers import NO_RESULT
from exchange.resources import RESOURCES, CatalogueResource, Column
from exchange.rights import Reach
from exchange.services.held import Cleaned, Held, Slugs
from exchange.services.planned import Plan, PlannedRow
from programmes.models import Programme
from projects.models import Project
from sources.curation import Origin, Publication

KEEP, CLEAR = "keep", "clear"


@dataclass(slots=True)
class Planner:
    """``empties`` says whether an empty cell keeps or clears what is held.

    ``lock`` holds the records for the transaction that will write them.
    """

    reach: Reach
    empties: str = KEEP
    publish: bool = False
    lock: bool = False
    lookups: Lookups = field(default_factory=Lookups)

    def plan(self, steps: Iterable[Step]) -> Plan:
        plan = Plan()
        for step in steps:
            plan.rows += self._step(RESOURCES[step.kind](), step.entries)
        return plan

    def _step(
        self, resource: CatalogueResource, entries: Sequence[Entry]
    ) -> list[PlannedRow]:
        rows = [
            PlannedRow(f"{resource.kind}:{index}", entry, resource)
            for index, entry in enumerate(entries)
        ]
        cleaned = {row: self._clean(row) for row in rows}
        held = Held(resource, list(cleaned.values()), lock=self.lock)
        slugs = Slugs(resource)
        seen: dict[Any, PlannedRow] = {}
        for row, values in cleaned.items():
            if self._has_key(row, values):
                self._place(row, values, held, slugs, seen)
        good = [row for row in rows if not row.errors]
        resource.check_together(good, held.records)
        for row in good:
            if not row.errors:
                self.lookups.add(resource.model, row.record)
        return rows

    def _clean(self, row: PlannedRow) -> Cleaned:
        """The filled cells as values; what is not understood goes to ``unread``."""
        cleaned: Cleaned = {}
        for name, column in row.resource.columns.items():
            text = row.entry.cells.get(name, "")
            if not text:
                continue
            if text == NO_RESULT:
                row.unread[name] = _(
                    "A formula without result. Replace it by its value."
                )
                continue
            try:
                cleaned[name] = self._value(column, text, cleaned)
            except ValidationError as error:
                row.unread[name] = " ".join(error.messages)
        return cleaned

    def _value(self, column: Column, text: str, cleaned: Cleaned) -> Any:
        if "\x1f" in text:  # a project of the same row: programme and acronym
            programme, acronym = text.split("\x1f")
            return self._project(programme, acronym)
        return column.clean({column.name: text}, lookups=self.lookups, cleaned=cleaned)

    def _project(self, programme: str, acronym: str) -> Project:
        try:
            of = self.lookups.find(Programme, programme)
            found: Project = self.lookups.find(Project, f"{of.slug}/{acronym}")
        except LookupError:
            raise ValidationError(
                _("The project of this row is left out, so its partners are too.")
            ) from None
        return found

    def _has_key(self, row: PlannedRow, values: Cleaned) -> bool:
        """Whether the row says which record it is; what is missing is an error."""
        if any(all(c in values for c in key.columns) for key in row.resource.keys):
            return True
        row.tell_unread()
        for name in row.resource.keys[-1].columns:
            if name not in values and not row.entry.cells.get(name):
                row.add(name, _("Fill in this cell: it says which record is meant."))
        return False

    def _place(
        self,
        row: PlannedRow,
        values: Cleaned,
        held: Held,
        slugs: Slugs,
        seen: dict[Any, PlannedRow],
    ) -> None:
        """Find or make the record, and see what the row changes in it."""
        found = held.find(values)
        if len(found) > 1:
            row.add("name", _("Several records have this name; give the key."))
            return
        row.was_held = bool(found)
        row.record = found[0] if found else self._new(row.resource)
        row.tell_unread()
        identity = found[0].pk if found else row.resource.identity(values)
        if (first := seen.setdefault(identity, row)) is not row:
            column = row.resource.keys[-1].columns[-1]
            text = _("Row %(number)d is about the same record. Remove one of them.")
            row.add(column, text % {"number": first.entry.number})
            return
        self._assign(row, values)
        if found and row.changes and (reason := row.resource.refusal(row.record)):
            row.add(row.resource.keys[-1].columns[-1], reason)
        elif not row.errors:
            self._check(row)
            slugs.give(row.record)

    def _assign(self, row: PlannedRow, values: Cleaned) -> None:
        resource, is_new = row.resource, not row.was_held
        if not is_new and not self._within(row):
            return
        for name, column in resource.columns.items():
            if name in values:
                _set(row, column, values[name])
            elif name in row.unread:
                continue
            elif self._clears(row, name, column, is_new):
                _set(row, column, column.nothing(resource.model))
            elif is_new and column.required and not row.entry.cells.get(name):
                row.add(name, _("Fill in this cell; a new record needs it."))
        if not row.errors:
            self._within(row)

    def _clears(self, row: PlannedRow, name: str, column: Column, is_new: bool) -> bool:
        if is_new or row.entry.cells.get(name, "-") or self.empties == KEEP:
            return False
        return not column.required and name != "key"

    def _within(self, row: PlannedRow) -> bool:
        """Whether the record lies within the person's reach; else an error."""
        if self.reach.covers(row.resource.programme_of(row.record)):
            return True
        key = row.resource.keys[-1].columns[0]
        row.add(key, _("Your role does not reach this programme. Leave the row out."))
        return False

    def _new(self, resource: CatalogueResource) -> Any:
        record = resource.model(origin=Origin.IMPORT)
        publish = self.publish and self.reach.may_publish and resource.may_publish
        record.state = Publication.PUBLISHED if publish else Publication.DRAFT
        return record

    def _check(self, row: PlannedRow) -> None:
        """Lengths, forms of addresses, and what holds between columns."""
        names = {c.attributes[0]: name for name, c in row.resource.columns.items()}
        written = {row.resource.columns[name].attributes[0] for name in row.changes}
        model_fields = row.record._meta.get_fields()
        skipped = {
            f.name for f in model_fields if f.name not in written or f.is_relation
        }
        try:
            row.record.clean_fields(exclude=skipped)
        except ValidationError as error:
            for attribute, messages in error.message_dict.items():
                row.add(names[attribute], " ".join(messages))
        for column, message in row.resource.check(row.record):
            row.add(column, message)


def _set(row: PlannedRow, column: Column, value: Any) -> None:
    """Put the value into the record, and note it where it is another than before."""
    before = column.text(row.record) if row.was_held else ""
    after = column.as_text(value)
    if column.name == "key" and row.was_held and before != after:
        row.add("key", _("A key never changes; this record has “%s”.") % before)
        return
    if before != after or not row.was_held:
        column.assign(row.record, value)
    if before != after:
        row.changes[column.name] = (before, after)
