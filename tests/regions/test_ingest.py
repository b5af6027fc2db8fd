"""The fetcher against a small server that serves the real file."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from regions.gisco import boundary_url
from regions.models import Boundary
from sources.exceptions import IngestError
from sources.models import IngestRun

PATH = "/distribution/v2/nuts/geojson/NUTS_RG_20M_2024_4326.geojson"


@pytest.fixture
def gisco(settings, real_data, tmp_path):
    """GISCO's distribution service with one file; ``answers`` may replace it."""
    content = (real_data / "nuts/original/NUTS_RG_20M_2024_4326.geojson").read_bytes()
    answers = {PATH: content}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = answers.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/geo+json")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args):
            """Keep the test output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GISCO_HOST = f"http://127.0.0.1:{server.server_port}/"
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    yield answers
    server.shutdown()
    server.server_close()


@pytest.mark.real_files
def test_fetch_loads_the_version_in_force(nuts, gisco, capsys):
    call_command("fetch", "gisco-nuts")
    run = IngestRun.objects.get(target="gisco-nuts")
    assert (run.state, run.read, run.new) == ("loaded", 1798, 453)
    assert run.message == (
        "NUTS 2024, 20M; 1,345 below level 2 left out. "
        "© EuroGeographics for the administrative boundaries"
    )
    assert run.snapshot.path.read_bytes() == gisco[PATH]
    assert "453 new" in capsys.readouterr().out


@pytest.mark.real_files
def test_a_repeat_says_that_nothing_changed(nuts, gisco):
    call_command("fetch", "gisco-nuts")
    call_command("fetch", "gisco-nuts")
    run = IngestRun.objects.filter(target="gisco-nuts").first()
    assert (run.state, run.new, run.unchanged) == ("unchanged", 0, 453)


@pytest.mark.real_files
def test_a_compressed_answer_is_read(nuts, gisco):
    gisco[PATH] = gzip.compress(gisco[PATH], 1)
    call_command("fetch", "gisco-nuts")
    assert Boundary.objects.count() == 453


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>Service unavailable</html>", "a web page or XML"),
        (b'{"type":"FeatureColl', "not JSON"),
        (None, "answered 404"),
    ],
)
def test_a_bad_answer_is_a_failed_run_and_the_old_outlines_stay(
    nuts, gisco, capsys, body, message
):
    call_command("fetch", "gisco-nuts")
    gisco[PATH] = body
    with pytest.raises(CommandError):
        call_command("fetch", "gisco-nuts")
    run = IngestRun.objects.filter(target="gisco-nuts").first()
    assert run.state == "failed"
    assert message in run.message
    assert message in capsys.readouterr().err
    assert Boundary.objects.count() == 453


@pytest.mark.real_files
def test_a_local_file_says_its_own_scale(nuts, real_data, settings, tmp_path):
    settings.SNAPSHOT_DIR = tmp_path
    path = real_data / "nuts/original/NUTS_RG_60M_2021_4326_LEVL_2.geojson"
    call_command("fetch", "gisco-nuts", file=path)
    run = IngestRun.objects.get(target="gisco-nuts")
    assert (run.file_name, run.new) == (path.name, 334)
    assert set(Boundary.objects.values_list("scale", flat=True)) == {"60M"}


@pytest.mark.real_files
def test_points_end_in_one_message(nuts, real_data, capsys):
    path = real_data / "nuts/original/nuts2json_2016_3035_nutspt_0.json"
    with pytest.raises(CommandError):
        call_command("fetch", "gisco-nuts", file=path)
    assert "points, no areas" in capsys.readouterr().err


def test_only_what_gisco_has_is_asked_for():
    url = boundary_url("https://gisco.example", version=2024, scale="20M")
    assert url == f"https://gisco.example{PATH}"
    with pytest.raises(IngestError, match="no NUTS 2020"):
        boundary_url("https://gisco.example", version=2020, scale="20M")
    with pytest.raises(IngestError, match="no scale '5M'"):
        boundary_url("https://gisco.example", version=2024, scale="5M")
