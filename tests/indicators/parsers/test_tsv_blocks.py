"""Blocks of a TSV and its rows one by one are the same data and the same errors."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indicators.parsers import eurostat_tsv, source
from indicators.parsers.errors import ParseError
from indicators.parsers.reader import open_message
from indicators.parsers.tsv_blocks import TsvBlock
from indicators.series import Observations

HEADERS = (
    "2019 \t2020 \t2021 ",
    "2021 \t2020 \t2019 ",
    "2015\t2020\t2019",
    "2019-Q1\t2019-Q2\t2019-Q4",
)
numbers = st.one_of(
    st.floats(-1e9, 1e9).map(lambda number: f"{number:.2f}"),
    st.integers(-(10**6), 10**20).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["0", "-0", "007", "1.", ".5", "+3", "1e5", "2E-3", "9" * 400]),
)
flags = st.sampled_from(["", "", "", " b", " ep", " c", " bc", " @C", " u @C", "p "])
good = st.one_of(
    st.builds("{}{}".format, numbers, flags),
    st.builds(":{}".format, flags),
    st.sampled_from([":", ": ", " : "]),
)
bad = st.sampled_from(
    [
        "",
        " ",
        "1,5",
        "b",
        "b5",
        "-:",
        "1 2",
        "::",
        "nan",
        "1e",
        "5 q",
        "--1",
        "1_0",
        "5 @",
        "null",
        "]",
        "5 @CC",
        "\u00e9",
        "1\x005",
        "1\r",
    ]
)
firsts = st.sampled_from(
    [
        "A,PC,ES21",
        "A,PC,ES22",
        "Q,EUR,ES21",
        "_T,PC,ES21",
        "A,PC",
        "A,P C,ES21",
        "B,PC,ES21",
        "A,EUR,X\u00fc",
    ]
)
lines = st.lists(
    st.builds(
        lambda first, cells: "\t".join([first, *cells]),
        firsts,
        st.lists(good, min_size=3, max_size=3)
        | st.lists(good | bad, min_size=2, max_size=4),
    )
    | st.just(""),
    max_size=6,
)
tables = st.builds(
    lambda header, rows, end: end.join(
        [f"freq,unit,geo\\TIME_PERIOD\t{header}", *rows, ""]
    ),
    st.sampled_from(HEADERS),
    lines,
    st.sampled_from(["\n", "\r\n"]),
)


def by_rows(path: Path):
    message = open_message(path)
    found = [
        (row.key, row.geo, row.line, Observations.from_row(row))
        for row in message.series
    ]
    return found, message.tally


def by_blocks(path: Path):
    message = open_message(path)
    found = []
    for block in message.blocks:
        places, numbers, _texts, batch = block.read(np.arange(len(block.texts)))
        found += [
            (*place, number, batch.row(index))
            for index, (place, number) in enumerate(
                zip(places, numbers.tolist(), strict=True)
            )
        ]
    return found, message.tally


def outcome(read, path: Path):
    try:
        return read(path)
    except ParseError as error:
        return str(error.located(file=path.name))  # as the loader does


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("tsv") / "t.tsv"


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(table=tables, limit=st.sampled_from([60, 1 << 20]))
@example("freq,unit,geo\\TIME_PERIOD\t2019\t2020\nA,PC,ES21\t1\nA,PC,ES22\t1\t2\t3", 60)
@example("freq,unit,geo\\TIME_PERIOD\t2019\t2020\n\nA,PC,ES21\t: c\t-1.50 \n\n", 60)
def test_blocks_are_the_rows(path, table, limit):
    """A row that comes twice is told apart by its lines in both."""
    path.write_bytes(table.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "LINE_LIMIT", max(limit, len(table)))
        expected = outcome(by_rows, path)
        patch.setattr(source, "LINE_LIMIT", max(limit, longest(table)))
        found = outcome(by_blocks, path)
    if isinstance(expected, str) or isinstance(found, str):
        # Of several errors in one block either may be named; both ways refuse.
        assert isinstance(found, str)
        assert isinstance(expected, str)
        return
    assert found == expected


def longest(table: str) -> int:
    return max(len(line) for line in table.encode().split(b"\n"))


def test_ordinary_rows_take_the_fast_way(path, monkeypatch):
    """Negative, whole, missing, flagged and confidential cells are nothing unusual."""
    path.write_text(
        "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \n"
        "A,PC,ES21\t-1.5 \t2 bep\t: \nA,PC,ES22\t: c\t7 @C\t0.25 u @C\n"
    )
    expected = by_rows(path)

    def refuse(*_args):
        pytest.fail("the row parser was asked")

    monkeypatch.setattr(eurostat_tsv._Table, "row", refuse)
    assert by_blocks(path) == expected


def test_an_error_names_the_same_line_and_text(path):
    rows = [f"A,PC,U{i}\t1 \t2 " for i in range(9)]
    rows[6] = "A,PC,ES21\t1,5 \t2 "
    path.write_text("freq,unit,geo\\TIME_PERIOD\t2019\t2020\n" + "\n".join(rows))
    message = outcome(by_blocks, path)
    assert message == outcome(by_rows, path)
    assert message.startswith("t.tsv, line 8: ")


def one_block(path: Path, *rows: str, header: str = "2019\t2020") -> TsvBlock:
    head = f"freq,unit,geo\\TIME_PERIOD\t{header}\n"
    path.write_text(head + "\n".join(rows) + "\n")
    (block,) = open_message(path).blocks
    return block


def test_the_text_of_a_row_is_known_by_its_digest(path):
    first, other, third = one_block(
        path, "A,PC,ES21\t1 \t2 ", "A,PC,ES22\t1 \t2 ", "A,PC,ES23\t1 \t2.0 "
    ).texts.tolist()
    assert len({first, other, third}) == 3
    (again,) = one_block(path, "A,PC,ES21\t1 \t2 ").texts.tolist()
    assert again == first
    (later,) = one_block(path, "A,PC,ES21\t1 \t2 \t: ", header="2019\t2020\t2021").texts
    assert later == first
    (moved,) = one_block(path, "A,PC,ES21\t1 \t2 ", header="2018\t2019").texts
    assert moved != first
    (backwards,) = one_block(path, "A,PC,ES21\t1 \t2 ", header="2020\t2019").texts
    assert backwards != first


def test_a_row_that_is_cut_off_is_never_known(path):
    block = one_block(path, "A,PC,ES21\t1 ", "A,PC,ES22\t1 \t: ")
    assert block.texts[0] == 0
    assert block.texts[1] != 0
    with pytest.raises(ParseError, match="line 2: 1 cells where the header has 2"):
        block.read(np.arange(2))


def test_rows_known_are_counted_but_not_read(path):
    path.write_text(
        "freq,unit,geo\\TIME_PERIOD\t2019\t2020\nA,PC,ES21\t1 \t: \nA,PC,ES22\t3 \t4 \n"
    )
    message = open_message(path)
    for block in message.blocks:
        block.known(1)
        block.read(np.array([1]))
    tally = message.tally
    assert (tally.series, tally.values, tally.missing, tally.unread) == (2, 2, 0, 2)
    assert tally.observations == 4


@pytest.mark.parametrize("limit", [40, 1 << 20])
def test_a_series_twice_is_found_across_blocks(path, monkeypatch, limit):
    monkeypatch.setattr(source, "LINE_LIMIT", limit)
    rows = [f"A,PC,U{i}\t{i} \t: " for i in range(40)]
    head = "freq,unit,geo\\TIME_PERIOD\t2019\t2020\n"
    path.write_text(head + "\n".join([*rows, "A,PC,U3\t3\t:", *rows[:2]]) + "\n")
    found, tally = by_blocks(path)
    assert len(found) == len(rows)
    assert tally.series == len(rows)
    path.write_text(head + "\n".join([*rows, "A,PC,U3\t4 \t: "]) + "\n")
    with pytest.raises(ParseError, match=r"\(lines 5 and 42\): 'A,PC,U3'"):
        by_blocks(path)


def test_how_far_the_file_is_read_is_told(path):
    path.write_text("freq,unit,geo\\TIME_PERIOD\t2019\nA,PC,ES21\t1 \n")
    message = open_message(path)
    for _block in message.blocks:
        assert message.read() > 0
    assert message.read() == path.stat().st_size
