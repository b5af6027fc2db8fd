"""Uploads in the administration: form, preview, decision; what hostile files meet."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.models import Dataflow, Series, Slice, Vintage
from indicators.parsers.reader import open_message
from indicators.upload_form import COMPLETE, MERGE
from sources import services
from sources.models import IngestRun, Snapshot, Source
from tests.factories import UserFactory
from tests.indicators.conftest import content

UPLOAD = reverse("admin:indicators_dataflow_upload")
HEADER = "geo,unit,time_period,obs_value,obs_status\n"
HELD = {"PC,ES21": "1.5|2.5|3.5 p", "PC,ES22": "4|5|6"}


@pytest.fixture
def person(starter):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("upload_observations", "view_dataflow"))
    )
    return user


@pytest.fixture
def probe(ingest) -> Dataflow:
    """A dataflow with two series of three years."""
    ingest(HELD)
    return Dataflow.objects.get(code="probe")


@pytest.fixture
def desk(client, person):
    client.force_login(person)
    return client


def upload(
    client, dataflow, data: bytes | str, *, mode=MERGE, file_name="data.csv", **fields
):
    body = data.encode() if isinstance(data, str) else data
    return client.post(
        UPLOAD,
        {
            "dataflow": dataflow.pk if dataflow else "",
            "file": SimpleUploadedFile(file_name, body),
            "mode": mode,
            **fields,
        },
    )


def preview(client, dataflow, data, **fields):
    """The preview page of an upload, and its run."""
    answer = upload(client, dataflow, data, **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(answer["Location"])
    assert page.status_code == 200
    return page, page.context["run"]


def everything() -> list[int]:
    models = (Source, Dataflow, Slice, Series, Vintage, Snapshot, IngestRun)
    return [model.objects.count() for model in models]


def work() -> IngestRun:
    """What a worker does with the newest run."""
    return services.execute(IngestRun.objects.latest("pk").pk)


class TestWhoMay:
    @pytest.mark.parametrize(
        ("is_staff", "may", "status"), [(False, True, 302), (True, False, 403)]
    )
    def test_only_staff_with_the_permission(
        self, client, starter, is_staff, may, status
    ):
        user = UserFactory(is_staff=is_staff)
        if may:
            user.user_permissions.set(
                Permission.objects.filter(codename="upload_observations")
            )
        client.force_login(user)
        run = IngestRun.objects.latest("pk")
        for name in ("preview", "changes"):
            address = reverse(f"admin:indicators_dataflow_{name}", args=[run.pk])
            assert client.get(address).status_code == status
        for name in ("load", "discard"):
            address = reverse(f"admin:indicators_dataflow_{name}", args=[run.pk])
            assert client.post(address).status_code == status
        assert client.get(UPLOAD).status_code == status
        assert upload(client, Dataflow.objects.first(), HEADER).status_code == status

    def test_the_list_of_dataflows_leads_to_the_form(self, desk):
        page = desk.get(reverse("admin:indicators_dataflow_changelist"))
        assert UPLOAD in page.content.decode()
        assert desk.get(UPLOAD).status_code == 200

    def test_a_run_that_is_no_upload_has_no_preview(self, desk, probe):
        run = IngestRun.objects.latest("pk")
        address = reverse("admin:indicators_dataflow_preview", args=[run.pk])
        assert desk.get(address).status_code == 404

    def test_deciding_needs_a_post(self, desk, probe):
        _page, run = preview(desk, probe, HEADER + "ES21,PC,2023,1,\n")
        for name in ("load", "discard"):
            address = reverse(f"admin:indicators_dataflow_{name}", args=[run.pk])
            assert desk.get(address).status_code == 405
        run.refresh_from_db()
        assert run.state == "held"


class TestPreview:
    FILE = HEADER + (
        "ES21,PC,2021,2.75,\nES21,PC,2022,3.5,p\nES21,PC,2023,9,e\nES23,PC,2023,7,\n"
    )

    def test_says_what_would_change_and_changes_nothing(self, desk, probe):
        before = content()
        page, run = preview(desk, probe, self.FILE)
        shown = page.context["preview"]
        assert dict(shown.counts) == {"revised": 1, "unchanged": 1, "new": 2}
        (change,) = shown.changes
        assert (change.key, change.geo, change.name) == ("A.PC", "ES21", "País Vasco")
        assert (change.change.period, change.change.old, change.change.new) == (
            "2021", (2.5, "", ""), (2.75, "", ""),
        )  # fmt: skip
        assert [(row.geo, row.period, row.cell) for row in shown.rows] == [
            ("ES21", "2021", (2.75, "", "")),
            ("ES21", "2022", (3.5, "p", "")),
            ("ES21", "2023", (9.0, "e", "")),
            ("ES23", "2023", (7.0, "", "")),
        ]
        assert (shown.form, shown.dimensions) == ("tidy-csv", ("freq", "unit"))
        assert (shown.first_period, shown.last_period) == ("2021", "2023")
        assert (shown.nuts_version, dict(shown.regions)) == (2024, {"region": 2})
        assert content() == before
        assert (run.state, run.fetcher) == ("held", "upload")
        assert run.asked_by == page.wsgi_request.user.get_username()
        assert run.snapshot.path.read_bytes() == self.FILE.encode()

    def test_loading_goes_through_a_worker_and_does_what_was_shown(self, desk, probe):
        _page, run = preview(desk, probe, self.FILE)
        answer = desk.post(reverse("admin:indicators_dataflow_load", args=[run.pk]))
        assert answer["Location"] == run.get_absolute_url()
        run.refresh_from_db()
        assert run.state == "queued"
        assert work().state == "loaded"
        assert content() == {
            "A.PC.ES21": ("2020", [1.5, 2.75, (3.5, "p"), (9.0, "e")]),
            "A.PC.ES22": ("2020", [4.0, 5.0, 6.0]),
            "A.PC.ES23": ("2023", [7.0]),
        }

    def test_a_second_click_is_harmless(self, desk, probe):
        _page, run = preview(desk, probe, self.FILE)
        load = reverse("admin:indicators_dataflow_load", args=[run.pk])
        discard = reverse("admin:indicators_dataflow_discard", args=[run.pk])
        for address in (load, load, discard, load):
            assert desk.post(address)["Location"] == run.get_absolute_url()
        run.refresh_from_db()
        assert run.state == "queued"
        work()
        again = content()
        desk.post(load)
        run.refresh_from_db()
        assert (run.state, content()) == ("loaded", again)

    def test_discarding_loads_nothing(self, desk, probe):
        before = content()
        _page, run = preview(desk, probe, self.FILE)
        desk.post(reverse("admin:indicators_dataflow_discard", args=[run.pk]))
        desk.post(reverse("admin:indicators_dataflow_load", args=[run.pk]))
        run.refresh_from_db()
        assert (run.state, content()) == ("cancelled", before)
        page = desk.get(reverse("admin:indicators_dataflow_preview", args=[run.pk]))
        assert page["Location"] == run.get_absolute_url()

    def test_a_complete_file_retires_what_it_lacks_and_warns(
        self, desk, probe, settings
    ):
        settings.MAX_VALUE_DROP = 0.2
        page, run = preview(desk, probe, HEADER + "ES21,PC,2020,1.5,\n", mode=COMPLETE)
        shown = page.context["preview"]
        assert dict(shown.counts) == {"unchanged": 1, "retired": 5}
        assert "83 %" in shown.warnings[0]
        assert "1 of 6" in shown.warnings[0]
        desk.post(reverse("admin:indicators_dataflow_load", args=[run.pk]))
        assert work().state == "loaded"
        assert content() == {"A.PC.ES21": ("2020", [1.5])}

    def test_unknown_codes_are_listed_with_what_was_meant(self, desk, probe):
        before = content()
        page, run = preview(
            desk, probe, HEADER + "ES2l,PC,2020,1,\nES21,PC,2020,1.5,\n"
        )
        (unknown,) = page.context["preview"].unknown
        assert (unknown.code, unknown.line, unknown.suggestion) == ("ES2l", 2, "ES2")
        assert run.rejections == [unknown.sentence]
        load = reverse("admin:indicators_dataflow_load", args=[run.pk])
        assert load not in page.content.decode()
        assert desk.post(load).status_code == 404
        assert content() == before

    def test_all_changes_can_be_taken_away(self, desk, probe):
        _page, run = preview(desk, probe, self.FILE)
        answer = desk.get(reverse("admin:indicators_dataflow_changes", args=[run.pk]))
        assert list(csv.DictReader(io.StringIO(answer.content.decode()))) == [
            {
                "freq": "A", "unit": "PC", "geo": "ES21", "region": "País Vasco",
                "time_period": "2021", "change": "revised", "old_value": "2.5",
                "old_flags": "", "new_value": "2.75", "new_flags": "",
            }
        ]  # fmt: skip

    def test_queries_do_not_grow_with_the_file(
        self, desk, probe, django_assert_max_num_queries
    ):
        rows = "".join(
            f"ES{n},PC,{year},1,\n"
            for n in (21, 22, 23, 24, 30)
            for year in range(1990, 2024)
        )
        for size in (1, len(rows)):
            with django_assert_max_num_queries(30):
                upload(
                    desk,
                    probe,
                    HEADER + rows[:size].rpartition("\n")[0] + "\nES21,PC,2023,1,\n",
                )

    def test_what_is_held_may_change_between_preview_and_decision(
        self, desk, probe, ingest
    ):
        _page, run = preview(desk, probe, self.FILE)
        ingest(HELD | {"PC,ES21": "1.5|2.75|3.5 p"})
        later = desk.get(reverse("admin:indicators_dataflow_preview", args=[run.pk]))
        assert dict(later.context["preview"].counts) == {"unchanged": 2, "new": 2}


class TestNewDataflow:
    FACTS = {
        "agency": "MIN_X", "code": "Firms", "name": "Firms by size",
        "licence": "CC BY 4.0", "publisher": "Ministry of X",
        "publisher_url": "https://example.org/",
    }  # fmt: skip
    FILE = HEADER + "ES21,NR,2020,12,\n"

    def test_appears_with_its_first_load_only(self, desk, starter, settings, tmp_path):
        settings.SNAPSHOT_DIR = tmp_path
        _page, run = preview(desk, None, self.FILE, **self.FACTS)
        assert not Dataflow.objects.filter(agency="MIN_X").exists()
        assert not Source.objects.filter(code="ministry-of-x").exists()
        desk.post(reverse("admin:indicators_dataflow_load", args=[run.pk]))
        assert work().state == "loaded"
        flow = Dataflow.objects.get(agency="MIN_X", code="firms")
        assert (flow.name, flow.licence, flow.source.publisher, flow.dimensions) == (
            "Firms by size", "CC BY 4.0", "Ministry of X", ["freq", "unit"],
        )  # fmt: skip
        assert content("firms") == {"A.NR.ES21": ("2020", [12.0])}

    @pytest.mark.parametrize(
        ("field", "value"),
        [("agency", "min x"), ("code", "1st"), ("name", ""), ("licence", ""),
         ("publisher", ""), ("publisher", "Eurostat"), ("agency", "A\0B")],
    )  # fmt: skip
    def test_needs_all_its_facts(self, desk, starter, field, value):
        before = everything()
        answer = upload(desk, None, self.FILE, **self.FACTS | {field: value})
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert everything() == before

    def test_an_existing_one_is_not_made_again(self, desk, probe):
        facts = self.FACTS | {"agency": "ESTAT", "code": "probe"}
        answer = upload(desk, None, self.FILE, **facts)
        assert "choose it above" in str(answer.context["form"].errors["code"])


class TestTemplates:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_is_read_back_with_the_dimensions_of_the_dataflow(
        self, desk, probe, tmp_path, form
    ):
        address = reverse("admin:indicators_dataflow_template", args=[probe.pk, form])
        path = tmp_path / f"template.{form}"
        path.write_bytes(desk.get(address).content)
        message = open_message(path)
        assert message.structure.dimensions == ("freq", "unit")
        assert list(message.series) == []  # no values yet
        assert message.tally.missing == 2

    def test_filled_in_it_loads(self, desk, probe):
        address = reverse("admin:indicators_dataflow_template", args=[probe.pk, "xlsx"])
        book = openpyxl.load_workbook(io.BytesIO(desk.get(address).content))
        sheet = book["data"]
        assert [cell.value for cell in sheet[1]] == [
            "geo", "unit", "time_period", "obs_value", "obs_status", "conf_status",
        ]  # fmt: skip
        sheet["D2"], sheet["E2"] = 8.25, "b"
        buffer = io.BytesIO()
        book.save(buffer)
        page, _run = preview(desk, probe, buffer.getvalue(), file_name="filled.xlsx")
        assert page.context["preview"].sheet == "data"
        assert [row.cell for row in page.context["preview"].rows] == [(8.25, "b", "")]


def workbook(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for column, name in enumerate(HEADER.strip().split(","), start=1):
        sheet.cell(1, column, name)
    for place, value in {
        "A2": "ES21",
        "B2": "PC",
        "C2": 2023,
        "D2": 1,
        **cells,
    }.items():
        sheet[place] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(name: str, data: bytes, *, compress=zipfile.ZIP_DEFLATED) -> bytes:
    """A sound workbook with one part put in or exchanged."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(buffer, "w", compress) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return buffer.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b"<sst>&b;</sst>"
)
OUTSIDE = (
    b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
)
ROW = "ES21,PC,2023,1,\n"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def rows(text: str) -> bytes:
    return (HEADER + text).encode()


