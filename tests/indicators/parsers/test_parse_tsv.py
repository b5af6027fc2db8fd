"""Eurostat TSV: headers, order of time, frequencies, repeats, bad rows."""

import gzip
import random
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.parsers.errors import ParseError
from indicators.parsers.eurostat_tsv import read_tsv
from indicators.parsers.flags import LETTERS
from indicators.parsers.reader import open_message
from indicators.parsers.source import LINE_LIMIT, Source
from indicators.parsers.types import SeriesRow, Tally

NEW = "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \n"
OLD = "unit,geo\\time\t2021 \t2020 \t2019 \n"
ROW = SeriesRow(
    ("A", "PC"), "ES21", "A", 2019, (1.0, None, 3.5), ("b", "", "ep"), None, 2
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("name", ["data.tsv", "data.tsv.gz", "no-extension"])
def test_parse_tsv_whatever_the_wrapping(read, newline, bom, name):
    text = bom + NEW + "A,PC,ES21\t1 b\t: \t3.5 ep\n"
    message, rows = read(text.replace("\n", newline), name)
    assert rows == [ROW]
    assert message.structure.dimensions == ("freq", "unit")
    assert message.tally == Tally(series=1, values=2, missing=1)


def test_parse_tsv_named_gz_but_plain(write):
    path = write(NEW + "A,PC,ES21\t1 b\t: \t3.5 ep")
    path = path.rename(path.with_suffix(".gz"))
    assert list(open_message(path).series) == [ROW]


def test_old_header_gets_freq_and_the_order_of_time(read):
    message, rows = read(OLD + "PC,ES21\t3.5 ep\t: \t1 b\n")
    assert rows == [ROW]
    assert message.structure.dimensions == ("freq", "unit")
    assert message.structure.geo_dimension == "geo"


def test_header_with_geo_only(read):
    message, rows = read("geo\\time\t2019Q1 \t2019Q2 \nAT11\t1\t2\n")
    assert message.structure.dimensions == ("freq",)
    assert (rows[0].key, rows[0].frequency, rows[0].start) == (("Q",), "Q", 8076)


def test_dimensions_keep_file_order_behind_freq(read):
    message, rows = read("unit,GEO,freq,sex\\TIME_PERIOD\t2019\nPC,ES,A,T\t1\n")
    assert message.structure.dimensions == ("freq", "unit", "sex")
    assert (rows[0].key, rows[0].geo) == (("A", "PC", "T"), "ES")


def test_geo_dimension_of_another_name(read, write):
    text = "freq,region\\TIME_PERIOD\t2019\nA,ES21\t1\n"
    message, rows = read(text, geo_dimension="REGION")
    assert (message.structure.geo_dimension, rows[0].geo) == ("region", "ES21")
    with pytest.raises(ParseError, match=r"line 1: no geo dimension.*freq, region"):
        open_message(write(text))


def test_gap_between_the_columns_is_missing_but_no_observation(read):
    message, rows = read("geo\\time\t2015\t2010\nAT\t5\t1\n")
    assert rows[0].values == (1.0, None, None, None, None, 5.0)
    assert message.tally == Tally(series=1, values=2, missing=0)


def test_row_that_says_nothing_is_counted_and_left_out(read):
    message, rows = read(NEW + "A,PC,ES\t: \t: \t:\nA,PC,FR\t: \t: \t: c\n")
    assert [row.geo for row in rows] == ["FR"]
    assert rows[0].confidentiality == ("", "", "C")
    assert rows[0].statuses is None
    assert message.tally == Tally(series=2, values=0, missing=6)


MIXED = "freq,geo\\TIME_PERIOD\t2019\t2020\t2019-Q1\t2019-Q2\n"


def test_table_of_two_frequencies_gives_each_series_its_own(read):
    message, rows = read(MIXED + "A,ES\t1\t2\t: \t: \nQ,ES\t: \t: \t3\t: u\n")
    assert [(r.frequency, r.start, r.values) for r in rows] == [
        ("A", 2019, (1.0, 2.0)),
        ("Q", 8076, (3.0, None)),
    ]
    assert message.tally == Tally(series=2, values=3, missing=1)


@pytest.mark.parametrize(
    "text",
    [
        MIXED + "A,ES\t1\t2\t3\t: \n",
        MIXED + "M,ES\t1\t2\t: \t: \n",
        MIXED.replace("freq,", "") + "ES\t1\t2\t3\t: \n",
        NEW + "Q,PC,ES\t1\t2\t3\n",
    ],
)
def test_mixed_frequencies_in_one_series_are_refused(read, text):
    with pytest.raises(ParseError, match="line 2: mixed frequencies in one series"):
        read(text)


def test_mixed_columns_without_freq_follow_the_cells(read):
    _, rows = read(MIXED.replace("freq,", "") + "ES\t: \t: \t3\t4\nFR\t:\t:\t:\t:\n")
    assert [(row.key, row.values) for row in rows] == [(("Q",), (3.0, 4.0))]


def test_repeated_row_is_tolerated_and_counted_once(read):
    row = "A,PC,ES\t1 b\t2 \t3\n"
    message, rows = read(NEW + row + "A,PC,FR\t1\t1\t1\n" + row.replace(" b", "b"))
    assert [item.geo for item in rows] == ["ES", "FR"]
    assert message.tally.series == 2


@pytest.mark.parametrize("second", ["1\t2\t4", "1\t2\t3 b", "1\t: \t3"])
def test_repeated_key_with_other_values_names_both_lines(read, second):
    text = NEW + f"A,PC,ES\t1\t2\t3\nA,PC,FR\t1\t1\t1\nA,PC,ES\t{second}\n"
    with pytest.raises(ParseError, match=r"line 4: the same key twice.*lines 2 and 4"):
        read(text)


def test_repeat_of_minus_one_as_minus_two_is_noticed(read):
    """Python's hash(-1.0) equals hash(-2.0)."""
    with pytest.raises(ParseError, match="twice with different values"):
        read(NEW + "A,PC,ES\t-1\t2\t3\nA,PC,ES\t-2\t2\t3\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (NEW + "A,PC,ES\t1,5\t2\t3\n", "line 2: number with a decimal comma: '1,5'"),
        (NEW + "A,PC,ES\t1 234\t2\t3\n", "line 2: number with a thousands separator"),
        (NEW + "A,PC,ES\tNaN\t2\t3\n", "line 2: not a finite number: 'NaN'"),
        (NEW + "A,PC,ES\t1\t2\n", "line 2: 2 cells where the header has 3 periods"),
        (NEW + "A,PC,ES\t1\t2\t3\t4\n", "line 2: 4 cells where the header has 3"),
        (NEW + "A,ES\t1\t2\t3\n", "line 2: 2 codes where the header has 3 dimensions"),
        (NEW + "\nA,PC,E S\t1\t2\t3\n", "line 3: not a dimension code: 'E S'"),
        (NEW + "A,,ES\t1\t2\t3\n", "line 2: not a dimension code"),
        (NEW + "A,P.C,ES\t1\t2\t3\n", "line 2: not a dimension code: 'P.C'"),
        (NEW + "A,PC,\x7fES\t1\t2\t3\n", "line 2: not a dimension code"),
        (NEW.replace("2020", "20x0"), "line 1: unreadable period: '20x0'"),
        (NEW.replace("2020", "2019"), "line 1: a period twice in the header: '2019'"),
        (NEW.replace("2020", "9999-12-31\t0001-01-01"), "line 1: periods 3,652,059"),
        (NEW.replace("unit", "geo"), "line 1: a dimension without name or named twice"),
        (NEW.replace("unit", ""), "line 1: a dimension without name or named twice"),
        ("freq,geo\\TIME_PERIOD\n", "line 1: a header without periods"),
        ("freq,geo\t2019\nA,ES\t1\n", r"line 1: unknown header"),
    ],
)
def test_bad_tsv_is_one_clear_sentence(read, text, words):
    with pytest.raises(ParseError) as caught:
        read(text, "bad.tsv")
    assert str(caught.value).startswith(f"bad.tsv, {words}")
    assert caught.value.advice


