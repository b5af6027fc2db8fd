"""How projects are found, against counting by hand on the starter's projects."""

import pytest
from django.db.models import Q
from django.http import QueryDict

from projects.listing import PROJECTS
from projects.models import Partner, Project
from projects.queries import listed_projects
from sources.curation import Publication
from sources.facets import NOT_RECORDED
from sources.queryforms import validate
from tests.factories import (
    OrganisationFactory,
    PartnerFactory,
    ProgrammeFactory,
    ProgrammeThemeFactory,
    ProjectFactory,
    ThemeFactory,
)


def search(text=""):
    query = validate(PROJECTS.form_class(), QueryDict(text))
    return PROJECTS.search(listed_projects(), query)


def acronyms(text):
    return {project.acronym for project in search(text).records}


def option(found, facet, value):
    view = next(view for view in found.facets if view.name == facet)
    return next(item for item in view.options if item.value == value)


def ancestors(region):
    while region is not None:
        yield region.code
        region = region.parent


@pytest.fixture
def territories(starter):
    """By hand: the territories of each public project, from its public partners."""
    seats = Partner.objects.filter(
        state=Publication.PUBLISHED, project__state=Publication.PUBLISHED
    ).select_related("project", "region__parent__parent")
    held = {}
    for seat in seats:
        codes = {*ancestors(seat.region), seat.country} - {""}
        held.setdefault(seat.project.acronym, set()).update(codes)
    return held


class TestTerritory:
    @pytest.mark.parametrize("code", ["ES21", "ES2", "ES", "FR", "UKM", "UK", "EE00"])
    def test_takes_in_its_parts(self, territories, code):
        by_hand = {name for name, codes in territories.items() if code in codes}
        assert by_hand
        assert acronyms(f"region={code}") == by_hand

    def test_counts_what_choosing_it_finds(self, starter):
        found = search("programme=interreg-ivc-2007-2013")
        view = next(view for view in found.facets if view.name == "region")
        assert len(view.options) > 20
        for item in view.options:
            text = f"programme=interreg-ivc-2007-2013&region={item.value}"
            query = validate(PROJECTS.form_class(), QueryDict(text))
            chosen = PROJECTS.narrowed(listed_projects(), query)
            assert chosen.count() == item.count, item

    def test_without_a_region(self, starter, territories):
        placed = Partner.objects.public().filter(region__isnull=False)
        by_hand = Project.objects.public().exclude(partners__in=placed)
        assert search("region=none").total == by_hand.count()


class TestWords:
    @pytest.fixture(autouse=True)
    def _project(self, db):
        body = OrganisationFactory(name="Agência de Inovação")
        self.project = ProjectFactory(
            acronym="LUMIÈRE", name="Light for regions", summary="Straßen and more."
        )
        PartnerFactory(
            project=self.project, organisation=body, name="AdI", town="Évora"
        )
        ProjectFactory(acronym="OTHER")

    @pytest.mark.parametrize(
        "words",
        ["lumiere", "LUMIÈRE", "light", "strassen", "evora", "agencia", "regions adi"],
    )
    def test_are_found_however_they_are_written(self, words):
        assert acronyms(QueryString(words)) == {"LUMIÈRE"}

    def test_all_of_them_are_needed(self):
        assert search(QueryString("light nowhere")).total == 0

    @pytest.mark.parametrize("words", ["%", "_", "'", "--", '"'])
    def test_marks_are_no_words(self, words):
        assert search(QueryString(words)).total == 2

    def test_a_renamed_project_is_found_by_its_new_name(self):
        self.project.acronym = "SHADOW"
        self.project.save()
        assert acronyms("q=shadow") == {"SHADOW"}
        assert search("q=lumiere").total == 0

    def test_what_a_renamed_organisation_says_is_found(self):
        body = OrganisationFactory(name="Old works")
        PartnerFactory(project=self.project, organisation=body, name="Works")
        assert acronyms("q=old+works") == {"LUMIÈRE"}
        body.name = "New works"
        body.save()
        assert acronyms("q=new+works") == {"LUMIÈRE"}
        assert search("q=old+works").total == 0

    def test_what_a_draft_organisation_says_is_not_found(self):
        body = OrganisationFactory(name="Secret body", state=Publication.DRAFT)
        PartnerFactory(project=self.project, organisation=body, name="Body")
        assert search("q=secret").total == 0

    def test_no_word_reaches_from_one_text_into_the_next(self):
        PartnerFactory(project=self.project, name="Sun")
        PartnerFactory(project=self.project, name="Rise")
        assert search("q=sunrise").total == 0

    def test_a_file_has_what_the_list_has(self):
        for words in ("light evora", "other", "nowhere"):
            query = validate(PROJECTS.form_class(), QueryDict(QueryString(words)))
            narrowed = PROJECTS.narrowed(listed_projects(), query)
            assert {p.acronym for p in narrowed} == acronyms(QueryString(words))

    def test_are_found_as_sql_would(self):
        """The texts in memory against LIKE on the same tables."""
        for word in ("li", "ght for", "evora", "inovacao", "project", "a", "xyz"):
            by_hand = Project.objects.public()
            for part in word.split():
                seats = Partner.objects.public().filter(
                    Q(search_text__contains=part)
                    | Q(
                        organisation__state=Publication.PUBLISHED,
                        organisation__normalised_name__contains=part,
                    )
                )
                by_hand = by_hand.filter(
                    Q(search_text__contains=part) | Q(pk__in=seats.values("project"))
                )
            expected = {project.acronym for project in by_hand}
            assert acronyms(QueryString(word)) == expected, word

    def test_what_a_draft_partner_says_is_not_found(self):
        PartnerFactory(
            project=self.project, name="Hidden seat", state=Publication.DRAFT
        )
        assert search("q=hidden").total == 0


