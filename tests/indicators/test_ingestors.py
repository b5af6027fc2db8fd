"""Sources beyond Eurostat, fetched from real servers on this machine."""

import io
import re
import types
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from indicators.ingestors import oecd, table
from indicators.models import Dataflow, Indicator
from indicators.services.definitions import sync_definitions
from sources import registry
from sources.exceptions import IngestError
from sources.models import IngestRun, Source
from sources.registry import Fetcher, FetchRequest, Verdict
from tests.indicators.conftest import content

CSV = b"geo,unit,time_period,obs_value\nES21,PC,2020,1.5\nES22,PC,2020,2.5\n"
SDMX = (
    b"STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,Frequency,REF_AREA,Area,"
    b"UNIT_MEASURE,Unit,TIME_PERIOD,Time,OBS_VALUE,Value,OBS_STATUS,Status\n"
    b"DATAFLOW,OECD.CFE.EDS:DSD_REG@DF_GDP(2.0),GDP of regions,I,A,Annual,ES21,"
    b"Basque Country,USD,Dollars,2020,,7.5,,P,Provisional\n"
)


class Publisher:
    """Serves ``files`` by path, with an ETag; remembers what was asked."""

    def __init__(self, port: int) -> None:
        self.host = f"http://127.0.0.1:{port}"
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append((handler.path, handler.headers.get("Accept", "")))
        body = self.files.get(handler.path.partition("?")[0])
        etag = f'"{hash(body)}"'
        if body is None:
            handler.send_error(404)
            return
        is_known = handler.headers.get("If-None-Match") == etag
        handler.send_response(304 if is_known else 200)
        handler.send_header("ETag", etag)
        handler.send_header("Content-Length", "0" if is_known else str(len(body)))
        handler.end_headers()
        handler.wfile.write(b"" if is_known else body)


@pytest.fixture
def publisher(starter, settings, tmp_path):
    class Bound(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.answer(self)

        def log_message(self, *args: object) -> None:
            """Keep the test output quiet."""

    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    settings.TABLE_PRIVATE_HOSTS = ["127.0.0.1"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    publisher = Publisher(server.server_port)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield publisher
    server.shutdown()
    server.server_close()
    thread.join()


def flow(agency: str, code: str, **fields: object) -> Dataflow:
    source, _new = Source.objects.get_or_create(code="oecd")
    return Dataflow.objects.create(agency=agency, code=code, source=source, **fields)


class TestOecd:
    def test_a_dataflow_is_asked_for_by_the_publishers_name(self, publisher, settings):
        settings.OECD_HOST = f"{publisher.host}/rest"
        flow(
            "OECD",
            "df_gdp",
            options={"flow": "OECD.CFE.EDS,DSD_REG@DF_GDP,2.0", "key": "A.ES21."},
        )
        path = "/rest/data/OECD.CFE.EDS,DSD_REG@DF_GDP,2.0/A.ES21."
        publisher.files[path] = SDMX
        call_command("fetch", "oecd", "DF_GDP")
        ((asked, accept),) = publisher.asked
        assert asked == f"{path}?dimensionAtObservation=AllDimensions"
        assert accept.startswith(
            "application/vnd.sdmx.data+csv;version=2.0.0;labels=both"
        )
        assert content("df_gdp") == {"A.USD.ES21": ("2020", [(7.5, "p")])}
        answer = oecd.check(FetchRequest(code="df_gdp"))
        assert answer.verdict is Verdict.UNCHANGED
        publisher.files[path] = SDMX.replace(b"7.5", b"8.5")
        assert oecd.check(FetchRequest(code="df_gdp")).verdict is Verdict.CHANGED

    @pytest.mark.parametrize(
        "options",
        [{}, {"flow": "https://evil.test/"}, {"flow": "A,B,1", "key": "../../x"},
         {"flow": "A,B,1", "key": "a?b=c"}],
    )  # fmt: skip
    def test_nothing_is_asked_without_a_name_of_the_publishers(
        self, publisher, options
    ):
        flow("OECD", "df_gdp", options=options)
        with pytest.raises(IngestError, match=r"dataflows\.yaml"):
            oecd.fetch(FetchRequest(code="df_gdp"))
        assert publisher.asked == []

    def test_a_local_file_is_loaded_too(self, publisher, tmp_path):
        flow("OECD", "df_gdp", options={"flow": "A,B,1"})
        path = tmp_path / "answer.csv"
        path.write_bytes(SDMX)
        call_command("fetch", "oecd", "df_gdp", file=path)
        assert len(content("df_gdp")) == 1


class TestTable:
    def test_a_table_is_fetched_checked_and_fetched_again(self, publisher, settings):
        settings.MAX_VALUE_DROP = 1.0
        flow("OECD", "firms", address=f"{publisher.host}/firms.csv", fetcher="table")
        publisher.files["/firms.csv"] = CSV
        assert table.check(FetchRequest(code="firms")).verdict is Verdict.UNKNOWN
        call_command("fetch", "table", "firms")
        run = IngestRun.objects.latest("pk")
        assert (run.target, run.file_name, run.new) == ("OECD:firms", "firms.csv", 2)
        assert table.check(FetchRequest(code="firms")).verdict is Verdict.UNCHANGED
        publisher.files["/firms.csv"] = CSV.replace(b"ES22,PC,2020,2.5\n", b"")
        call_command("fetch", "table", "OECD:firms")
        assert content("firms") == {"A.PC.ES21": ("2020", [1.5])}

    def test_the_environment_gives_another_address(self, publisher, settings):
        flow("OECD", "firms", address="https://ec.europa.eu/gone.csv")
        settings.TABLE_ADDRESSES = {"OECD:firms": f"{publisher.host}/new.csv"}
        publisher.files["/new.csv"] = CSV
        call_command("fetch", "table", "firms")
        assert len(content("firms")) == 2

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("", "has no address. Set TABLE_ADDRESSES=OECD:firms="),
            ("https://elsewhere.example.org/x.csv", "not among those allowed"),
            ("http://localhost:1/x.csv", "not among those allowed"),
        ],
    )
    def test_an_address_nobody_allowed_is_not_asked(self, publisher, address, words):
        flow("OECD", "firms", address=address)
        with pytest.raises(IngestError, match=words):
            table.fetch(FetchRequest(code="firms"))

    def test_bad_rows_are_listed_on_the_run_and_the_data_stay(self, publisher):
        flow("OECD", "firms", address=f"{publisher.host}/firms.csv")
        publisher.files["/firms.csv"] = CSV
        call_command("fetch", "table", "firms")
        publisher.files["/firms.csv"] = CSV.replace(b"1.5", b"x").replace(b"2.5", b"y")
        with pytest.raises(CommandError):
            call_command("fetch", "table", "firms")
        run = IngestRun.objects.latest("pk")
        assert (run.state, run.rejected) == ("failed", 2)
        assert [line[:21] for line in run.rejections] == [
            "firms.csv, line 2: un", "firms.csv, line 3: un",
        ]  # fmt: skip
        assert len(content("firms")) == 2

    def test_wrong_options_are_named(self, publisher):
        flow("OECD", "firms", address=f"{publisher.host}/f.csv", options={"shet": "A"})
        publisher.files["/f.csv"] = CSV
        with pytest.raises(IngestError, match="unknown option shet"):
            table.fetch(FetchRequest(code="firms"))

    def test_the_stated_nuts_version_prevails(self, publisher):
        stated = {"nuts_version": 2016}
        flow("OECD", "firms", address=f"{publisher.host}/f.csv", options=stated)
        publisher.files["/f.csv"] = CSV
        call_command("fetch", "table", "firms")
        found = Dataflow.objects.get(code="firms")
        assert found.nuts_version == 2016
        assert {area.region.version for area in found.areas.all()} == {2016}


