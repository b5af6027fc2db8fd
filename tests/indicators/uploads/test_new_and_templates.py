"""A dataflow that begins with an upload; templates to fill in."""

import io

import openpyxl
import pytest
from django.urls import reverse

from indicators.models import Dataflow
from indicators.parsers.reader import open_message
from sources.models import Source
from tests.indicators.conftest import content
from tests.indicators.uploads.desk import HEADER, everything, preview, upload, work


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
