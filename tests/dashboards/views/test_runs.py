"""The page of a run: where it stands for all, what may be asked of it for staff."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from indicators.services.ingest import ingest_file
from sources.models import IngestRun
from sources.services.story import tell
from tests.factories import IngestRunFactory, SnapshotFactory, UserFactory

State = IngestRun.State
WORKER = "worker-of-a-test:4711"
NAME = "Somebody Known"
BUTTONS = {
    State.QUEUED: {"cancel"},
    State.RUNNING: {"cancel"},
    State.HELD: {"confirm", "discard", "again"},
    State.FAILED: {"again"},
    State.LOADED: {"again"},
}
TABLE = """freq,sectperf,unit,geo\\TIME_PERIOD\t2021
A,TOTAL,PC_GDP,ES21\t99 p
"""


def a_run(state: str, **fields) -> IngestRun:
    is_open = state in (State.QUEUED, State.RUNNING)
    target = {"target": "ESTAT:tgs00042", "code": "tgs00042", "fetcher": "eurostat"}
    ended = {"finished_at": None} if is_open else {}
    run = IngestRunFactory(
        state=state, **{**target, "worker": WORKER, "asked_by": NAME, **ended, **fields}
    )
    tell(run, "Asked for.", who=NAME)
    return run


def address(run: IngestRun, action: str = "") -> str:
    return f"/sources/runs/{run.pk}/{action}{'/' if action else ''}"


def signed_in(client: Client, *codenames: str):
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return user


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.django_db
@pytest.mark.parametrize("state", BUTTONS)
def test_readers_see_neither_names_nor_buttons(client, state):
    run = a_run(state)
    page = client.get(address(run)).content.decode()
    assert "Asked for." in page
    assert not [text for text in (WORKER, NAME, 'method="post"') if text in page]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "actions"), BUTTONS.items())
def test_staff_see_names_and_what_fits_the_state(client, state, actions):
    signed_in(client, "change_ingestrun")
    run = a_run(state)
    page = client.get(address(run)).content.decode()
    assert WORKER in page
    assert NAME in page
    every = ("cancel", "again", "confirm", "discard")
    assert {a for a in every if f'action="{address(run, a)}"' in page} == actions


@pytest.mark.django_db
def test_progress_is_told_without_names(client):
    run = a_run(State.RUNNING, stage="fetching", done=250_000, total=1_000_000)
    response = client.get(f"{address(run)}progress.json")
    body = response.json()
    assert (body["state"], body["stage"], body["percent"]) == (
        "running",
        "Fetching",
        25,
    )
    assert body["count"] == "0.2 MB"
    assert not {WORKER, NAME} & set(map(str, body.values()))
    assert "no-store" in response["Cache-Control"]
    assert client.get("/sources/runs/999999/progress.json").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["cancel", "again", "confirm", "discard"])
def test_to_ask_takes_a_permission_a_post_and_a_token(action):
    run = a_run(State.HELD)
    client = Client(enforce_csrf_checks=True)
    assert client.post(address(run, action)).status_code == 403  # no token
    client = Client()
    assert "login" in client.post(address(run, action)).url
    signed_in(client)
    assert client.post(address(run, action)).status_code == 403
    signed_in(client, "change_ingestrun")
    assert client.get(address(run, action)).status_code == 405
    run.refresh_from_db()
    assert run.state == State.HELD
    assert IngestRun.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        (State.QUEUED, "cancel", State.CANCELLED),
        (State.HELD, "confirm", State.QUEUED),
        (State.HELD, "discard", State.CANCELLED),
    ],
)
def test_what_is_asked_is_done_and_told(client, before, action, after):
    user = signed_in(client, "change_ingestrun")
    run = a_run(before, snapshot=SnapshotFactory())
    response = client.post(address(run, action), follow=True)
    run.refresh_from_db()
    assert run.state == after
    assert run.events.last().who == user.get_username()
    assert f"Run {run.pk}" in told(response)


@pytest.mark.django_db
def test_run_again_shows_the_new_run(client):
    user = signed_in(client, "change_ingestrun")
    run = a_run(State.FAILED)
    response = client.post(
        address(run, "again"), headers={"X-Request-ID": "request-of-a-test"}
    )
    again = IngestRun.objects.get(state=State.QUEUED)
    assert response.url == address(again)
    assert again.asked_by == user.get_username()
    assert again.request_id == "request-of-a-test"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "action", "message"),
    [
        (State.LOADED, "cancel", "has ended; there is nothing to cancel"),
        (State.RUNNING, "again", "has not ended yet"),
        (State.LOADED, "confirm", "does not wait for a decision"),
        (State.QUEUED, "discard", "does not wait for a decision"),
    ],
)
def test_what_does_not_fit_the_state_is_said(client, state, action, message):
    signed_in(client, "change_ingestrun")
    run = a_run(state)
    response = client.post(address(run, action), follow=True)
    assert message in told(response)
    run.refresh_from_db()
    assert run.state == state


@pytest.fixture
def loaded(starter, tmp_path, settings) -> IngestRun:
    """A load that revised ES21 and took every other region away."""
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    settings.MAX_VALUE_DROP = 1.0
    path = tmp_path / "tgs00042.tsv"
    path.write_text(TABLE)
    return ingest_file(path, code="tgs00042")


def test_a_rollback_is_looked_at_first_and_then_done(client, loaded):
    user = signed_in(client, "roll_back")
    assert address(loaded, "roll-back") in client.get(address(loaded)).content.decode()
    page = client.get(address(loaded, "roll-back"))
    change = page.context["change"]
    assert (change.given_back, change.reopened, change.retired) == (
        loaded.revised,
        loaded.retired,
        loaded.new,
    )
    assert IngestRun.objects.filter(reverses=loaded).count() == 0
    response = client.post(address(loaded, "roll-back"), follow=True)
    undo = IngestRun.objects.get(reverses=loaded)
    assert response.redirect_chain[-1][0] == address(undo)
    assert f"Run {loaded.pk} has been rolled back." in told(response)
    assert undo.asked_by == user.get_username()
    again = client.post(address(loaded, "roll-back"))
    assert again.status_code == 409
    assert "has been rolled back already" in again.content.decode()


def test_a_rollback_takes_a_permission_and_a_token(client, loaded):
    place = address(loaded, "roll-back")
    assert "login" in client.get(place).url
    signed_in(client, "change_ingestrun")
    assert client.get(place).status_code == 403
    assert client.post(place).status_code == 403
    assert place not in client.get(address(loaded)).content.decode()
    strict = Client(enforce_csrf_checks=True)
    signed_in(strict, "roll_back")
    assert strict.post(place).status_code == 403
    assert not IngestRun.objects.filter(reverses=loaded).exists()
