"""The search keeps in step with its records."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_delete, post_save, pre_delete

from accounts.models import Organisation
from indicators.models import Series
from practices.models import GoodPractice
from projects.models import Project
from search import changes
from search.makers import BY_KIND, MAKERS
from search.models import SearchDocument
from search.queries import find
from sources.bulk import written_in_bulk
from sources.curation import Publication
from tests.factories import (
    CallFactory,
    GlossaryTermFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    PartnerFactory,
    PriorityFactory,
    ProgrammeFactory,
    ProjectFactory,
    RegionFactory,
)

DRAFT, PUBLISHED = Publication.DRAFT, Publication.PUBLISHED


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ProjectFactory, "acronym"),
        (OrganisationFactory, "name"),
        (ProgrammeFactory, "name"),
        (CallFactory, "title"),
        (PriorityFactory, "name"),
        (GlossaryTermFactory, "term"),
    ],
)
def test_a_record_is_found_from_its_publication_to_its_end(
    committed, titles, factory, field
):
    with committed():
        record = factory(**{field: "Quetzal works", "state": DRAFT})
    assert titles("quetzal") == []
    with committed():
        record.state = PUBLISHED
        record.save()
    assert len(titles("quetzal")) == 1
    with committed():
        setattr(record, field, "Zorilla works")
        record.save()
    assert titles("quetzal") == []
    assert len(titles("zorilla")) == 1
    with committed():
        record.delete()
    assert titles("zorilla") == []


@pytest.mark.parametrize(
    ("factory", "parent", "field"),
    [(CallFactory, "programme", "title"), (PriorityFactory, "strategy", "name")],
)
def test_a_parent_takes_its_records_along(committed, titles, factory, parent, field):
    with committed():
        record = factory(**{field: "Quetzal works"})
    assert titles("quetzal") == ["Quetzal works"]
    owner = getattr(record, parent)
    with committed():
        owner.state = DRAFT
        owner.save()
    assert titles("quetzal") == []
    with committed():
        owner.state = PUBLISHED
        owner.save()
    assert titles("quetzal") == ["Quetzal works"]


class TestWhatIsToldOfOthers:
    def test_a_partner_is_found_while_it_is_public(self, committed, titles):
        with committed():
            project = ProjectFactory(acronym="OAK", name="")
            partner = PartnerFactory(project=project, name="Quetzal University")
        assert titles("quetzal", "project") == ["OAK"]
        with committed():
            partner.state = DRAFT
            partner.save()
        assert titles("quetzal", "project") == []

    def test_a_partners_organisation_is_named_while_it_is_public(
        self, committed, titles
    ):
        with committed():
            body = OrganisationFactory(name="Quetzal University")
            PartnerFactory(project__acronym="OAK", name="A place", organisation=body)
        assert len(titles("quetzal", "project")) == 1
        with committed():
            body.state = DRAFT
            body.save()
        assert titles("quetzal") == []

    def test_a_draft_programme_is_not_named(self, committed):
        with committed():
            project = ProjectFactory(
                acronym="OAK", programme__acronym="QUETZAL", programme__state=DRAFT
            )
        assert SearchDocument.objects.get(kind="project").note == ""
        with committed():
            project.programme.state = PUBLISHED
            project.programme.save()
        assert "QUETZAL" in SearchDocument.objects.get(kind="project").note

    def test_a_deleted_partner_is_forgotten(self, committed, titles):
        with committed():
            partner = PartnerFactory(name="Quetzal University")
        with committed():
            partner.delete()
        assert titles("quetzal") == []

    def test_a_merged_organisation_is_not_found(self, committed, titles):
        with committed():
            body, twin = OrganisationFactory.create_batch(2, name="Quetzal University")
        assert len(titles("quetzal")) == 2
        with committed():
            twin.merged_into = body
            twin.save()
        assert len(titles("quetzal")) == 1


class TestPractices:
    """Their document is made from what readers see, wherever their page is."""

    def document(self, practice):
        maker = BY_KIND["practice"]
        records = maker.records().filter(pk=practice.pk)
        return next(iter(maker.make(records)), None)

    @pytest.fixture(autouse=True)
    def _page(self, monkeypatch):
        monkeypatch.setattr(
            GoodPractice, "get_absolute_url", lambda item: f"/practices/{item.slug}/"
        )

    def test_a_draft_has_none(self, db):
        assert self.document(GoodPracticeFactory(state=DRAFT)) is None

    def test_a_draft_project_is_not_named(self, committed, titles):
        with committed():
            project = ProjectFactory(acronym="QUETZAL")
            GoodPracticeFactory(title="Growing oaks", project=project)
        assert "Growing oaks" in titles("quetzal", "practice")
        with committed():
            project.state = DRAFT
            project.save()
        assert titles("quetzal") == []
        assert titles("growing oaks") == ["Growing oaks"]

    def test_a_deleted_project_is_not_named(self, committed, titles):
        with committed():
            project = ProjectFactory(acronym="QUETZAL")
            GoodPracticeFactory(title="Growing oaks", project=project)
        with committed():
            project.delete()
        assert titles("quetzal") == []

    def test_regions_given_later_count(self, committed, titles):
        with committed():
            practice = GoodPracticeFactory(title="Growing oaks")
        with committed():
            practice.regions.add(RegionFactory(name="Quetzalia"))
        assert titles("quetzalia", "practice") == ["Growing oaks"]


class TestCost:
    def test_a_save_that_changes_nothing_shown_writes_no_document(self, committed):
        with committed():
            project = ProjectFactory()
        before = SearchDocument.objects.get(kind="project").pk
        statements = []

        def note(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note), committed():
            project.note = "for curators"
            project.save()
        assert not [sql for sql in statements if 'INTO "search_' in sql]
        assert SearchDocument.objects.get(kind="project").pk == before

    def test_many_saves_are_looked_at_together(self, committed, monkeypatch):
        seen = []
        monkeypatch.setattr(
            changes, "refresh", lambda maker, keys: seen.append((maker.kind, len(keys)))
        )
        with committed():
            OrganisationFactory.create_batch(20)
        assert seen == [("organisation", 20)]

    def test_tables_of_figures_are_not_listened_to(self):
        mine = [changes._saved, changes._deleted]
        for signal in (post_save, post_delete, pre_delete):
            receivers = signal._live_receivers(Series)
            assert not any(item in mine for group in receivers for item in group)


@pytest.mark.django_db(transaction=True)
def test_a_failing_search_breaks_no_save(monkeypatch, caplog):
    def fail(*_):
        raise DatabaseError("the index is broken")

    monkeypatch.setattr(changes, "refresh", fail)
    project = ProjectFactory(acronym="OAK")
    assert Project.objects.get(pk=project.pk).acronym == "OAK"
    assert "the index is broken" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_found():
    with transaction.atomic():
        ProjectFactory(acronym="QUETZAL")
        transaction.set_rollback(True)
    ProjectFactory(acronym="OAK")
    assert find("quetzal").total == 0
    assert find("oak").total == 1


def test_a_bulk_write_is_followed_when_it_is_told(committed, titles):
    with committed():
        OrganisationFactory(name="Quetzal University")
    with committed():
        Organisation.objects.update(state=DRAFT)
        written_in_bulk.send(Organisation)
    assert titles("quetzal") == []


def test_kinds_are_named_once():
    assert len({maker.kind for maker in MAKERS}) == len(MAKERS) == len(BY_KIND)
