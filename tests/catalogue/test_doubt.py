"""What the fact book doubts is not public, in no count, and waits to be checked."""

import pytest

from accounts.models import Organisation
from practices.models import GoodPractice
from programmes.models import Programme, ProgrammePriority, SupportActivity
from projects.models import Partner, Project, ProjectOutput
from sources.evidence import FieldCheck
from strategies.models import CodeList, CodeListEntry, GlossaryTerm, Priority, Strategy

pytestmark = pytest.mark.django_db
CORE = "core_projects"
OTHERS = ("other_interreg_ivc_projects", "successor_interreg_europe_projects")
# What a field of the fact book is called here.
PROJECT_FIELDS = {
    "theme": "ivc_theme",
    "title": "name",
    "type_of_intervention": "intervention_type",
}
PRACTICE_FIELDS = {
    "nuts2": "regions",
    "nuts2_list": "regions",
    "organisation": "organisation_name",
}


def open_fields(record):
    return set(record.checks.open().exclude(field="").values_list("field", flat=True))


def test_counts_of_all_records(starter):
    """As the fact book has them: everything is held."""
    assert Project.objects.count() == 62
    assert GoodPractice.objects.count() == 51
    assert Programme.objects.count() == 64
    assert SupportActivity.objects.count() == 19
    assert Strategy.objects.count() == 91
    assert Priority.objects.count() == 458
    assert GlossaryTerm.objects.count() == 56
    assert Partner.objects.count() == 127
    assert Organisation.objects.count() == 89


def test_counts_of_public_records(starter):
    assert Project.objects.public().count() == 60
    assert GoodPractice.objects.public().count() == 51
    assert Programme.objects.public().count() == 64
    assert SupportActivity.objects.public().count() == 11
    assert Strategy.objects.public().count() == 77
    assert GlossaryTerm.objects.public().count() == 56
    assert CodeList.objects.public().count() == 9


@pytest.mark.real_files
def test_records_in_doubt_are_drafts(starter, fact_book):
    book = fact_book["projects"]
    for entry in [e for kind in OTHERS for e in book[kind]]:
        project = Project.objects.get(acronym=entry["acronym"])
        assert project.is_public is not entry.get("uncertain", False)
    for entry in fact_book["programmes"]["support_activities"]:
        activity = SupportActivity.objects.get(name=entry["name"])
        assert activity.is_public is not entry.get("uncertain", False)
    for entry in fact_book["s3_priorities"]["regions"]:
        strategy = Strategy.objects.get(nuts_code=entry["nuts"])
        assert strategy.is_public is entry["verified"]
        assert strategy.is_verified is entry["verified"]
        if not entry["verified"]:
            assert not strategy.priorities.public().exists()
    for entry in book[CORE]:
        for item in entry["partners"]:
            partner = Partner.objects.get(
                project__acronym=entry["acronym"], name=item["organisation"]
            )
            assert partner.is_public is not item.get("uncertain", False)


@pytest.mark.real_files
def test_values_in_doubt_are_kept_out_of_their_columns(starter, fact_book):
    """Each field that the fact book doubts is empty here, and has its check."""
    for entry in [e for kind in OTHERS for e in fact_book["projects"][kind]]:
        project = Project.objects.get(acronym=entry["acronym"])
        doubted = set(entry.get("uncertain_fields", []))
        if "lead_partner" in doubted:
            assert not project.partners.public().leads().exists()
        wanted = {PROJECT_FIELDS.get(n, n) for n in doubted - {"lead_partner"}}
        assert open_fields(project) == wanted == set(project.uncertain_fields)
        assert not any(getattr(project, name) for name in wanted)
    for entry in fact_book["good_practices"]["good_practices"]:
        practice = GoodPractice.objects.get(title=entry["title"])
        doubted = set(entry.get("uncertain_fields", []))
        wanted = {PRACTICE_FIELDS.get(n, n) for n in doubted}
        assert open_fields(practice) == wanted == set(practice.uncertain_fields)
        for name in wanted - {"regions"}:
            assert not getattr(practice, name)
        assert "regions" not in wanted or not practice.regions.exists()
    for entry in fact_book["programmes"]["programmes"]:
        if "uncertain_fields" in entry:
            programme = Programme.objects.get(
                acronym=entry["acronym"], last_year=int(entry["period"][5:9])
            )
            assert programme.budget is None
            check = programme.checks.open().get(field="budget")
            assert float(check.value) == entry["budget_eur_bn"]


def test_the_theme_of_tres_waits(starter):
    tres = Project.objects.get(slug="tres")
    check = tres.checks.open().get(field="ivc_theme")
    assert check.value == "Innovation, research and technology development"
    assert tres.ivc_theme is None
    assert tres.outputs.public().count() == 4
    assert ProjectOutput.objects.filter(project=tres).count() == 5


def test_priorities_named_from_general_knowledge_wait(starter):
    """Their strategy was read on a page, they were not."""
    strategy = Strategy.objects.get(nuts_code="PL41")
    public = {priority.name for priority in strategy.priorities.public()}
    assert public == {"Industry of tomorrow", "Modern medical technologies"}
    waiting = strategy.priorities.waiting()
    assert waiting.count() == 4
    for priority in waiting:
        assert "general knowledge" in priority.checks.open().get().reason


def test_the_second_priority_of_interreg_ivc_waits(starter):
    public = ProgrammePriority.objects.public()
    assert [priority.number for priority in public] == [1]


def test_drafts_of_the_guide_are_hidden_with_their_lines(starter):
    assert not CodeList.objects.public().filter(code="self-assessment-wheel").exists()
    lines = CodeListEntry.objects.public()
    assert not lines.filter(code_list__code="self-assessment-wheel").exists()
    assert not lines.filter(code__startswith="postcards").exists()
    assert lines.filter(code_list__code="ris3-steps").headings().count() == 6


def test_every_draft_has_somebody_asked_to_check_it(starter):
    """Partners and priorities of a draft wait with it."""
    for model in (Project, GoodPractice, Programme, SupportActivity, Strategy):
        for record in model.objects.waiting():
            assert record.checks.open().filter(field="").count() == 1, record
    for partner in Partner.objects.waiting().filter(project__state="published"):
        assert partner.checks.open().exists(), partner


def test_no_public_text_speaks_of_general_knowledge(starter):
    """Such remarks are for curators: they are reasons of checks."""
    for model in (
        Project,
        GoodPractice,
        Programme,
        SupportActivity,
        Strategy,
        Priority,
    ):
        for record in model.objects.public():
            assert "general knowledge" not in record.note, record
    assert FieldCheck.objects.open().filter(reason__contains="general knowledge")
