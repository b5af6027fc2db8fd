"""Uploads in the administration: form, preview, decision."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from indicators.models import Dataflow
from indicators.upload_form import COMPLETE
from sources.models import IngestRun
from tests.factories import UserFactory
from tests.indicators.conftest import content
from tests.indicators.uploads.desk import (
    HEADER,
    HELD,
    UPLOAD,
    preview,
    upload,
    work,
)


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
        assert "5 of 6" in shown.warnings[0]
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
        assert dict(page.context["preview"].counts) == {"unchanged": 1}
        load = reverse("admin:indicators_dataflow_load", args=[run.pk])
        assert load not in page.content.decode()
        assert desk.post(load).status_code == 404
        assert content() == before

    def test_a_code_that_is_new_in_a_dimension_is_pointed_at(self, desk, probe):
        page, run = preview(
            desk, probe, HEADER + "ES21,PCC,2020,1,\nES21,PC,2020,1.5,\n"
        )
        (warning,) = page.context["preview"].warnings
        assert warning == (
            "New in this dataflow, in unit: PCC. Held are: PC. Is it no slip?"
        )
        load = reverse("admin:indicators_dataflow_load", args=[run.pk])
        assert load in page.content.decode()

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
