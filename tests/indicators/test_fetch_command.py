"""``manage.py fetch`` against a local server that serves the real files."""

import gzip
from pathlib import Path

import httpx
import pytest
from django.core.management import CommandError, call_command

from indicators.models import Dataflow, Indicator, Vintage
from indicators.queries import indicator_frame
from indicators.reading import Reading
from regions.models import Boundary
from sources.models import IngestRun, Snapshot
from tests.indicators.conftest import content, counts, history
from tests.sources.eurostat import (
    BASE,
    Eurostat,
    cut_off,
    disguised_web_page,
    redirect,
    serving,
    status,
    web_page,
)

pytestmark = [pytest.mark.real_files, pytest.mark.usefixtures("starter")]

OLD = "indicators/eurostat/tsv-old"


@pytest.fixture
def eurostat(real_data: Path, settings, tmp_path):
    """Three real datasets behind Eurostat's address."""
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    with serving() as server:
        settings.EUROSTAT_HOST = server.host
        for code in ("tgs00038", "tgs00040", "trng_lfse_04"):
            server.add(code.upper(), real_data / OLD / f"{code}.tsv.gz")
        yield server


def last_run() -> IngestRun:
    return IngestRun.objects.first()


def test_a_dataset_is_fetched_kept_and_loaded(eurostat, capsys):
    call_command("fetch", "eurostat", "trng_lfse_04")
    run = last_run()
    assert (run.target, run.state) == ("ESTAT:trng_lfse_04", "loaded")
    assert (run.read, run.observations) == (1_455, 23_280)
    assert counts(run) == (1_455, 0, 0, 0)
    assert eurostat.asked == [f"{BASE}TRNG_LFSE_04?format=TSV&compressed=true"]
    assert run.snapshot.path.read_bytes() == eurostat.datasets["TRNG_LFSE_04"]
    assert run.snapshot.url.endswith(eurostat.asked[0])
    assert run.file_name == "trng_lfse_04.tsv.gz"
    (row,) = history("A.PC.F.Y25-64", "ES21", "trng_lfse_04")
    assert row.values[2014 - row.start] == 13.1
    told = capsys.readouterr()
    assert "ESTAT:trng_lfse_04: loaded; 1,455 read, 1,455 new" in told.out
    assert "fetching http://127.0.0.1" in told.err


def test_a_second_fetch_is_unchanged_and_keeps_one_snapshot(eurostat):
    call_command("fetch", "eurostat", "tgs00038")
    vintages, snapshots = Vintage.objects.count(), Snapshot.objects.count()
    call_command("fetch", "eurostat", "tgs00038")
    run = last_run()
    assert (run.state, counts(run)) == ("unchanged", (0, 0, 318, 0))
    assert (Vintage.objects.count(), Snapshot.objects.count()) == (vintages, snapshots)


def test_several_codes_in_one_command(eurostat):
    call_command("fetch", "eurostat", "tgs00038", "TGS00040")
    assert {run.target for run in IngestRun.objects.all()[:2]} == {
        "ESTAT:tgs00038",
        "ESTAT:tgs00040",
    }


def test_a_new_edition_replaces_the_old_one(eurostat):
    call_command("fetch", "eurostat", "tgs00038")
    table = gzip.decompress(eurostat.datasets["TGS00038"]).decode()
    lines = table.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("ITI1")]
    newer = "".join(kept).replace("ES21\t41.2 ", "ES21\t41.9 r")
    eurostat.datasets["TGS00038"] = gzip.compress(newer.encode())
    gone = len(lines) - len(kept)
    call_command("fetch", "eurostat", "tgs00038")
    run = last_run()
    assert counts(run) == (0, 1, 317 - gone, gone)
    assert content("tgs00038")["A.ES21"][1][0] == (41.9, "r")
    assert [row.values[0] for row in history("A", "ES21", "tgs00038")] == [41.2, 41.9]


def test_the_note_on_the_starter_edition_goes_with_it(eurostat, real_data):
    path = real_data / "indicators/eurostat/tsv-new/estat_tgs00042.tsv"
    eurostat.datasets["TGS00042"] = gzip.compress(path.read_bytes())
    assert Dataflow.objects.get(code="tgs00042").edition
    call_command("fetch", "eurostat", "tgs00042")
    dataflow = Dataflow.objects.get(code="tgs00042")
    assert (dataflow.edition, dataflow.note) == ("", "")
    frame = indicator_frame(
        Indicator.objects.get(slug="gerd-pc-gdp"), reading=Reading(2024)
    )
    assert frame.values.at["ES21", "2023"] == 2.38


