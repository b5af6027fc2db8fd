"""What is found and in which order; the same on every database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.models import SearchDocument
from search.queries import find, suggest
from search.services import rebuild
from tests.factories import (
    CountryFactory,
    DomainFactory,
    GlossaryTermFactory,
    OrganisationFactory,
    PartnerFactory,
    PriorityFactory,
    ProgrammeFactory,
    ProjectFactory,
    RegionFactory,
)


@pytest.fixture
def catalogue(db):
    """A few records around the same words; the search is built at the end."""
    spain = CountryFactory(code="ES", name="España")
    basque = RegionFactory(
        code="ES21", parent=spain, name="País Vasco", name_native="País Vasco"
    )
    programme = ProgrammeFactory(acronym="COSME", name="Competitiveness of firms")
    project = ProjectFactory(
        acronym="FOTON",
        name="Photonics for the regions",
        summary="Vouchers that pay for a first look at optics.",
        programme=programme,
    )
    PartnerFactory(project=project, name="Ćwikła Institute", town="Łódź")
    OrganisationFactory(name="Photonics", acronym="", town="Derio")
    OrganisationFactory(name="Oberphotonics Verein", acronym="")
    OrganisationFactory(name="Institute of Photonics", acronym="IPH")
    OrganisationFactory(name="Provincial Council", name_local="Δήμος Αθηναίων")
    GlossaryTermFactory(
        term="Innovation voucher", definition="A small sum for photonics and more."
    )
    DomainFactory(code="07.04", name="Health promotion")
    PriorityFactory(
        strategy__region=basque, strategy__area_name="País Vasco", name="Advanced steel"
    )
    rebuild()


@pytest.mark.usefixtures("catalogue")
class TestOrder:
    def test_the_exact_name_is_first_then_names_then_words_inside_then_texts(
        self, titles
    ):
        assert titles("photonics") == [
            "Photonics",  # an organisation, whose kind weighs least
            "FOTON: Photonics for the regions",
            "Institute of Photonics",
            "Oberphotonics Verein",
            "Innovation voucher",
        ]

    def test_a_code_leads_to_its_region_before_all_that_lies_in_it(self, titles):
        assert titles("ES21")[0] == "País Vasco (ES21)"
        assert titles("pais vasco") == [
            "País Vasco (ES21)",
            "País Vasco, 2021-2027",
            "Advanced steel",
        ]

    def test_a_code_with_a_point_is_a_name(self, titles):
        assert titles("07.04") == ["Health promotion"]

    def test_the_order_of_words_does_not_matter(self, titles):
        assert titles("vasco pais")[0] == "País Vasco (ES21)"

    def test_all_words_are_wanted(self, titles):
        assert titles("photonics institute")[0] == "Institute of Photonics"
        assert "Photonics" not in titles("photonics institute")
        assert titles("photonics cosme") == []

    def test_suggestions_are_the_first_results(self):
        found = find("photonics")
        hits = found.hits(list(found.records[:3]))
        assert [hit.label for hit in suggest("photonics", 3)] == [
            hit.label for hit in hits
        ]


@pytest.mark.usefixtures("catalogue")
class TestWriting:
    @pytest.mark.parametrize(
        ("q", "title"),
        [
            ("PAIS VASCO", "País Vasco (ES21)"),
            ("país vascó", "País Vasco (ES21)"),
            ("cwikla", "FOTON: Photonics for the regions"),
            ("Ćwikła łódź", "FOTON: Photonics for the regions"),
            ("δημος", "Provincial Council"),
            ("ΔΉΜΟΣ αθηναίων", "Provincial Council"),
        ],
    )
    def test_accents_and_case_matter_neither_way(self, titles, q, title):
        assert titles(q)[0] == title

    @pytest.mark.parametrize("q", ["p", "pa", "pai", "pais v", "país vas"])
    def test_the_beginning_of_a_word_is_enough(self, titles, q):
        assert "País Vasco (ES21)" in titles(q)

    @pytest.mark.parametrize(
        ("q", "meant"),
        [
            ("inovation", "innovation"),  # missing
            ("innovaation", "innovation"),  # added
            ("innobation", "innovation"),  # wrong
            ("innovaiton", "innovation"),  # swapped
            ("inovaiton", "innovation"),  # two slips
            ("imnovatiom", "innovation"),
            ("vuocher", "voucher"),
            ("inovation vuocher", "innovation voucher"),
            ("inovati", "innovation"),  # still typing
            ("vsaco", "vasco"),
            ("fotno", "foton"),
            ("δημσο", "δημοσ"),
        ],
    )
    def test_slips_are_forgiven_and_said(self, q, meant):
        found = find(q)
        assert found.total >= 1
        assert found.meant(found.hits(list(found.records))) == meant

    def test_titles_written_nearly_so_come_before_names_and_texts(self, titles):
        found = titles("phtonics")
        assert "Photonics" in found
        assert found[-1] == "Innovation voucher"

    def test_what_is_written_so_needs_no_other_spelling(self):
        found = find("innovation")
        assert found.meant(found.hits(list(found.records))) == ""

    def test_codes_are_never_corrected(self, titles):
        assert titles("ES22") == []
        assert titles("ES12") == []

    def test_near_words_follow_what_is_written_so(self, titles, committed):
        with committed():
            ProjectFactory(acronym="PHOTONIX", name="")
        assert titles("photonix")[0] == "PHOTONIX"
        assert "Photonics" in titles("photonix")


@pytest.mark.usefixtures("catalogue")
class TestCounts:
    def test_kinds_are_counted_whatever_kind_is_asked_for(self):
        everything = find("photonics")
        assert everything.counts == {"organisation": 3, "project": 1, "term": 1}
        assert everything.total == 5
        projects = find("photonics", ["project"])
        assert projects.counts == everything.counts
        assert projects.total == projects.records.count() == 1

    def test_several_kinds_mean_any_of_them(self):
        found = find("photonics", ["project", "term"])
        assert {document.kind for document in found.records} == {"project", "term"}

    def test_nothing_found_says_what_there_is(self):
        found = find("photonics qqqqzz")
        assert found.total == 0
        assert ("photonics", 5) in [(item.q, item.count) for item in found.helps]

    def test_nothing_found_names_the_nearest_spelling(self):
        found = find("vxuchzr")
        assert found.total == 0 or found.is_near
        further = find("innxvxtxxn")
        assert [item.q for item in further.helps] in ([], ["innovation"])


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    "q",
    [
        "", "   ", "?!", "'", '"', '"*', "a*", "%", "_", "\\", "AND", "OR NOT",
        "NEAR(a b)", "title_words:pais", "{title_words} : pais", "' OR 1=1 --",
        "pais & | ! <-> vasco", ":*A", "'); DROP TABLE search_searchdocument; --",
        "x" * 10_000, "pais " * 2_000, "\u202e\u200b", "\ufdfa", "ß" * 99,
        "1e5 0x1F -3.5 a@b.eu http://x.y/z", "\U0001d52d\U0001d51e", "ⅷ ½ ²",
    ],
)  # fmt: skip
def test_hostile_input_is_harmless(q):
    before = SearchDocument.objects.count()
    found = find(q)
    found.hits(list(found.records[:20]))
    suggest(q, 8)
    assert SearchDocument.objects.count() == before > 0


@pytest.mark.usefixtures("catalogue")
class TestStatements:
    @pytest.mark.parametrize("q", ["photonics", "inovation vuocher", "p", "zzzzzz"])
    def test_their_number_does_not_grow(self, q, django_assert_num_queries, committed):
        def ask():
            found = find(q)
            return found.hits(list(found.records[:20]))

        ask()  # PostgreSQL says once in some minutes whether it has trigrams
        with_few = _statements(ask)
        with committed():
            for number in range(30):
                ProjectFactory(acronym=f"PHOTO {number}", name="Photonics innovation")
        with django_assert_num_queries(with_few):
            ask()

    def test_a_suggestion_takes_two(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(2):
            assert len(suggest("photonics", 5)) == 5


def _statements(function):
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)
