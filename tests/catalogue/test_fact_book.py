"""Nothing of the fact book is lost on the way into the portal.

Every value of every record must be found with the record it belongs to. What is not
there as a value is listed here with its reason, and tested on its own.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from practices.models import GoodPractice
from programmes.models import PolicyArea, Programme, SupportActivity
from projects.models import Project
from strategies.models import CodeList, Domain, GlossaryTerm, Strategy
from tests.catalogue.told import says, told

pytestmark = [pytest.mark.django_db, pytest.mark.real_files]

# Marks that decide about publication; test_doubt looks at them.
MARKS = {"verified", "uncertain", "uncertain_fields", "theme_uncertain"}
# Greece is EL here, as in NUTS.
COUNTRY = {"GR": "EL"}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in MARKS:
                yield from leaves(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    elif value not in ("", None) and not isinstance(value, bool):
        yield path, value


def lost(entry: dict[str, Any], record: Any, skip: set[str]) -> list[str]:
    haystack = told(record)
    return [
        f"{record}{path}: {value}"
        for path, value in leaves(entry)
        if path not in skip and not says(haystack, COUNTRY.get(str(value), value))
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "core_projects",
        "other_interreg_ivc_projects",
        "successor_interreg_europe_projects",
    ],
)
def test_every_value_of_a_project_is_held(starter, fact_book, kind):
    skip = {
        ".priority",  # "1: Innovation...": number and name are apart
        ".partners.role",  # "lead" is a flag
        ".regions",  # PIKE's are countries by code, held as partners
    }
    for entry in fact_book["projects"][kind]:
        record = Project.objects.get(acronym=entry["acronym"])
        entry = {**entry, "partners": [_plain(p) for p in entry.get("partners", [])]}
        assert lost(entry, record, skip) == []


def _plain(partner: Any) -> Any:
    """ "Veneto Region (IT)": what stands in brackets is apart here."""
    if isinstance(partner, str) and partner.endswith(")"):
        return partner[:-1].split(" (")
    return partner


def test_a_project_has_the_priority_and_lead_of_the_fact_book(starter, fact_book):
    for kind in ("core_projects", "other_interreg_ivc_projects"):
        for entry in fact_book["projects"][kind]:
            project = Project.objects.get(acronym=entry["acronym"])
            assert str(project.ivc_priority) == entry["priority"]
            leads = [p.name for p in project.partners.leads()]
            assert leads == [n for n in [entry.get("lead_partner")] if n]


def test_every_value_of_a_practice_is_held(starter, fact_book):
    for entry in fact_book["good_practices"]["good_practices"]:
        record = GoodPractice.objects.get(title=entry["title"])
        assert lost(entry, record, set()) == []


def test_every_value_of_a_programme_is_held(starter, fact_book):
    skip = {
        ".period",  # budget period and the years it ran are apart
        ".part_of",  # the strand in brackets is apart
    }
    entries = fact_book["programmes"]["programmes"]
    assert Programme.objects.count() == len(entries)
    for entry in entries:
        years = entry["period"].split(" (from ")
        last = int(years[0][5:])
        record = Programme.objects.get(acronym=entry["acronym"], last_year=last)
        assert record.first_year == int((years[-1])[:4])
        assert lost(entry, record, skip) == []
        if "part_of" in entry:
            whole = f"{record.part_of.acronym} ({record.strand})".replace(" ()", "")
            assert whole == entry["part_of"]


def test_every_value_of_interreg_ivc_is_held(starter, fact_book):
    entry = fact_book["projects"]["programme"]
    skip = {
        ".partners_by_country_top3",  # countries are spelled out
        ".projects_approved_by_call.call",  # 1 and "4 (last)" are codes and titles
        ".priorities.sub_themes",  # below the priorities: see the next test
        ".priorities.sub_themes_uncertain",
    }
    assert lost(entry, Programme.objects.get(acronym="INTERREG IVC"), skip) == []


def test_the_priorities_of_interreg_ivc_have_their_themes(starter, fact_book):
    programme = Programme.objects.get(acronym="INTERREG IVC")
    for entry in fact_book["projects"]["programme"]["priorities"]:
        priority = programme.priorities.get(number=entry["id"])
        assert [theme.name for theme in priority.themes.all()] == entry["sub_themes"]


def test_every_value_of_a_support_activity_is_held(starter, fact_book):
    for entry in fact_book["programmes"]["support_activities"]:
        record = SupportActivity.objects.get(name=entry["name"])
        assert lost(entry, record, set()) == []


def test_every_value_of_a_strategy_is_held(starter, fact_book):
    skip = {
        ".nuts_level",  # the length of the code
        ".country",  # the first two letters of the code
        ".covers_nuts2",  # regions of today: see below
        ".partner_region_of",  # follows from the projects' partners: see below
        ".priorities.mapped.economic_domains",  # test_every_priority_...
        ".priorities.mapped.policy_objectives",
    }
    for entry in fact_book["s3_priorities"]["regions"]:
        record = Strategy.objects.get(nuts_code=entry["nuts"], period=entry["period"])
        assert lost(entry, record, skip) == []


def test_every_priority_is_tagged_as_in_the_fact_book(starter, fact_book):
    for entry in fact_book["s3_priorities"]["regions"]:
        record = Strategy.objects.get(nuts_code=entry["nuts"], period=entry["period"])
        held = list(record.priorities.prefetch_related("domains"))
        for priority, wanted in zip(held, entry["priorities"], strict=True):
            tagged = {(d.kind, d.code) for d in priority.domains.all()}
            mapped = wanted["mapped"]
            assert tagged == {
                *(("economic", code) for code in mapped.get("economic_domains", [])),
                *(("policy", code) for code in mapped.get("policy_objectives", [])),
            }


def test_a_wider_strategy_covers_its_regions_of_today(starter, fact_book):
    seen = 0
    for entry in fact_book["s3_priorities"]["regions"]:
        record = Strategy.objects.get(nuts_code=entry["nuts"], period=entry["period"])
        given = entry.get("covers_nuts2", [])
        held = {
            code
            for region in record.covers.all()
            for code in region.targets.values_list("target__code", flat=True)
        }
        assert set(given) <= held
        assert record.covers.count() == len(given)
        seen += len(given)
    assert seen == 28


def test_partner_regions_follow_from_the_projects(starter, fact_book):
    for entry in fact_book["s3_priorities"]["regions"]:
        record = Strategy.objects.get(nuts_code=entry["nuts"], period=entry["period"])
        for acronym in entry.get("partner_region_of", []):
            project = Project.objects.get(acronym=acronym)
            assert project.partners.in_territory(record.region).exists(), entry["nuts"]


def test_every_term_is_held(starter, fact_book):
    for entry in fact_book["glossary"]["terms"]:
        assert lost(entry, GlossaryTerm.objects.get(term=entry["term"]), set()) == []


def test_every_domain_is_held(starter, fact_book):
    lists = fact_book["taxonomies"]["eye_ris3"]
    kinds = {
        "economic": lists["economic_domains"],
        "scientific": lists["scientific_domains_nabs2007"],
        "policy": lists["policy_objectives"],
    }
    for kind, headings in kinds.items():
        held = list(Domain.objects.of_kind(kind).headings())
        assert [d.name for d in held] == [h["name"] for h in headings]
        for domain, heading in zip(held, headings, strict=True):
            parts = [(d.code, d.name) for d in domain.children.all()]
            assert parts == [(s["code"], s["name"]) for s in heading["sub"]]


def test_every_list_of_the_taxonomies_is_held(starter, fact_book):
    """What is left of that file, in the guide's lists."""
    haystack = " ".join(told(code_list) for code_list in CodeList.objects.all())
    book = dict(fact_book["taxonomies"])
    book["eye_ris3"] = {
        name: value
        for name, value in book["eye_ris3"].items()
        if name in ("note", "sources", "data_facts")
    }
    # Keys of the policy areas: test_policy_areas.
    book.pop("policy_areas_of_the_portal")
    missing = [
        f"{path}: {value}" for path, value in leaves(book) if not says(haystack, value)
    ]
    assert missing == []


def test_policy_areas_are_held(starter, fact_book):
    held = dict(PolicyArea.objects.values_list("code", "name"))
    assert held == fact_book["programmes"]["policy_areas"]
    assert list(held) == fact_book["taxonomies"]["policy_areas_of_the_portal"]