def test_two_faults_and_then_the_data(eurostat, capsys):
    eurostat.upcoming = [status(500), status(500)]
    call_command("fetch", "eurostat", "tgs00038")
    assert last_run().state == "loaded"
    assert len(eurostat.asked) == 3
    assert capsys.readouterr().err.count("failed (answered 500)") == 2


FAULTS = {
    "an unknown code": (
        [status(404)],
        "answered 404. Check the code of the dataset",
    ),
    "too many requests": ([status(429)] * 4, "answered 429 (4 attempts)"),
    "out of order": ([status(503)] * 4, "answered 503 (4 attempts). Try again later"),
    "a body cut off": ([cut_off(b"x" * 5000)] * 4, "no complete answer"),
    "a web page": ([web_page], "answered with a web page instead of data"),
    "a web page in disguise": (
        [disguised_web_page],
        "tgs00038.tsv.gz: an HTML page in place of a data file: 'Maintenance'",
    ),
    "a way out": ([redirect("http://example.org/")], "redirected to another host"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_a_failed_run_and_the_old_data_stay(eurostat, capsys, name):
    call_command("fetch", "eurostat", "tgs00038")
    shown, vintages = content("tgs00038"), Vintage.objects.count()
    answers, words = FAULTS[name]
    eurostat.upcoming = list(answers)
    with pytest.raises(CommandError, match=r"1 of 1 not loaded\."):
        call_command("fetch", "eurostat", "tgs00038")
    run = last_run()
    assert run.state == "failed"
    assert words in run.message
    assert run.message in capsys.readouterr().err
    assert (content("tgs00038"), Vintage.objects.count()) == (shown, vintages)


def test_a_gzip_cut_off_by_the_publisher_is_refused(eurostat):
    whole = eurostat.datasets["TGS00038"]
    eurostat.datasets["TGS00038"] = whole[: len(whole) // 2]
    with pytest.raises(CommandError):
        call_command("fetch", "eurostat", "tgs00038")
    assert last_run().message.startswith("tgs00038.tsv.gz: the gzip ends too early")
    assert not Dataflow.objects.filter(code="tgs00038").exists()


def test_one_bad_code_does_not_stop_the_others(eurostat, capsys):
    with pytest.raises(CommandError, match=r"2 of 3 not loaded\."):
        call_command("fetch", "eurostat", "nosuch", "tgs/38", "tgs00038")
    assert last_run().state == "loaded"
    told = capsys.readouterr().err
    assert "NOSUCH" in told
    assert "'tgs/38' is no dataflow code" in told
    assert len(eurostat.asked) == 2


def test_a_local_file_is_loaded_whole_without_any_request(eurostat, real_data):
    path = real_data / OLD / "tgs00040.tsv.gz"
    call_command("fetch", "eurostat", "tgs00040", file=path)
    run = last_run()
    assert (run.state, run.new, run.file_name) == ("loaded", 265, path.name)
    assert run.snapshot.path.read_bytes() == path.read_bytes()
    assert eurostat.asked == []


def test_a_local_file_that_is_not_there(eurostat, tmp_path, capsys):
    with pytest.raises(CommandError):
        call_command("fetch", "eurostat", "tgs00040", file=tmp_path / "absent.gz")
    assert "no such file. Check the path." in capsys.readouterr().err
    assert last_run().state == "failed"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "'nothing' can be fetched. Known: eurostat, gisco-nuts"),
        (["eurostat"], "eurostat needs at least one dataset code"),
        (["gisco-nuts", "x"], "gisco-nuts takes no codes: x"),
    ],
)
def test_a_wrong_request_is_refused_before_anything_is_asked(arguments, words):
    runs = IngestRun.objects.count()
    with pytest.raises(CommandError, match=words):
        call_command("fetch", *arguments)
    assert IngestRun.objects.count() == runs


def test_boundaries_from_a_local_file(eurostat, real_data):
    path = real_data / "nuts/original/NUTS_RG_60M_2021_4326_LEVL_1.geojson"
    call_command("fetch", "gisco-nuts", file=path)
    run = last_run()
    assert (run.target, run.state, run.file_name) == ("gisco-nuts", "loaded", path.name)
    assert run.new == run.read == Boundary.objects.count() > 100
    assert run.snapshot.path.read_bytes() == path.read_bytes()


def test_the_server_stands_in_for_eurostat(eurostat: Eurostat):
    """It answers with data for the one address and form the portal asks for."""
    whole = eurostat.datasets["TGS00038"]
    assert httpx.get(eurostat.url("TGS00038")).content == whole
    assert httpx.get(eurostat.url("NOSUCH")).status_code == 404
    assert httpx.get(eurostat.url("TGS00038").replace("TSV", "XML")).status_code == 400
    assert httpx.get(eurostat.host + "/TGS00038?format=TSV").status_code == 404
