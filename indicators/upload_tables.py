"""Files around an upload: the changes to take away, the template to fill in."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.models import Dataflow, Series
from indicators.parsers.flags import LETTERS
from indicators.parsers.table_options import (
    CONFIDENTIALITY,
    GEO,
    STATUS,
    TIME,
    VALUE,
    TableOptions,
)
from indicators.services.opening import table_options
from indicators.services.preview_types import PlacedChange
from sources.tables import Column, Table
from sources.workbooks import Sheet, workbook

TEMPLATE_ROWS = 2_000
_FLAGS = MappingProxyType(
    {
        "b": gettext_lazy("break in time series"),
        "c": gettext_lazy("confidential"),
        "d": gettext_lazy("definition differs"),
        "e": gettext_lazy("estimated"),
        "f": gettext_lazy("forecast"),
        "i": gettext_lazy("imputed"),
        "m": gettext_lazy("missing, not existing"),
        "n": gettext_lazy("not significant"),
        "p": gettext_lazy("provisional"),
        "r": gettext_lazy("revised"),
        "s": gettext_lazy("estimated by Eurostat"),
        "u": gettext_lazy("low reliability"),
        "z": gettext_lazy("not applicable"),
    }
)


def changes_table(dataflow: Dataflow, changes: Iterable[PlacedChange]) -> Table:
    """Every value that would be revised or retired: old beside new."""
    names = dataflow.dimensions
    columns = [Column(name, name) for name in (*names, GEO, "region", TIME, "change")]
    columns += [
        Column("old_value", _("old value"), kind="number"),
        Column("old_flags", _("old flags")),
        Column("new_value", _("new value"), kind="number"),
        Column("new_flags", _("new flags")),
    ]
    return Table(
        title=_("Changes to %(dataflow)s") % {"dataflow": dataflow},
        columns=columns,
        rows=[_row(names, item) for item in changes],
        filename_parts=(dataflow.code, "changes"),
    )


def template_file(dataflow: Dataflow, form: str) -> bytes:
    """A table to fill in, with the codes held now: "csv", or "xlsx" with notes."""
    options = table_options(dataflow.options, dataflow=str(dataflow))
    names = _columns(dataflow, options)
    header = [_heading(name, options) for name in names]
    rows = [[place.get(name, "") for name in names] for place in _places(dataflow)]
    if form == "xlsx":
        data = Sheet(options.sheet or "data", header, rows)
        return workbook([data, _notes(dataflow, names, header)])
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return buffer.getvalue().encode()


def _row(names: Sequence[str], item: PlacedChange) -> dict[str, object]:
    row: dict[str, object] = dict(zip(names, item.key.split("."), strict=True))
    row |= {GEO: item.geo, "region": item.name, TIME: item.change.period}
    row["change"] = item.change.kind
    for side, cell in (("old", item.change.old), ("new", item.change.new)):
        if cell is not None:
            row |= {
                f"{side}_value": cell[0],
                f"{side}_flags": cell[1] + cell[2].lower(),
            }
    return row


def _columns(dataflow: Dataflow, options: TableOptions) -> list[str]:
    """Dimensions that the table must say, and the columns of an observation."""
    said = [
        name for name in dataflow.dimensions if name not in (*options.fixed, "freq")
    ]
    names = [GEO, *said, TIME, VALUE, STATUS, CONFIDENTIALITY]
    if options.only_listed:
        return [name for name in names if name in options.columns.values()]
    return names


def _heading(name: str, options: TableOptions) -> str:
    listed = (heading for heading, known in options.columns.items() if known == name)
    return next(listed, name)


def _places(dataflow: Dataflow) -> list[Mapping[str, str]]:
    """The series held, with the last period and no value yet."""
    series = (
        Series.objects.filter(slice__dataflow=dataflow, vintages__valid_to__isnull=True)
        .exclude(vintages=None)
        .order_by("slice__key", "area__code")
        .values_list("slice__key", "area__code")[:TEMPLATE_ROWS]
    )
    return [
        dict(zip(dataflow.dimensions, key.split("."), strict=True))
        | {GEO: geo, TIME: dataflow.last_period}
        for key, geo in series
    ]


def _notes(dataflow: Dataflow, names: Sequence[str], header: Sequence[str]) -> Sheet:
    words = {
        GEO: _(
            "Code of the region as published: NUTS, or an aggregate such as EU27_2020"
        ),
        TIME: _("2024, 2024-Q1, 2024-01 ..."),
        VALUE: _("A number with a decimal point; empty or ':' is missing, never zero"),
        STATUS: _("None, one or several of the flags below, such as bp"),
        CONFIDENTIALITY: _(
            "C for confidential (the value is then not kept), else empty"
        ),
    }
    dimension = _("Code of this dimension, as in the rows given")
    rows = [
        [heading, words.get(name, dimension)]
        for name, heading in zip(names, header, strict=True)
    ]
    rows += [["", ""], [_("Flag"), _("Meaning")]]
    rows += [
        [letter, str(text)]
        for letter, text in _FLAGS.items()
        if letter in LETTERS or letter == "c"
    ]
    return Sheet(_("columns and flags"), [_("Column"), _("What it holds")], rows)
