"""Bad files through the command: one clear message, a failed run, old data live."""

import gzip
import re

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command, execute_from_command_line

from indicators.models import (
    Dataflow,
    Indicator,
    ReferenceArea,
    Series,
    Slice,
    Vintage,
)
from indicators.queries import indicator_frame
from indicators.reading import Reading
from sources.models import IngestRun, Snapshot, Source

pytestmark = pytest.mark.real_files

TABLES = (Source, Dataflow, Slice, ReferenceArea, Series, Vintage, Snapshot)
ES21 = b"A,TOTAL,PC_GDP,ES21\t2.15 \t"
PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Temporarily unavailable</title></head>"
    b"<body>Sorry</body></html>\n"
)


def replaced(old: bytes, new: bytes):
    """The real table with one text in place of another."""

    def spoil(table: bytes) -> bytes:
        assert old in table
        return table.replace(old, new, 1)

    return spoil


BAD = {
    "an unknown dimension": (
        replaced(b"sectperf", b"colour"),
        [
            "tgs00042.tsv, line 1: unknown dimension colour;",
            "missing dimension sectperf. ",
            "ESTAT:tgs00042 has the dimensions freq, sectperf, unit",
            "Check the dataflow code.",
        ],
    ),
    "a header without time": (
        replaced(b"geo\\TIME_PERIOD", b"geo"),
        ["tgs00042.tsv, line 1: unknown header: 'freq,sectperf,unit,geo", "Read are"],
    ),
    "a header with a broken period": (
        replaced(b"\t2015 \t", b"\t20x5 \t"),
        ["tgs00042.tsv, line 1: unreadable period: '20x5", "Periods are written 2019"],
    ),
    "a decimal comma": (
        replaced(ES21, ES21.replace(b"2.15", b"2,15")),
        ["tgs00042.tsv, line 99: ", "'2,15", "point"],
    ),
    "a cell too few": (
        replaced(ES21, ES21.removesuffix(b"\t")),
        ["tgs00042.tsv, line 99: ", "download the file again"],
    ),
    "a truncated gzip": (
        lambda table: gzip.compress(table)[: len(gzip.compress(table)) // 2],
        ["tgs00042.tsv: the gzip ends too early", "cut off; download it again."],
    ),
    "the same key twice with other values": (
        lambda table: table + ES21 + b"9 \t" * 10 + b"9 \n",
        [
            "tgs00042.tsv, line 375: the same key twice with different values",
            "(lines 99 and 375): 'A,TOTAL,PC_GDP,ES21'",
            "Keep the right one",
        ],
    ),
    "a web page": (
        lambda _table: PAGE,
        ["tgs00042.tsv: an HTML page in place of a data file: 'Temporarily unavail"],
    ),
    "an unknown geo code": (
        replaced(b",ES21\t", b",ES99\t"),
        ["tgs00042.tsv, line 99: unknown geo code 'ES99'", "Nothing was loaded."],
    ),
    "an endless line": (
        replaced(ES21, ES21 + b"9" * (3 << 20)),
        ["tgs00042.tsv, line 99: a line of more than 1 MiB: 'A,TOTAL,PC_GDP,ES21"],
    ),
    "an endless first line": (
        lambda _table: b"9" * (5 << 20),
        ["tgs00042.tsv, line 1: "],
    ),
    "an unknown flag": (
        replaced(ES21, ES21.replace(b"2.15 ", b"2.15 q")),
        ["tgs00042.tsv, line 99: unknown flag: ", "The flags known are"],
    ),
    "another encoding": (
        replaced(b",ES21\t", b",ES\xfc1\t"),
        ["tgs00042.tsv, line 99: not UTF-8 text", "Save the file as UTF-8"],
    ),
    "an empty file": (lambda _table: b"", ["tgs00042.tsv: an empty file"]),
}


@pytest.fixture
def real_table(real_data) -> bytes:
    path = real_data / "indicators/eurostat/tsv-new/estat_tgs00042.tsv"
    return path.read_bytes()


def held() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABLES}