HOSTILE = {
    "nothing at all": (b"", "empty"),
    "blanks": (b" \n \n", "an empty file"),
    "a web page named csv": (b"<!doctype html><title>Sorry</title>", "an HTML page"),
    "NUL bytes": (rows("ES21,PC,2023,\0,\n"), "binary content"),
    "NUL bytes far down": (
        (HEADER + ROW + "\n" * 70_000 + "ES22,PC,2023,\0,\n").encode(),
        "unreadable cell",
    ),
    "a huge cell": (rows("ES21,PC,2023," + "9" * 500_000 + ",\n"), "broken CSV"),
    "a huge line": ((HEADER + "x" * (2 << 20)).encode(), "more than 1 MiB"),
    "another encoding": (rows(ROW) + b"ES22,PC,2023,1,\xe9\n", "not UTF-8"),
    "UTF-16": ((HEADER + ROW).encode("utf-16"), "UTF-16"),
    "a formula as a code": (rows("=HYPERLINK(0),PC,2023,1,\n"), "not a code"),
    "a formula as a value": (rows("ES21,PC,2023,=1+1,\n"), "unreadable cell"),
    "markup as a code": (rows("<b>ES</b>,PC,2023,1,\n"), "not a code"),
    "a formula never computed": (workbook(D2="=1+1"), "without a stored result"),
    "an error value": (workbook(D2="#REF!"), "unreadable cell"),
    "a zip that is no workbook": (None, "no XLSX workbook"),
    "half a workbook": (workbook()[:2_000], "a damaged workbook"),
    "an XML bomb of shared strings": (with_part(STRINGS, BOMB), "document type"),
    "an outside entity": (with_part(SHEET, OUTSIDE), "document type"),
    "XML in UTF-16": (
        with_part(SHEET, OUTSIDE.decode().encode("utf-16")),
        "strange encoding",
    ),
    "a workbook that swells": (
        with_part("xl/media/x.bin", bytes(200 << 20)), "too large",
    ),
    "a gzip that swells": (gzip.compress(bytes(150 << 20)), "too large"),
    "a broken sheet": (with_part(SHEET, b"<worksheet><sheet"), "sheet"),
    "an unknown frequency": (rows("ES21,PC,20-23,1,\n"), "unreadable period"),
    "a year far away": (
        rows("ES21,PC,0001-01-01,1,\nES21,PC,9999-01-01,1,\n"),
        "apart in one series",
    ),
    "infinity": (rows("ES21,PC,2023,1e999,\n"), "not a finite number"),
    "no observations": (HEADER.encode(), "no observations"),
    "a JSON of depth": (b"[" * 100_000, "JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_clear_error_and_nothing_is_kept(desk, probe, name):
    data, words = HOSTILE[name]
    if data is None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("../../evil.txt", "x")
        data = buffer.getvalue()
    before = everything()
    answer = upload(desk, probe, data, file_name="../../data.csv")
    assert answer.status_code == 422
    (error,) = answer.context["form"].errors["file"]
    assert words in error
    assert len(error) < 500
    assert everything() == before


@pytest.mark.parametrize("name", ["xl/externalLinks/externalLink1.xml"])
def test_links_of_a_workbook_are_not_followed(desk, probe, name):
    page, _run = preview(desk, probe, with_part(name, b"<externalLink/>"))
    assert page.context["preview"].observations == 1


def test_a_large_file_is_refused_by_its_size(desk, probe, settings):
    settings.UPLOAD_MAX_BYTES = 1_000
    answer = upload(desk, probe, HEADER + ROW * 100)
    assert "at most" in str(answer.context["form"].errors["file"])


def test_every_bad_row_is_listed(desk, probe):
    bad = "ES21,PC,2020,x,\nES22,PC,20x0,1,\nES23,PC,2020,1,q\n"
    answer = upload(desk, probe, HEADER + ROW + bad)
    assert [line.split(":")[0] for line in answer.context["rejections"]] == [
        "data.csv, line 3", "data.csv, line 4", "data.csv, line 5",
    ]  # fmt: skip
    assert "<ol" in answer.content.decode()


def test_markup_in_a_file_is_shown_as_text(desk, probe):
    answer = upload(desk, probe, HEADER + "<script>alert(1)</script>,PC,2020,1,\n")
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_dimension_that_is_missing_is_named(desk, probe):
    answer = upload(desk, probe, "geo,colour,time_period,obs_value\nES21,RED,2020,1\n")
    (error,) = answer.context["form"].errors["file"]
    assert "unknown dimension colour; missing dimension unit" in error


def test_a_file_name_is_never_a_path(desk, probe):
    _page, run = preview(desk, probe, HEADER + ROW, file_name="../..\\x<y>.csv")
    assert Path(run.file_name).name == run.file_name
    assert "<" not in run.file_name
