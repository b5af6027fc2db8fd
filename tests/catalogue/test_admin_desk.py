"""The curators' desk at work: gate, steps, reasons, history, restore, checks, start."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Project
from sources.checks import publish_due
from sources.evidence import FieldCheck
from tests import factories
from tests.factories.matches import asked_match
from tests.factories.practices import ReviewFactory

pytestmark = pytest.mark.django_db
QUEUE = "admin:sources_fieldcheck_changelist"


@pytest.fixture
def curator():
    user = factories.UserFactory(is_staff=True, email="curator@example.org")
    factories.ScopeFactory(user=user)
    return user


@pytest.fixture
def desk(client, curator):
    client.force_login(curator)
    return client


def step(desk, project, **sent):
    address = reverse("admin:projects_project_publication", args=[project.pk])
    answer = desk.post(address, sent, follow=True)
    project.refresh_from_db()
    return answer.content.decode()


def test_nothing_is_published_past_a_stop(desk):
    project = factories.ProjectFactory(state="draft", is_verified=False, name="")
    page = step(desk, project, step="publish")
    assert "It has no name." in page
    assert "Nobody has verified it" in page
    assert project.state == "draft"
    Project.objects.update(name="A name", is_verified=True)
    step(desk, project, step="publish", reason="read the report")
    assert project.state == "published"
    told = project.history.first()
    assert told.history_change_reason == "publish: read the report"
    assert told.history_user.email == "curator@example.org"


def test_an_open_check_on_the_whole_stops(desk):
    project = factories.ProjectFactory(state="draft", name="A name")
    factories.FieldCheckFactory(record=project, field="", value=None)
    assert "still waits to be checked" in step(desk, project, step="publish")
    assert project.state == "draft"


def test_completeness_names_what_is_missing(desk):
    project = factories.ProjectFactory(name="A name", summary="")
    page = desk.get(reverse("admin:projects_project_change", args=[project.pk]))
    found = page.context["publication"]["completeness"]
    assert "summary" in [item.field for item in found.missing]
    assert "name" not in [item.field for item in found.missing]
    fuller = factories.ProjectFactory(name="A name", summary="What it does")
    page = desk.get(reverse("admin:projects_project_change", args=[fuller.pk]))
    assert page.context["publication"]["completeness"].percent > found.percent


def test_scheduled_then_published_or_sent_back(desk):
    project = factories.ProjectFactory(state="draft", name="A name")
    assert "still to come" in step(desk, project, step="schedule")
    step(desk, project, step="schedule", at="2999-01-01T06:30")
    assert (project.state, project.publish_at.year) == ("scheduled", 2999)
    assert publish_due() == 0
    Project.objects.update(publish_at=timezone.now() - timedelta(minutes=1), name="")
    assert publish_due() == 0
    project.refresh_from_db()
    assert project.state == "in_review"
    assert "It has no name" in project.history.first().history_change_reason


def test_a_public_record_changes_with_a_reason_only(desk):
    project = factories.ProjectFactory(name="Old name")
    address = reverse("admin:projects_project_change", args=[project.pk])
    form = desk.get(address).context["adminform"].form
    sent = {n: form[n].value() for n in form.fields if form[n].value() is not None}
    for part in ("partners", "outputs", "events"):
        sent |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    sent |= {"name": "New name", "objectives": "one\n\ntwo"}
    assert "change_reason" in desk.post(address, sent).context["adminform"].form.errors
    answer = desk.post(address, sent | {"change_reason": "its programme says so"})
    assert answer.status_code == 302
    project.refresh_from_db()
    assert (project.name, project.objectives) == ("New name", ["one", "two"])
    assert project.history.first().history_change_reason == "its programme says so"


def test_history_shows_the_difference_and_goes_back(desk):
    theme, other = factories.ThemeFactory(), factories.ThemeFactory()
    project = factories.ProjectFactory(name="Old name", state="draft")
    project.themes.set([theme])
    version = project.history.first()
    project.name, project.state = "New name", "published"
    project.save()
    project.themes.set([other])
    page = desk.get(reverse("admin:projects_project_history", args=[project.pk]))
    assert "Old name" in page.content.decode()
    assert theme.name in page.content.decode()
    args = [project.pk, version.pk]
    address = reverse("admin:projects_project_simple_history", args=args)
    assert "New name" in desk.get(address).content.decode()
    assert desk.post(address).status_code == 422  # no reason
    desk.post(address, {"reason": "the first was right"})
    project.refresh_from_db()
    assert (project.name, list(project.themes.all())) == ("Old name", [theme])
    assert project.state == "published"  # what readers may see is of today
    assert "the first was right" in project.history.first().history_change_reason


def test_checks_are_confirmed_and_rejected(desk):
    one, two = factories.FieldCheckFactory.create_batch(2)
    page = desk.get(reverse(QUEUE)).content.decode()
    assert "Name in waiting" in page
    desk.post(reverse(QUEUE), {"decision": f"confirm:{one.pk}"})
    desk.post(reverse(QUEUE), {"decision": "reject", "check": [two.pk]})
    two.refresh_from_db()
    assert two.state == "open"  # no reason, no rejection
    sent = {"decision": "reject", "check": [two.pk], "reason": "not in the source"}
    desk.post(reverse(QUEUE), sent)
    assert not FieldCheck.objects.open().exists()
    one.refresh_from_db()
    assert (one.record.name, one.state) == ("Name in waiting", "confirmed")


def test_the_second_curator_is_told(desk):
    check = factories.FieldCheckFactory()
    desk.post(reverse(QUEUE), {"decision": f"confirm:{check.pk}"})
    sent = {"decision": f"reject:{check.pk}", f"reason-{check.pk}": "no"}
    page = desk.post(reverse(QUEUE), sent, follow=True).content.decode()
    assert "It was decided by curator@example.org" in page
    check.refresh_from_db()
    assert check.state == "confirmed"


def test_a_secretary_sees_checks_of_her_programme(client):
    mine, others = factories.FieldCheckFactory.create_batch(2)
    user = factories.UserFactory(is_staff=True)
    slug = mine.record.programme.slug
    factories.ScopeFactory(user=user, role="secretariat", programme_code=slug)
    client.force_login(user)
    page = client.get(reverse(QUEUE))
    assert [row.check for row in page.context["rows"]] == [mine]
    client.post(reverse(QUEUE), {"decision": f"confirm:{others.pk}"})
    others.refresh_from_db()
    assert others.state == "open"


@pytest.mark.parametrize("name", ["projects_project", "sources_fieldcheck"])
def test_lists_take_as_many_queries_with_more_rows(
    desk, name, django_assert_max_num_queries, django_assert_num_queries
):
    address = reverse(f"admin:{name}_changelist")
    factories.FieldCheckFactory.create_batch(2)
    desk.get(address)
    with django_assert_max_num_queries(45) as few:
        desk.get(address)
    factories.FieldCheckFactory.create_batch(5)
    with django_assert_num_queries(len(few)):
        assert desk.get(address).status_code == 200


def test_the_start_page_counts_what_waits(desk):
    factories.FieldCheckFactory()
    factories.ProjectFactory(state="draft")
    ReviewFactory()
    asked_match()
    page = desk.get(reverse("admin:index"))
    counted = {str(item.label): item for item in page.context["waiting"]}
    assert counted["open checks"].count == 1
    for label in ("practices in review", "match requests"):
        assert counted[label].count == 1
        assert desk.get(counted[label].address).status_code == 200
    (line,) = (x for x in page.context["lines"] if x.label == "Projects")
    assert line.numbers[0][0] == 1
    assert "'unsafe-eval'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in desk.get("/").headers["Content-Security-Policy"]
