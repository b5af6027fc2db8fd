"""Bringing everything into step, and databases that lack something."""

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import Organisation
from search.engines import engine
from search.engines.postgres import has_trigrams
from search.makers import MAKERS
from search.models import SearchDocument, SearchWord
from search.queries import find
from search.services import rebuild
from search.tasks import rebuild as task
from sources.curation import Publication
from tests.factories import OrganisationFactory, ProjectFactory, RegionFactory


def test_what_was_written_without_a_word_is_found(db, titles):
    OrganisationFactory(name="Quetzal University")
    assert titles("quetzal") == []
    task()
    assert titles("quetzal") == ["Quetzal University"]
    Organisation.objects.update(state=Publication.DRAFT)
    task()
    assert titles("quetzal") == []


def test_a_repeat_changes_nothing(db):
    ProjectFactory.create_batch(3)
    assert rebuild().changed >= 3
    assert rebuild().changed == 0


def test_words_of_no_document_are_forgotten(db):
    body = OrganisationFactory(name="Quetzal University")
    rebuild()
    assert SearchWord.objects.filter(word="quetzal").exists()
    body.delete()
    rebuild()
    assert not SearchWord.objects.filter(word="quetzal").exists()


def test_documents_of_a_kind_that_is_no_more_go(db):
    SearchDocument.objects.create(
        kind="gone", key=1, title="Old", url="/", forms="\nold\n", title_words="old"
    )
    rebuild()
    assert find("old").total == 0


def test_the_command_says_what_it_did(db, capsys):
    ProjectFactory()
    call_command("rebuild_search")
    assert "written or taken away" in capsys.readouterr().out


def test_a_long_text_is_cut_and_found(db, titles):
    ProjectFactory(acronym="OAK", name="", summary="quetzal " + "leaf " * 50_000)
    rebuild()
    assert titles("quetzal") == ["OAK"]


def test_an_index_that_was_lost_is_made_anew(db, titles):
    OrganisationFactory(name="Quetzal University")
    rebuild()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER search_fts_insert")
        else:
            cursor.execute("DROP INDEX search_vector_idx")
    OrganisationFactory(name="Quetzal Academy")
    rebuild()
    assert len(titles("quetzal")) == 2


def test_slips_are_forgiven_without_trigrams(db, monkeypatch):
    OrganisationFactory(name="Quetzal University")
    rebuild()
    monkeypatch.setattr(type(engine()), "similar", lambda self, typed: None)
    assert find("uinversity").total == 1
    assert find("unversty").total == 1


def test_the_search_works_where_an_extension_may_not_be_made(db):
    """As a role that may not create extensions meets it; SQLite needs none."""
    OrganisationFactory(name="Quetzal University")
    assert rebuild().warnings == ()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            again = without_extension(cursor)
            assert "CREATE EXTENSION pg_trgm" in rebuild().warnings[0]
            assert not has_trigrams()
            assert find("uinversity").total == 1
            cursor.execute(again)
        assert rebuild().warnings == ()
        assert has_trigrams()
    assert find("uinversity").total == 1


def without_extension(cursor) -> str:
    """Go on as one who may not make it; what gives the right back, until the rollback.

    An administrator may make everything, and so goes on as a role that owns the search
    and nothing else.
    """
    cursor.execute("DROP EXTENSION pg_trgm CASCADE")
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    (is_administrator,) = cursor.fetchone()
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    if not is_administrator:
        cursor.execute(f"REVOKE CREATE ON DATABASE {database} FROM CURRENT_USER")
        return f"GRANT CREATE ON DATABASE {database} TO CURRENT_USER"
    for statement in (
        "CREATE ROLE search_plain",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO search_plain",
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO search_plain",
        "GRANT ALL ON SCHEMA public TO search_plain",
        "ALTER TABLE search_searchdocument OWNER TO search_plain",
        "SET LOCAL ROLE search_plain",
    ):
        cursor.execute(statement)
    return "RESET ROLE"


class TestFormerNames:
    """Regions by the codes and names of all NUTS versions, as the starter has them."""

    @pytest.mark.parametrize(
        ("q", "code", "note"),
        [
            ("FR41", "FRF3", "FR41 in NUTS 2013, today FRF3"),
            ("GR30", "EL30", "NUTS 2, Greece"),
            ("Αττική", "EL30", "NUTS 2, Greece"),
            ("toscana", "ITI1", "NUTS 2, Italy"),
            ("tosacna", "ITI1", "NUTS 2, Italy"),
            ("lodzkie", "PL71", "NUTS 2, Poland"),
            ("budap", "HU11", "NUTS 2, Hungary"),
            ("estonia", "EE", "country"),
            ("eesti", "EE", "country"),
        ],
    )
    def test_lead_to_the_region_of_today(self, starter, q, code, note):
        found = find(q, ["region"])
        hit = found.hits(list(found.records[:1]))[0]
        assert hit.url == f"/regions/{code}/"
        assert hit.note == note

    def test_a_code_that_was_split_leads_to_all_parts(self, starter):
        found = find("hu10", ["region"])
        hits = found.hits(list(found.records))
        assert {hit.url for hit in hits} == {"/regions/HU11/", "/regions/HU12/"}
        assert {hit.note for hit in hits} == {"holds a part of HU10 (NUTS 2013)"}

    def test_every_public_record_of_the_starter_is_there(self, starter):
        for maker in MAKERS:
            held = SearchDocument.objects.filter(kind=maker.kind).count()
            made = sum(1 for _ in maker.make(maker.records()))
            assert held == made, maker.kind
        assert SearchDocument.objects.filter(kind="region").count() > 400

    def test_a_region_alone_needs_no_history(self, db):
        RegionFactory(name="Quetzalia")
        rebuild()
        assert find("quetzalia").total == 1
