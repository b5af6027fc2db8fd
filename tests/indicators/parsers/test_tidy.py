"""Plain tables: long and wide, any separator, every bad row named."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.parsers.errors import ParseError
from indicators.parsers.reader import open_message
from indicators.parsers.table_options import TableOptions
from indicators.periods import format_period

LONG = "geo,unit,time_period,obs_value,obs_status,conf_status\n"


@pytest.fixture
def read(tmp_path):
    """The cells of a table: (key, geo, period) -> (value, status, confidentiality)."""

    def read(content: str | bytes, **options: object):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        message = open_message(path, table=TableOptions.of(options))
        return message.structure.dimensions, cells(message.series)

    return read


def cells(series):
    found = {}
    for row in series:
        blank = ("",) * len(row.values)
        marks = zip(
            row.values, row.statuses or blank, row.confidentiality or blank, strict=True
        )
        for ordinal, cell in enumerate(marks, start=row.start):
            if cell != (None, "", ""):
                period = format_period(row.frequency, ordinal)
                found[".".join(row.key), row.geo, period] = cell
    return found


def test_long_table(read):
    dimensions, found = read(
        LONG + "ES21,PC,2020,1.5,b,\nES21,PC,2021,,u,\n\n,,,,,\nES22,PC,2020-Q1,7,,C\n"
    )
    assert dimensions == ("freq", "unit")
    assert found == {
        ("A.PC", "ES21", "2020"): (1.5, "b", ""),
        ("A.PC", "ES21", "2021"): (None, "u", ""),
        ("Q.PC", "ES22", "2020-Q1"): (None, "", "C"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffgeo;unit;time_period;obs_value\r\nES21;PC;2020;1,5\r\n",
        "sep=;\ngeo;unit;time_period;obs_value\nES21;PC;2020;1.5\n",
        "geo\tunit\ttime_period\tobs_value\nES21\tPC\t2020\t1.5\n",
        "A title, with a comma\n\nGEO,Unit,Year,Value\n ES21,PC , 2020,1.5\n",
        "geo,unit,2019,2020\nES21,PC,,1.5\n",
        "geo;unit;2020;2021\nES21;PC;1,5;:\n",
        'geo,unit,time_period,obs_value\n"ES21","PC","2020","1.5"\n',
    ],
)
def test_one_observation_however_it_is_written(read, text):
    dimensions, found = read(text)
    assert dimensions == ("freq", "unit")
    assert found == {("A.PC", "ES21", "2020"): (1.5, "", "")}


def test_a_publishers_own_columns_are_mapped(read):
    dimensions, found = read(
        "NUTS,Region name,Indicator,Year,Score\nES21,País Vasco,1.1.1,2021,98.5\n",
        columns={"nuts": "geo", "Indicator": "indicator", "Year": "time_period",
                 "Score": "obs_value"},
        only_listed=True, fixed={"unit": "REL_EU"}, replace={".": "_"},
    )  # fmt: skip
    assert dimensions == ("freq", "indicator", "unit")
    assert found == {("A.1_1_1.REL_EU", "ES21", "2021"): (98.5, "", "")}


def test_a_column_can_be_left_out(read):
    text = "geo,name,time_period,obs_value\nES21,País Vasco,2021,1\n"
    assert read(text, columns={"Name": ""})[1] == {("A", "ES21", "2021"): (1.0, "", "")}
    with pytest.raises(ParseError, match=r"not a code in column name: 'País Vasco'"):
        read(text)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('ES21,PC,2020,"1,5",,', "decimal comma"),
        ("ES21,PC,2020,1 234,,", "thousands separator"),
        ("ES21,PC,2020,abc,,", "unreadable cell: 'abc'"),
        ("ES21,PC,20x0,1,,", "unreadable period: '20x0'"),
        ("ES 21,PC,2020,1,,", "not a code in column geo: 'ES 21'"),
        (",PC,2020,1,,", "no code in geo"),
        ("ES21,,2020,1,,", "no code in unit"),
        ("ES21,PC,2020,1,q,", "unknown flag: 'q'"),
        ("ES21,PC,2020,1,,X", "unknown confidentiality status"),
        ("ES21,PC,2020,1,,,9", "7 cells where the header has 6"),
        ("ES20,PC,2019,2,,", r"same key twice with different values \(lines 2 and 3\)"),
        ("ES21,PC,2020,nan,,", "not a finite number"),
        ("ES21,PC,2020,=1+1,,", "unreadable cell"),
    ],
)
def test_a_bad_row_is_named_with_its_line(read, row, words):
    with pytest.raises(ParseError, match=words) as caught:
        read(LONG + "ES20,PC,2019,1,,\n" + row + "\nES22,PC,2019,1,,\n")
    assert str(caught.value).startswith("table.csv, line 3: ")
    assert caught.value.rejections == [str(caught.value)]


def test_every_bad_row_is_named_up_to_a_thousand(read):
    bad = "".join(f"ES21,PC,{year},x,,\n" for year in range(1000, 3500))
    with pytest.raises(
        ParseError, match="more than 1000 bad rows, the first"
    ) as caught:
        read(LONG + bad)
    assert len(caught.value.rejections) == 1000
    assert caught.value.rejections[41].startswith("table.csv, line 43: ")


def test_the_same_row_again_is_tolerated(read):
    assert len(read(LONG + "ES21,PC,2020,1,,\n" * 2)[1]) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("geo,time_period\nES21,2020\n", "unknown header"),
        ("geo,unit,unit,time_period,obs_value\n", "named twice: 'unit'"),
        ("geo;unit;time_period;obs_value\nES21;PC;2020;1,5\nES22;PC;2020;1.5\n",
         r"decimal commas \(1,5\) and decimal points \(1.5\)"),
        ("geo;unit;time_period;obs_value\nES21;PC;2020;1.234,5\n", "thousands"),
        ("geo," + ",".join(f"c{n}" for n in range(600)) + ",time_period,obs_value\n",
         "603 columns"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read(read, text, words):
    with pytest.raises(ParseError, match=words):
        read(text)


@pytest.mark.parametrize(
    "options",
    [{"sheets": "x"}, {"header": "3"}, {"header": True}, {"columns": ["geo"]}],
)
def test_options_are_checked(options):
    with pytest.raises(ValueError, match="option"):
        TableOptions.of(options)


CODES = st.sampled_from(["ES21", "ES22", "PT17", "EU27_2020"])
VALUES = st.floats(allow_nan=False, allow_infinity=False)


@given(
    table=st.dictionaries(
        st.tuples(CODES, st.sampled_from(["PC", "NR"]), st.integers(1990, 2030)),
        VALUES,
        min_size=1,
    ),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read(tmp_path_factory, table, delimiter):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(["geo", "unit", "time_period", "obs_value"])
    writer.writerows([*place, repr(value)] for place, value in table.items())
    path = tmp_path_factory.mktemp("tidy") / "t.csv"
    path.write_text(buffer.getvalue())
    assert cells(open_message(path).series) == {
        (f"A.{unit}", geo, str(year)): (value, "", "")
        for (geo, unit, year), value in table.items()
    }