def QueryString(words):  # noqa: N802  # reads as what it makes
    query = QueryDict(mutable=True)
    query["q"] = words
    return query.urlencode()


class TestDoubt:
    def test_drafts_are_in_no_list_and_no_count(self, starter):
        drafts = Project.objects.exclude(state=Publication.PUBLISHED)
        assert drafts
        found = search()
        assert found.of == Project.objects.public().count()
        assert not {p.pk for p in drafts} & {p.pk for p in found.records}

    def test_names_of_draft_parents_are_not_told(self, db):
        programme = ProgrammeFactory(state=Publication.DRAFT, slug="secret")
        theme = ProgrammeThemeFactory(name="Hidden theme", state=Publication.DRAFT)
        ProjectFactory(programme=programme, ivc_theme=theme)
        found = search()
        for facet in ("programme", "programme_theme", "period"):
            assert option(found, facet, "none").count == 1
        assert search("programme=secret").total == 0
        assert search("programme_theme=Hidden+theme").total == 0
        assert search("programme=none").total == 1

    def test_countries_of_draft_partners_do_not_count(self, db):
        PartnerFactory(country="IT", state=Publication.DRAFT, project=ProjectFactory())
        assert search("country=IT").total == 0
        assert option(search(), "country", "none").count == 1


class TestOrders:
    def test_largest_budget_first_and_unknown_last(self, starter):
        budgets = [p.total_budget for p in search("sort=budget").records]
        known = [budget for budget in budgets if budget is not None]
        assert known == sorted(known, reverse=True)
        assert budgets == known + [None] * (len(budgets) - len(known))

    def test_most_complete_first(self, starter):
        first, *_others, last = search().records
        assert first.acronym == "KNOW-HUB"
        assert first.summary
        assert first.total_budget
        assert not last.objectives

    def test_by_acronym(self, starter):
        names = list(search("sort=acronym").records.values_list("acronym", flat=True))
        assert set(names) == set(
            Project.objects.public().values_list("acronym", flat=True)
        )


def test_statements_do_not_grow_with_the_projects(db, django_assert_num_queries):
    for _round in range(2):
        PartnerFactory.create_batch(4, project=ProjectFactory())
        # What has changed, the keys, thirteen facets, four for the texts; the records
        # with their partners and topics.
        with django_assert_num_queries(22):
            list(search("q=project&country=ES").records)
        # The texts are held: words cost no statement.
        with django_assert_num_queries(4):
            list(search("q=project&country=ES&sort=start").records)


def country_counts(text: str = "") -> dict[str, int]:
    found = {facet.name: facet for facet in search(text).facets}
    return {option.value: option.count for option in found["country"].options}


class TestCountsKeepUp:
    """What is kept of the facets is forgotten when a row behind them changes."""

    @pytest.fixture
    def partner(self, db):
        partner = PartnerFactory(country="ES")
        assert country_counts() == {"ES": 1}
        return partner

    def test_with_a_partner_that_moves(self, partner):
        partner.country = "FR"
        partner.save()
        assert country_counts() == {"FR": 1}

    def test_with_a_partner_withdrawn_in_bulk(self, partner):
        Partner.objects.filter(pk=partner.pk).update(state="draft")
        assert country_counts() == {NOT_RECORDED: 1}

    def test_with_a_partner_deleted(self, partner):
        partner.delete()
        assert country_counts() == {NOT_RECORDED: 1}

    def test_with_a_topic_added(self, partner):
        theme = ThemeFactory()
        partner.project.themes.add(theme)
        assert search(f"theme={theme.slug}").total == 1