def served() -> dict[tuple[str, str], tuple[float, str]]:
    """What a page would show now, not what a cache remembers."""
    cache.clear()
    frame = indicator_frame(
        Indicator.objects.get(slug="gerd-pc-gdp"), reading=Reading(2024)
    )
    return {
        (geo, item.time_period): (item.obs_value, item.obs_status)
        for geo in frame.values.index
        for item in frame.observations(geo)
    }


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("complete", [False, True])
def test_a_bad_file_is_one_message_and_changes_nothing(
    starter, settings, tmp_path, real_table, name, complete
):
    spoil, words = BAD[name]
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    path = tmp_path / "tgs00042.tsv"
    path.write_bytes(spoil(real_table))
    before, shown = held(), served()
    rows = list(Vintage.objects.current().order_by("id").values_list("id", "digest"))
    with pytest.raises(CommandError) as caught:
        call_command("ingest", path, dataflow="tgs00042", complete=complete)
    message = str(caught.value)
    for word in words:
        assert word in message
    assert "\n" not in message
    assert len(message) < 500
    run = IngestRun.objects.first()
    assert (run.state, run.message) == ("failed", message)
    assert (run.target, run.file_name) == ("ESTAT:tgs00042", "tgs00042.tsv")
    assert (run.new, run.revised, run.unchanged, run.retired) == (0, 0, 0, 0)
    assert run.finished_at is not None
    assert held() == before
    assert served() == shown
    assert rows == list(
        Vintage.objects.current().order_by("id").values_list("id", "digest")
    )
    assert not settings.SNAPSHOT_DIR.exists()


def test_many_unknown_codes_are_listed(starter, tmp_path, real_table, capsys):
    path = tmp_path / "t.tsv"
    path.write_bytes(re.sub(rb",ES(\d)", rb",QQ\1", real_table))
    with pytest.raises(CommandError, match=r"and \d+ more codes"):
        call_command("ingest", path, dataflow="tgs00042")
    listed = capsys.readouterr().err.splitlines()
    assert len(listed) == 18
    assert all("unknown geo code 'QQ" in line for line in listed)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"dataflow": "tgs 42"}, "'tgs 42' is no dataflow code"),
        ({"dataflow": "tgs00042", "agency": "ACME"}, "Agency 'ACME' is not known"),
    ],
)
def test_a_wrong_option_is_one_message(starter, tmp_path, real_table, options, words):
    path = tmp_path / "t.tsv"
    path.write_bytes(real_table)
    with pytest.raises(CommandError, match=words):
        call_command("ingest", path, **options)


def test_a_file_that_is_not_there(starter, tmp_path):
    for path in (tmp_path / "absent.tsv", tmp_path):
        with pytest.raises(CommandError, match=r"no such file\. Check the path"):
            call_command("ingest", path, dataflow="tgs00042")
    assert IngestRun.objects.first().state == "failed"


def test_a_full_disk_is_one_message_and_the_load_is_undone(
    starter, tmp_path, real_table, settings
):
    """The snapshot folder cannot be made: what was loaded is rolled back."""
    settings.SNAPSHOT_DIR = tmp_path / "file" / "snapshots"
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "t.tsv"
    path.write_bytes(real_table.replace(b"2.15 ", b"9.99 "))
    before, shown = held(), served()
    with pytest.raises(CommandError, match=r"t\.tsv: .*Nothing was loaded"):
        call_command("ingest", path, dataflow="tgs00042")
    assert (held(), served()) == (before, shown)
    assert IngestRun.objects.first().state == "failed"


def test_the_shell_sees_an_exit_code_and_a_line(
    db, tmp_path, real_table, monkeypatch, capsys
):
    """Before anything is loaded; the connection is the test's own and stays open."""
    path = tmp_path / "t.tsv"
    path.write_bytes(real_table)
    monkeypatch.setattr("django.core.management.base.connections.close_all", list)
    with pytest.raises(SystemExit) as caught:
        execute_from_command_line(
            ["manage.py", "ingest", str(path), "--dataflow", "tgs00042"]
        )
    assert caught.value.code == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "CommandError: No NUTS regions are loaded, so no geo code can be understood. "
        "Run manage.py load_starter first.\n"
    )