def scoreboard() -> bytes:
    """A workbook in the layout of the published one; the numbers are invented."""
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    sheet = book.create_sheet("RIS")
    sheet.append(["Country", "Region code", "Region name", "Indicator code",
                  "Indicator", "Year", "Value relative to EU in 2018"])  # fmt: skip
    for code, indicator, year, value in (
        ("ES21", "RII", 2023, 111.1), ("ES21", "RII", 2025, 222.2),
        ("ES22", "1.1.2", 2025, None), ("FR1", "1.1.2", 2025, 333.3),
    ):  # fmt: skip
        sheet.append([code[:2], code, "A region", indicator, "Words", year, value])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_scoreboard_needs_an_address_only(publisher, settings):
    settings.TABLE_ADDRESSES = {"EC_RTD:ris": f"{publisher.host}/RIS_web_download.xlsx"}
    publisher.files["/RIS_web_download.xlsx"] = scoreboard()
    call_command("fetch", "table", "ris")
    assert content("ris") == {
        "A.RII.REL_EU_2018.ES21": ("2023", [111.1, None, 222.2]),
        "A.1_1_2.REL_EU_2018.FR1": ("2025", [333.3]),
    }
    found = Dataflow.objects.get(agency="EC_RTD", code="ris")
    assert found.source.publisher.startswith("European Commission")
    sync_definitions()
    found.refresh_from_db()
    assert found.fetcher == "table"


def test_the_scoreboard_is_not_there_before_it_is_wanted(publisher):
    sync_definitions()
    assert not Dataflow.objects.filter(code="ris").exists()
    with pytest.raises(IngestError, match="has no address"):
        table.fetch(FetchRequest(code="ris"))
    assert not Dataflow.objects.filter(code="ris").exists()


def test_a_code_of_two_agencies_or_none_is_not_guessed(publisher):
    flow("OECD", "ris")
    with pytest.raises(IngestError, match="EC_RTD, OECD"):
        table.target("ris")
    assert table.target("OECD:ris") == "OECD:ris"
    with pytest.raises(IngestError, match="none"):
        table.target("nothing_of_that_name")


def test_the_example_of_the_documentation_works(publisher, root, monkeypatch):
    text = (root / "docs" / "data.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len([line for line in code.splitlines() if line]) <= 30
    module = types.ModuleType("atlantis")
    exec(compile(code, "docs/data.md", "exec"), module.__dict__)  # noqa: S102  # the page is the program
    module.HOST = publisher.host
    monkeypatch.setattr(registry, "_fetchers", {})
    fetcher: Fetcher = module.FETCHER
    registry.register(fetcher)
    flow("ATLANTIS", "fish")
    publisher.files["/tables/fish.csv"] = CSV
    call_command("fetch", "atlantis", "FISH")
    assert len(content("fish")) == 2
    assert fetcher.check(FetchRequest(code="fish")).verdict is Verdict.UNCHANGED
    assert Indicator.objects.exists()  # the starter data are as they were
