"""What an import would do, row by row; nothing here writes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exchange.mapping import Entry
from exchange.resources import CatalogueResource

NEW, CHANGED, UNCHANGED, REJECTED = "new", "changed", "unchanged", "rejected"


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing wrong in one cell, and what to do about it."""

    number: int
    kind: str
    column: str
    value: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "column": self.column,
            "value": self.value[:200],
            "message": self.message,
        }


@dataclass(slots=True, eq=False)
class PlannedRow:
    """An entry with the record it would write.

    ``changes`` maps columns to their texts before and after; ``name`` is how the
    preview of the batch knows the row again; ``unread`` are cells that could not be
    understood, with what to do.
    """

    name: str
    entry: Entry
    resource: CatalogueResource
    record: Any = None
    was_held: bool = False
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    history_id: int | None = None

    @property
    def action(self) -> str:
        if self.errors:
            return REJECTED
        if not self.was_held:
            return NEW
        return CHANGED if self.changes else UNCHANGED

    @property
    def digest(self) -> str:
        """Of what would be overwritten: equal as long as nobody changes it."""
        if self.action != CHANGED:
            return self.action
        before = "\x1e".join(
            f"{name}\x1f{old}" for name, (old, _new) in sorted(self.changes.items())
        )
        return hashlib.sha256(before.encode()).hexdigest()[:16]

    def add(self, column: str, message: str) -> None:
        self.errors.append(
            RowError(
                self.entry.number,
                self.resource.kind,
                self.entry.headings.get(column, column),
                self.entry.cells.get(column, "").split("\x1f")[-1],
                message,
            )
        )

    def tell_unread(self) -> None:
        """Make errors of cells not understood, unless they say what is held anyway."""
        for name, message in self.unread.items():
            column, text = self.resource.columns[name], self.entry.cells[name]
            if not self.was_held or column.text(self.record) != text:
                self.add(name, message)


@dataclass(slots=True)
class Plan:
    """All rows, kind after kind, in the order in which they are to be written."""

    rows: list[PlannedRow] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        found = dict.fromkeys((NEW, CHANGED, UNCHANGED, REJECTED), 0)
        for row in self.rows:
            found[row.action] += 1
        return found

    @property
    def errors(self) -> list[RowError]:
        found = [error for row in self.rows for error in row.errors]
        return sorted(found, key=lambda error: error.number)

    def seen(self) -> Mapping[str, str]:
        return {row.name: row.digest for row in self.rows if not row.errors}
