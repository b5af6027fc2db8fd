"""What staff ask of runs and dataflows in the admin: queued, with name and request."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from sources.models import IngestRun
from tests.factories import DataflowFactory, IngestRunFactory, UserFactory

pytestmark = pytest.mark.django_db
State = IngestRun.State
REQUEST_ID = "a1b2c3d4-request-of-a-test"
RUNS = "admin:sources_ingestrun_changelist"
FLOWS = "admin:indicators_dataflow_changelist"


@pytest.fixture
def staff(client):
    """Signs a member of staff in who has these permissions, and no others."""

    def sign_in(*codenames: str):
        user = UserFactory(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def act(client):
    def post(listing: str, action: str, *chosen):
        return client.post(
            reverse(listing),
            {"action": action, "_selected_action": [item.pk for item in chosen]},
            headers={"X-Request-ID": REQUEST_ID},
            follow=True,
        )

    return post


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_fetch_now_queues_a_run_for_what_can_be_fetched(staff, act):
    user = staff("view_dataflow", "change_dataflow")
    flow = DataflowFactory(fetcher="eurostat")
    local = DataflowFactory(fetcher="")
    response = act(FLOWS, "fetch_now", flow, local)
    run = IngestRun.objects.get()
    assert (run.state, run.target) == (State.QUEUED, flow.target)
    assert (run.asked_by, run.request_id) == (str(user), REQUEST_ID)
    assert "1 dataset waits" in told(response)


def test_cancel_ends_a_queued_run_and_asks_a_running_one(staff, act):
    user = staff("view_ingestrun", "change_ingestrun")
    queued = IngestRunFactory(state=State.QUEUED, finished_at=None)
    running = IngestRunFactory(state=State.RUNNING, finished_at=None)
    ended = IngestRunFactory()
    response = act(RUNS, "cancel", queued, running, ended)
    for run in (queued, running, ended):
        run.refresh_from_db()
    assert queued.state == State.CANCELLED
    assert (running.state, running.is_cancel_asked) == (State.RUNNING, True)
    assert ended.state == State.LOADED
    assert queued.events.get().who == str(user)
    assert f"Run {ended.pk} has ended" in told(response)
    assert "2 runs" in told(response)


def test_run_again_queues_the_same_as_a_run_of_its_own(staff, act):
    user = staff("view_ingestrun", "change_ingestrun")
    run = IngestRunFactory(fetcher="eurostat", code="tgs00042", target="ESTAT:tgs00042")
    local = IngestRunFactory(fetcher="")
    response = act(RUNS, "run_again", run, local)
    again = IngestRun.objects.get(state=State.QUEUED)
    assert (again.target, again.asked_by) == (run.target, str(user))
    assert again.request_id == REQUEST_ID
    assert f"Run {local.pk} loaded a local file" in told(response)


def test_roll_back_leads_to_the_page_that_asks(staff, client):
    staff("view_ingestrun", "roll_back")
    run, other = IngestRunFactory.create_batch(2)
    form = {"action": "roll_back", "_selected_action": [run.pk]}
    response = client.post(reverse(RUNS), form)
    assert response.url == reverse("sources:rollback", args=[run.pk])
    form["_selected_action"] = [run.pk, other.pk]
    assert "Choose one run" in told(client.post(reverse(RUNS), form, follow=True))


@pytest.mark.parametrize("action", ["cancel", "run_again", "roll_back"])
def test_those_who_may_only_look_ask_nothing(staff, act, action):
    staff("view_ingestrun")
    run = IngestRunFactory(state=State.QUEUED, finished_at=None)
    act(RUNS, action, run)
    run.refresh_from_db()
    assert run.state == State.QUEUED
    assert IngestRun.objects.count() == 1