def test_good_rows_come_before_the_bad_one(write):
    series = open_message(write(NEW + "A,PC,ES\t1\t2\t3\nA,PC,FR\tx\t2\t3\n")).series
    assert next(series).geo == "ES"
    with pytest.raises(ParseError, match=r"file.txt, line 3: unreadable cell: 'x'"):
        next(series)


flag_runs = (
    st.sets(st.sampled_from(sorted(LETTERS)), max_size=3).map(sorted).map("".join)
)
values = st.none() | st.floats(allow_nan=False, allow_infinity=False)
tables = st.integers(1, 6).flatmap(
    lambda width: st.dictionaries(
        st.from_regex(r"[A-Z]{2}[A-Z0-9]{0,3}", fullmatch=True),
        st.lists(st.tuples(values, flag_runs), min_size=width, max_size=width),
        min_size=1,
        max_size=5,
    )
)


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=60,
)
@given(tables, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_written_table_is_read_back(write, table, is_descending, newline):
    width = len(next(iter(table.values())))
    years = [2000 + i for i in range(width)]
    step = -1 if is_descending else 1
    lines = ["\t".join(["unit,geo\\time", *[f"{year} " for year in years][::step]])]
    for geo, cells in table.items():
        texts = [f"{':' if v is None else repr(v)} {flags}" for v, flags in cells]
        lines.append("\t".join([f"PC,{geo}", *texts[::step]]))
    message = open_message(write(newline.join(lines)))
    found = {row.geo: row for row in message.series}
    for geo, cells in table.items():
        if all(cell == (None, "") for cell in cells):
            assert geo not in found
            continue
        assert found[geo].values == tuple(value for value, _ in cells)
        assert (found[geo].statuses or ("",) * width) == tuple(f for _, f in cells)
    assert message.tally.series == len(table)
    assert message.tally.observations == len(table) * width


def test_long_line_is_refused_without_being_read_whole(tmp_path):
    path = tmp_path / "long.tsv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(NEW.encode())
        for _ in range(200):
            file.write(b"1" * (1 << 20))
    tracemalloc.start()
    with pytest.raises(ParseError, match=r"line 2: a line of more than 1 MiB"):
        list(open_message(path).series)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * LINE_LIMIT


def test_long_header_is_refused(write):
    with pytest.raises(ParseError, match=r"line 1: a line of more than 1 MiB"):
        open_message(write("geo\\time\t" + "2019\t" * 300_000))


def test_lines_across_blocks_are_whole(write):
    random.seed(7)
    rows = [
        f"A,PC,R{i}\t{random.random()!r}\t{i}\t: c\n"  # noqa: S311  # no secret
        for i in range(60_000)
    ]
    message = open_message(write(NEW + "".join(rows)))
    for i, row in enumerate(message.series):
        assert (row.geo, row.values[1], row.line) == (f"R{i}", float(i), i + 2)
    assert message.tally == Tally(series=60_000, values=120_000, missing=60_000)


def test_memory_does_not_grow_with_the_values(tmp_path):
    """Twenty thousand rows of 60 distinct values: 10 MB of text, digests only."""
    path = tmp_path / "wide.tsv"
    with path.open("w") as file:
        years = range(1960, 2020)
        file.write("\t".join(["geo\\time", *map(str, years)]) + "\n")
        for i in range(20_000):
            cells = (f"{i}.{year}" for year in years)
            file.write("\t".join([f"R{i}", *cells]) + "\n")
    tracemalloc.start()
    for _ in open_message(path).series:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80 << 20


def test_single_column_of_a_frequency_among_others(read):
    text = "freq,geo\\TIME_PERIOD\t2019\t2019-Q1\t2019-Q2\nA,ES\t1\t: \t: \n"
    _, rows = read(text)
    assert (rows[0].start, rows[0].values) == (2019, (1.0,))


def test_row_is_read_the_same_when_the_shortcut_is_emptied(read, monkeypatch):
    monkeypatch.setattr("indicators.parsers.eurostat_tsv._PREFIXES", 1)
    rows = "".join(f"A,U{i % 3},R{i % 7}\t{i}\t1\t2\n" for i in range(21))
    _, found = read(NEW + rows)
    assert [(r.key, r.geo, r.values[0]) for r in found] == [
        (("A", f"U{i % 3}"), f"R{i % 7}", float(i)) for i in range(21)
    ]


def test_parser_of_tsv_refuses_another_header_itself(write):
    with pytest.raises(ParseError, match="line 1: not a Eurostat TSV header"):
        read_tsv(Source(write("a,b\n1,2\n"), "file.txt"))
