"""What the database knows of freshness: runs, schedules, definitions."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from indicators.dataflows import (
    dataflow_freshness,
    freshness_of,
    known_freshness,
    stale_dataflows,
    stale_reason,
)
from indicators.freshness import Cause, State
from indicators.models import Dataflow
from indicators.services.definitions import read_definitions, sync_definitions
from sources.models import IngestRun
from tests.factories import (
    DataflowFactory,
    DerivedIndicatorFactory,
    IndicatorFactory,
    IngestRunFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def fresh_flow(**fields):
    given = {"fetched_at": NOW, "source_updated": NOW, "release_every": 365}
    return DataflowFactory(**{**given, **fields})


def overdue_flow(**fields):
    return fresh_flow(source_updated=NOW - timedelta(days=1000), **fields)


def attempts(flow, *states, fetcher="eurostat"):
    """Runs one after the other, the last an hour ago."""
    for age, state in zip(range(len(states), 0, -1), states, strict=True):
        started = NOW - timedelta(hours=age)
        IngestRunFactory(
            target=flow.target, state=state, fetcher=fetcher, started_at=started
        )


FAILED, LOADED = IngestRun.State.FAILED, IngestRun.State.LOADED
UNCHANGED, CANCELLED = IngestRun.State.UNCHANGED, IngestRun.State.CANCELLED


@pytest.mark.parametrize(
    ("states", "is_stale"),
    [
        ((), False),
        ((FAILED,), False),
        ((FAILED, FAILED), True),
        ((LOADED, FAILED, FAILED), True),
        ((FAILED, FAILED, LOADED), False),
        ((FAILED, FAILED, UNCHANGED), False),
        ((FAILED, LOADED, FAILED), False),
        ((FAILED, CANCELLED, FAILED), True),
    ],
)
def test_failures_count_since_the_last_good_attempt(states, is_stale):
    flow = fresh_flow()
    attempts(flow, *states)
    attempts(fresh_flow(), LOADED)
    assert freshness_of(flow).is_stale is is_stale


def test_a_wrong_local_file_is_no_fault_of_the_source():
    flow = fresh_flow()
    attempts(flow, FAILED, FAILED, FAILED, fetcher="")
    assert not freshness_of(flow).is_stale


def test_the_day_of_failing_is_that_of_the_first_attempt():
    flow = fresh_flow()
    attempts(flow, LOADED, FAILED, FAILED, FAILED)
    (reason,) = freshness_of(flow).reasons
    assert reason.cause == Cause.FAILING
    assert reason.since == (NOW - timedelta(hours=3)).date()


@pytest.mark.parametrize(
    ("fetcher", "every", "state"),
    [
        ("eurostat", 1, State.STALE),
        ("eurostat", 10, State.FRESH),
        ("eurostat", 0, State.FRESH),
        ("", 1, State.FRESH),
    ],
)
def test_the_schedule_is_of_dataflows_with_a_fetcher(fetcher, every, state, settings):
    settings.CHECK_EVERY = every
    flow = fresh_flow(fetcher=fetcher, checked_at=NOW - timedelta(days=20))
    assert freshness_of(flow).state == state


def test_freshness_takes_two_statements(django_assert_num_queries):
    for flow in [fresh_flow(), overdue_flow(), fresh_flow()]:
        attempts(flow, FAILED, FAILED)
    with django_assert_num_queries(2):
        assert len(dataflow_freshness()) == 3
    known_freshness()
    with django_assert_num_queries(0):
        known_freshness()


def test_stale_dataflows_are_asked_for_in_one_statement(django_assert_num_queries):
    fresh_flow()
    late = overdue_flow()
    known_freshness()
    with django_assert_num_queries(1):
        assert list(stale_dataflows()) == [late]


def test_a_dataflow_younger_than_what_is_known_is_looked_at():
    known_freshness()
    assert freshness_of(overdue_flow()).is_stale


def test_a_ratio_is_stale_with_either_part():
    stale = IndicatorFactory(dataflow=overdue_flow())
    fresh = IndicatorFactory(dataflow=fresh_flow())
    ratio = DerivedIndicatorFactory(numerator=fresh, denominator=stale)
    assert stale_reason(fresh) == ""
    assert "expected by" in stale_reason(stale)
    assert stale_reason(ratio) == stale_reason(stale)


def test_definitions_say_how_often_each_dataflow_is_released():
    sync_definitions()
    for entry in read_definitions("dataflows")["dataflows"]:
        if entry["agency"] != "ESTAT":
            continue
        flow = Dataflow.objects.get(agency=entry["agency"], code=entry["code"])
        assert bool(flow.release_every) is not flow.is_discontinued, flow
        assert bool(flow.fetcher) is not flow.is_discontinued, flow


def test_definitions_win_over_what_was_there():
    sync_definitions()
    flows = Dataflow.objects.filter(code="tgs00042")
    flows.update(release_every=3, is_discontinued=True, fetcher="")
    sync_definitions()
    flow = flows.get()
    assert (flow.release_every, flow.is_discontinued) == (365, False)
    assert flow.fetcher == "eurostat"


STALE_STARTER = {
    "demo_r_pjangrp3", "edat_lfse_22", "hrst_st_rcat", "htec_emp_reg2",
    "rd_e_gerdreg", "rd_p_persreg", "sbs_r_nuts06_r2",
}  # fmt: skip


def test_the_starter_set_is_as_old_as_its_editions(starter):
    cache.clear()
    found = {flow.code for flow in stale_dataflows()}
    assert found >= STALE_STARTER
    closed = Dataflow.objects.get(code="pat_ep_rtot")
    assert freshness_of(closed).state == State.CLOSED
