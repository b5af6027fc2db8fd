"""Which column of a sheet means what, and how its dates and numbers are written. Pure.

A *target* is a column of the kind ("acronym"), or of the partners that stand in a
project's row: "lead.name", "partner.name" for one partner a row, "partner3.name".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from exchange.parsers import NO_RESULT, RawSheet

FOLDER = Path(__file__).resolve().parent / "mappings"
DATE_COLUMNS = {"start", "end", "opens", "closes"}
NUMBER_COLUMNS = {
    "total_budget", "erdf_budget", "budget", "budget_2018_prices", "cost_eur",
    "duration_months",
}  # fmt: skip
LIST_COLUMNS = {"themes", "domains", "topics", "objectives", "methods", "results"}
_GROUPED = re.compile(r"(lead|partner\d*)\.(\w+)")
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")
MOST_PARTNERS = 40


@dataclass(frozen=True, slots=True)
class Formats:
    """How the sheet writes values. Empty: as the template has them."""

    dates: tuple[str, ...] = ()
    decimal: str = "."
    lists: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A definition: headings by target, in the order of preference."""

    name: str
    kind: str
    columns: Mapping[str, Sequence[str]]
    formats: Formats = Formats()
    fixed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as understood: texts by column, and the heading each came from."""

    number: int
    cells: dict[str, str]
    headings: dict[str, str]


@dataclass(slots=True)
class Step:
    """Entries of one kind, in the order of the file."""

    kind: str
    entries: list[Entry]


def from_definition(raw: Mapping[str, Any]) -> ColumnMapping:
    """A mapping of what a YAML file or a saved mapping holds."""
    formats = raw.get("formats", {})
    return ColumnMapping(
        name=raw["name"],
        kind=raw["kind"],
        columns={target: tuple(names) for target, names in raw["columns"].items()},
        formats=Formats(
            dates=tuple(formats.get("dates", ())),
            decimal=formats.get("decimal", "."),
            lists=formats.get("lists", ""),
        ),
        fixed=dict(raw.get("fixed", {})),
        values=dict(raw.get("values", {})),
    )


@lru_cache
def built_in() -> dict[str, ColumnMapping]:
    """The mappings that come with the portal, by the name of their file."""
    return {
        path.stem: from_definition(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    }


def plain(heading: str) -> str:
    """A heading without case, marks and an explanation in brackets at its end."""
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", heading)
    return " ".join(re.sub(r"[^\w]+", " ", bare.casefold().replace("_", " ")).split())


def guess_targets(
    header: Sequence[str], names: Sequence[str], mapping: ColumnMapping | None
) -> dict[str, str]:
    """Target by heading: the mapping's, else the kind's own column of that name."""
    known: dict[str, str] = {plain(name): name for name in names}
    if mapping:
        known |= _synonyms(mapping)
    taken: set[str] = set()
    found: dict[str, str] = {}
    for heading in header:
        target = known.get(plain(heading), "") if heading else ""
        if target and target not in taken:
            taken.add(target)
            found[heading] = target
    return found


def _synonyms(mapping: ColumnMapping) -> dict[str, str]:
    found: dict[str, str] = {}
    for target, headings in mapping.columns.items():
        for heading in headings:
            if "{n}" not in heading:
                found.setdefault(plain(heading), target)
                continue
            for number in range(1, MOST_PARTNERS + 1):
                text = plain(heading.replace("{n}", str(number)))
                found.setdefault(text, target.replace("{n}", str(number)))
    return found


def steps(
    sheet: RawSheet,
    kind: str,
    targets: Mapping[str, str],
    formats: Formats,
    fixed: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
) -> list[Step]:
    """The rows of the sheet by kind; partners of a project's row come second."""
    places = [
        (index, heading, targets[heading])
        for index, heading in enumerate(sheet.header)
        if targets.get(heading)
    ]
    main: list[Entry] = []
    partners: list[Entry] = []
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    has_partners = any(_GROUPED.fullmatch(target) for *_rest, target in places)
    for row in sheet.rows:
        own, groups = _split(row.number, row.cells, places, formats, values)
        for name, text in fixed.items():
            own.cells.setdefault(name, text)
            own.headings.setdefault(name, name)
        content = tuple(sorted(own.cells.items()))
        # A sheet with one partner a row says the same of the project each time.
        if not has_partners or content not in seen:
            main.append(own)
        seen.setdefault(content, row.number)
        partners += _partners(own, groups)
    found = [Step(kind, main)]
    return [*found, Step("partners", partners)] if has_partners else found


def _split(
    number: int,
    cells: Sequence[str],
    places: Sequence[tuple[int, str, str]],
    formats: Formats,
    values: Mapping[str, Mapping[str, str]],
) -> tuple[Entry, dict[str, Entry]]:
    own = Entry(number, {}, {})
    groups: dict[str, Entry] = {}
    for index, heading, target in places:
        match = _GROUPED.fullmatch(target)
        name = match[2] if match else target
        entry = groups.setdefault(match[1], Entry(number, {}, {})) if match else own
        text = values.get(target, {}).get(cells[index], cells[index])
        entry.cells[name] = rewritten(name, text, formats)
        entry.headings[name] = heading
    return own, groups


def _partners(own: Entry, groups: Mapping[str, Entry]) -> list[Entry]:
    """A partner for each group with a name; it refers to the project of its row."""
    project = f"{own.cells.get('programme', '')}\x1f{own.cells.get('acronym', '')}"
    found = []
    for group, entry in groups.items():
        if not entry.cells.get("name"):
            continue
        entry.cells["project"] = project
        entry.headings["project"] = own.headings.get("acronym", "acronym")
        if group == "lead":
            entry.cells["is_lead"] = "yes"
            entry.headings["is_lead"] = entry.headings["name"]
        found.append(entry)
    return found


def rewritten(name: str, text: str, formats: Formats) -> str:
    """The cell as the template would have it; what is not understood stays."""
    if not text or text == NO_RESULT:
        return text
    if name in DATE_COLUMNS:
        return _date(text, formats.dates)
    if name in NUMBER_COLUMNS:
        return _number(text, formats.decimal)
    if name in LIST_COLUMNS and formats.lists:
        return "\n".join(part.strip() for part in text.split(formats.lists))
    return text


def _date(text: str, patterns: Sequence[str]) -> str:
    if _ISO.fullmatch(text):
        return text
    for pattern in patterns:
        try:
            moment = datetime.strptime(text, pattern)  # noqa: DTZ007  # a day, no time
        except ValueError:
            continue
        if "%d" in pattern:
            return moment.date().isoformat()
        return f"{moment:%Y-%m}" if "%m" in pattern else f"{moment:%Y}"
    return text


def _number(text: str, decimal: str) -> str:
    """Without currency, blanks and marks between thousands."""
    bare = re.sub(r"[€\s\u00a0\u202f']|EUR", "", text)
    thousands = "." if decimal == "," else ","
    grouped = rf"-?\d{{1,3}}({re.escape(thousands)}\d{{3}})+({re.escape(decimal)}\d+)?"
    if re.fullmatch(grouped, bare):
        bare = bare.replace(thousands, "")
    return bare.replace(decimal, ".") if bare.count(decimal) == 1 else bare
