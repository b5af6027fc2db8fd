"""Who may do what at the desk, as a table, and what crafted requests come to."""

import pytest
from django.urls import reverse

from accounts.models import Scope
from accounts.reach import Act, may, rows
from projects.models import Partner, Project
from strategies.models import Priority, Strategy
from tests import factories

pytestmark = pytest.mark.django_db
Role = Scope.Role
NOTHING, ALL = "", "VACDP"
KINDS = ("strategy", "priority", "project", "partner")
# For each role: what it may do with a record inside its reach, and with one outside.
TABLE = {
    "superuser": dict.fromkeys(KINDS, (ALL, ALL)),
    Role.CURATOR: dict.fromkeys(KINDS, (ALL, ALL)),
    Role.REGIONAL_EDITOR: {
        "strategy": ("VAC", NOTHING),
        "priority": ("VACD", NOTHING),
        "project": (NOTHING, NOTHING),
        "partner": (NOTHING, NOTHING),
    },
    Role.SECRETARIAT: {
        "strategy": (NOTHING, NOTHING),
        "priority": (NOTHING, NOTHING),
        "project": ("VAC", NOTHING),
        "partner": ("VACD", NOTHING),
    },
    Role.EXPERT: dict.fromkeys(KINDS, ("", "")),
    Role.CONTRIBUTOR: dict.fromkeys(KINDS, ("", "")),
}
ACTS = dict(zip("VACDP", Act, strict=True))


@pytest.fixture
def territory():
    """A country with a region in it: an editor of the first reaches the second."""
    country = factories.RegionFactory(level=0, code="ES", country="ES", parent=None)
    return country, factories.RegionFactory(code="ES21", country="ES", parent=country)


def elsewhere():
    """A region of another country."""
    country = factories.RegionFactory(level=0, code="FI", country="FI", parent=None)
    return factories.RegionFactory(code="FI1B", country="FI", parent=country)


@pytest.fixture
def records(territory):
    inside, outside = {}, {}
    for group, region in ((inside, territory[1]), (outside, elsewhere())):
        strategy = factories.StrategyFactory(region=region)
        project = factories.ProjectFactory()
        group |= {
            "strategy": strategy,
            "priority": factories.PriorityFactory(strategy=strategy),
            "project": project,
            "partner": factories.PartnerFactory(project=project),
        }
    return inside, outside


@pytest.fixture
def person(territory, records):
    def of(role):
        if role == "superuser":
            return factories.UserFactory(is_staff=True, is_superuser=True)
        reach = {
            Role.REGIONAL_EDITOR: {"region": territory[0]},
            Role.SECRETARIAT: {"programme_code": records[0]["project"].programme.slug},
            Role.CONTRIBUTOR: {"organisation": factories.OrganisationFactory()},
        }.get(role, {})
        user = factories.UserFactory(is_staff=True)
        factories.ScopeFactory(user=user, role=role, **reach)
        return user

    return of


@pytest.mark.parametrize("role", TABLE)
def test_role_by_model_by_act(role, person, records):
    user = person(role)
    for kind, expected in TABLE[role].items():
        for group, letters in zip(records, expected, strict=True):
            record = group[kind]
            model = type(record)
            held = [x for x, act in ACTS.items() if may(user, act, model, record)]
            assert "".join(held) == letters, (role, kind)
            listed = rows(user, Act.VIEW, model.objects.all())
            assert listed.filter(pk=record.pk).exists() is ("V" in letters)


@pytest.mark.parametrize("role", TABLE)
def test_pages_obey_the_table(role, person, records, client):
    client.force_login(person(role))
    for kind, expected in TABLE[role].items():
        for group, letters in zip(records, expected, strict=True):
            record = group[kind]
            name = f"admin:{record._meta.app_label}_{record._meta.model_name}"
            seen = (200,) if "V" in letters else (302, 403, 404)
            for page in ("change", "history"):
                answer = client.get(reverse(f"{name}_{page}", args=[record.pk]))
                assert answer.status_code in seen, (role, kind, page)
                if "V" not in letters:
                    assert str(record) not in answer.content.decode()
            # The history of another's record is no way round.
            version = record.history.first()
            answer = client.get(
                reverse(f"{name}_simple_history", args=[record.pk, version.pk])
            )
            assert answer.status_code in seen
            answer = client.post(
                reverse(f"{name}_publication", args=[record.pk]), {"step": "archive"}
            )
            record.refresh_from_db()
            assert (record.state == "archived") is ("P" in letters), (role, kind)


