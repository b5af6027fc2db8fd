"""When what is kept of loaded data is no longer right."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators.models import Dataflow, Indicator
from indicators.queries import indicator_frame
from indicators.reading import Reading
from indicators.revisions import data_revision, revision_of, revisions
from sources.models import IngestRun
from tests import factories

pytestmark = pytest.mark.usefixtures("starter")


def _soon(seconds: int = 1):
    return timezone.now() + timedelta(seconds=seconds)


def test_the_revision_moves_with_good_ends_only():
    before = data_revision()
    factories.IngestRunFactory(state="failed", finished_at=_soon())
    factories.IngestRunFactory(state="checked", finished_at=_soon())
    factories.IngestRunFactory(state="unchanged", finished_at=_soon())
    factories.IngestRunFactory(state="running", finished_at=None)
    assert data_revision() == before
    factories.IngestRunFactory(finished_at=_soon())
    assert data_revision() > before


def test_the_revision_moves_when_an_older_run_ends_after_a_newer_one():
    older = factories.IngestRunFactory(state="running", finished_at=None)
    factories.IngestRunFactory(finished_at=_soon())
    before = data_revision()
    older.state, older.finished_at = IngestRun.State.LOADED, _soon(seconds=2)
    older.save()
    assert data_revision() > before


def test_without_any_load_the_revision_is_zero():
    IngestRun.objects.filter(state="loaded").update(state="failed")
    assert data_revision() == 0
    assert set(revisions().values()) == set()


def test_a_load_moves_the_revision_of_its_own_dataflow_only(ingest):
    before = revisions()
    ingest({"PC,ES21": "1 |2 |3 "})
    own = Dataflow.objects.get(code="probe").pk
    assert own in revisions()
    assert {key: value for key, value in revisions().items() if key != own} == before
    others = [key for key in before if key is not None]
    assert revision_of(others) == revision_of(others, before)
    assert revision_of([*others, own]) != revision_of([*others, own], before)


def test_what_is_no_dataflow_moves_every_revision():
    before, dataflows = revisions(), list(Dataflow.objects.values_list("pk", flat=True))
    factories.IngestRunFactory(target="nuts", finished_at=_soon())
    assert revision_of([]) != revision_of([], before)
    for dataflow in dataflows:
        assert revision_of([dataflow]) != revision_of([dataflow], before)


def test_revisions_are_one_statement(django_assert_num_queries):
    dataflows = Dataflow.objects.count()
    with django_assert_num_queries(1):
        assert len(revisions()) == dataflows + 1


def test_a_load_leaves_the_frames_of_others_as_they_are_kept(
    ingest, django_assert_num_queries
):
    kept = Indicator.objects.get(slug="gerd-pc-gdp")
    indicator_frame(kept, reading=Reading(2024))
    ingest({"PC,ES21": "1 |2 |3 "})
    with django_assert_num_queries(1):
        indicator_frame(kept, reading=Reading(2024))


def test_either_part_of_a_ratio_changes_it(ingest):
    ingest({"PC,ES21": "1 |2 |8 "})
    below = factories.IndicatorFactory(
        dataflow=Dataflow.objects.get(code="probe"), slice_key="A.PC"
    )
    above = Indicator.objects.get(slug="gerd-pc-gdp")
    ratio = factories.DerivedIndicatorFactory(numerator=above, denominator=below)

    def shown():
        return indicator_frame(ratio, reading=Reading(2024)).latest("ES21").obs_value

    before = shown()
    ingest({"PC,ES21": "1 |2 |4 "})
    assert shown() == pytest.approx(2 * before)
