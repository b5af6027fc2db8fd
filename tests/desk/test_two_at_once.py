"""Two curators at the same moment: one is first, the other is told, nothing is lost."""

import pytest
from django.urls import reverse

from accounts.models import Organisation, Scope
from desk.models import MergeRecord
from desk.services.merging import MergeRefusedError, merge, undo
from projects.models import Project
from sources.checks import CheckError, confirm, reject
from sources.evidence import FieldCheck
from sources.reports import ErrorReport
from tests.factories import (
    FieldCheckFactory,
    OrganisationFactory,
    PartnerFactory,
    ProjectFactory,
    UserFactory,
)
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def curators(client_class):
    """Two people of the desk, each with a browser of their own."""
    clients = []
    for _one in range(2):
        user = UserFactory(is_staff=True, is_superuser=True)
        Scope.objects.create(user=user, role=Scope.Role.CURATOR)
        client = client_class()
        client.force_login(user)
        clients.append(client)
    return clients


@pytest.fixture
def client_class(client):
    return type(client)


def one_refused(found, error):
    (refused,) = [item for item in found if isinstance(item, Exception)]
    assert isinstance(refused, error), refused
    return str(refused)


def test_one_merge_asked_twice():
    here, there = OrganisationFactory(), OrganisationFactory()
    seat = PartnerFactory(organisation=there)
    found = together(
        lambda: merge(there.pk, here.pk, take=[], by="Ann"),
        lambda: merge(there.pk, here.pk, take=[], by="Ben"),
    )
    assert "was merged into another one already" in one_refused(
        found, MergeRefusedError
    )
    assert MergeRecord.objects.count() == 1
    seat.refresh_from_db()
    assert seat.organisation_id == here.pk


def test_one_merge_asked_for_in_both_directions():
    here, there = OrganisationFactory(), OrganisationFactory()
    found = together(
        lambda: merge(there.pk, here.pk, take=[], by="Ann"),
        lambda: merge(here.pk, there.pk, take=[], by="Ben"),
    )
    one_refused(found, MergeRefusedError)
    assert Organisation.objects.filter(merged_into__isnull=True).count() == 1


def test_one_undo_asked_twice():
    here, there = OrganisationFactory(), OrganisationFactory()
    seat = PartnerFactory(organisation=there)
    record = merge(there.pk, here.pk, take=[], by="Ann")
    found = together(
        lambda: undo(record.pk, by="Ann"), lambda: undo(record.pk, by="Ben")
    )
    assert "undone already" in one_refused(found, MergeRefusedError)
    seat.refresh_from_db()
    assert seat.organisation_id == there.pk


def test_one_check_confirmed_and_rejected():
    key = FieldCheckFactory().pk
    found = together(
        lambda: confirm(FieldCheck.objects.get(pk=key), by="Ann"),
        lambda: reject(FieldCheck.objects.get(pk=key), by="Ben", reason="no"),
    )
    check = FieldCheck.objects.get(pk=key)
    assert f"It was decided by {check.decided_by}" in one_refused(found, CheckError)
    is_confirmed = check.state == FieldCheck.State.CONFIRMED
    assert check.decided_by == ("Ann" if is_confirmed else "Ben")
    assert (check.record.name == check.value) == is_confirmed


def answered(client, address, **given):
    """Send the form of the desk as it was opened, with other values."""
    form = client.get(address).context["adminform"].form
    sent = {n: form[n].value() for n in form.fields if form[n].value() is not None}
    sent |= {
        f"{part}-{count}_FORMS": 0
        for part in ("partners", "outputs", "events")
        for count in ("TOTAL", "INITIAL")
    }
    return lambda: client.post(address, sent | given), sent | given


def test_one_report_answered_by_two(curators):
    report = ErrorReport.objects.create(label="X", message="It is wrong.")
    address = reverse("admin:sources_errorreport_change", args=[report.pk])
    first, _sent = answered(curators[0], address, state="accepted", public_note="Ann")
    second, _sent = answered(curators[1], address, state="declined", resolution="Ben")
    found = together(first, second)
    assert sorted(answer.status_code for answer in found) == [200, 302]
    report.refresh_from_db()
    values = (report.state, report.public_note, report.resolution)
    assert values in [("accepted", "Ann", ""), ("declined", "", "Ben")]
    (told,) = [answer for answer in found if answer.status_code == 200]
    assert "Somebody changed this record" in told.text


def test_one_record_changed_by_two(curators):
    project = ProjectFactory(name="Old", state="draft")
    address = reverse("admin:projects_project_change", args=[project.pk])
    first, _sent = answered(curators[0], address, name="Of Ann")
    second, sent = answered(curators[1], address, summary="Of Ben")
    assert first().status_code == 302
    refused = second()
    assert refused.status_code == 200
    assert "Somebody changed this record" in refused.text
    assert "Of Ben" in refused.text  # what was typed is still there
    assert (Project.objects.get().name, Project.objects.get().summary) == ("Of Ann", "")
    # Saving once more is a decision: the form has seen the newer record now.
    form = refused.context["adminform"].form
    again = curators[1].post(address, sent | {"seen": form["seen"].value()})
    assert again.status_code == 302
    assert Project.objects.get().summary == "Of Ben"