def test_somebody_who_left_the_desk_may_nothing(person, records):
    user = person(Role.CURATOR)
    user.is_staff = False
    assert not may(user, Act.VIEW, Project)


def form_of(client, record):
    """What the browser would send, from the form as it is shown."""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    address = reverse(name, args=[record.pk])
    context = client.get(address).context
    sent = {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value not in (None, False):
                sent[field.html_name] = value
    return address, sent


def test_a_secretary_gives_no_project_away(person, records, client):
    client.force_login(person(Role.SECRETARIAT))
    project, other = records[0]["project"], records[1]["project"]
    address, sent = form_of(client, project)
    sent |= {"programme": other.programme_id, "change_reason": "moved"}
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert "programme" in answer.context["adminform"].form.errors
    assert Project.objects.get(pk=project.pk).programme_id == project.programme_id


def test_an_editor_gives_no_strategy_away(person, records, client):
    client.force_login(person(Role.REGIONAL_EDITOR))
    strategy, other = records[0]["strategy"], records[1]["strategy"]
    address, sent = form_of(client, strategy)
    answer = client.post(address, sent | {"region": other.region_id, "title": "x"})
    assert "region" in answer.context["adminform"].form.errors
    answer = client.post(address, sent | {"region": "", "title": "x"})
    assert answer.context["adminform"].form.errors
    # A priority of hers moved under another's strategy.
    address, sent = form_of(client, records[0]["priority"])
    answer = client.post(address, sent | {"strategy": other.pk, "change_reason": "x"})
    assert "strategy" in answer.context["adminform"].form.errors
    assert Strategy.objects.get(pk=strategy.pk).region_id == strategy.region_id
    assert Priority.objects.filter(strategy=other).count() == 1


def test_bulk_actions_pass_others_records_by(person, records, client):
    client.force_login(person(Role.SECRETARIAT))
    ids = [group["partner"].pk for group in records]
    listing = reverse("admin:projects_partner_changelist")
    client.post(
        listing,
        {"action": "delete_selected", "_selected_action": ids, "post": "yes"},
    )
    assert list(Partner.objects.values_list("pk", flat=True)) == [ids[1]]
    mine = records[0]["project"]
    listing = reverse("admin:projects_project_changelist")
    client.post(listing, {"action": "archive_chosen", "_selected_action": [mine.pk]})
    mine.refresh_from_db()
    assert mine.state == "published"


@pytest.mark.parametrize("role", [Role.REGIONAL_EDITOR, Role.SECRETARIAT, Role.EXPERT])
def test_roles_are_given_by_curators_only(role, person, client):
    user = person(role)
    client.force_login(user)
    answer = client.post(
        reverse("admin:accounts_scope_add"), {"user": user.pk, "role": Role.CURATOR}
    )
    assert answer.status_code == 403
    assert not user.scopes.filter(role=Role.CURATOR).exists()


def test_a_curator_gives_a_role_and_opens_the_desk(person, client):
    client.force_login(person(Role.CURATOR))
    user = factories.UserFactory()
    sent = {"user": user.pk, "role": Role.CURATOR, "programme_code": ""}
    assert client.post(reverse("admin:accounts_scope_add"), sent).status_code == 302
    user.refresh_from_db()
    assert user.is_staff
    # People themselves are not theirs to change.
    page = reverse("admin:accounts_user_change", args=[user.pk])
    assert client.post(page, {"is_superuser": "on"}).status_code == 403


def test_autocomplete_offers_what_the_form_takes(person, records, client):
    client.force_login(person(Role.REGIONAL_EDITOR))
    asked = {"app_label": "strategies", "model_name": "strategy", "term": ""}
    answer = client.get(reverse("admin:autocomplete"), asked | {"field_name": "region"})
    offered = {int(row["id"]) for row in answer.json()["results"]}
    region = records[0]["strategy"].region
    assert offered == {region.pk, region.parent_id}
    asked = {"app_label": "projects", "model_name": "partner", "field_name": "project"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 403
