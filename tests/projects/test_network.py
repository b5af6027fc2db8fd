"""The network as the database has it: public seats, at the level asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Partner
from projects.network import network_around, network_of, shared_projects
from regions.models import Region
from sources.curation import Publication
from tests.factories import PartnerFactory, ProgrammeFactory, ProjectFactory

pytestmark = pytest.mark.usefixtures("starter")


def region(code):
    return Region.objects.current().get(code=code)


def seat(project, code, **given):
    return PartnerFactory(
        project=project, region=region(code), country=code[:2], **given
    )


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def query(programme):
    return {"programme": programme.slug}


def links(query, level):
    return {(k.a, k.b): k.weight for k in network_of(query, level).strongest()}


def test_levels_take_in_what_lies_within(programme, query):
    project = ProjectFactory(programme=programme)
    for code in ("ES21", "ES22", "ITI1"):
        seat(project, code)
    PartnerFactory(project=project, region=None, country="FR")
    seat(project, "DE3")
    assert links(query, 2) == {
        ("ES21", "ES22"): 1,
        ("ES21", "ITI1"): 1,
        ("ES22", "ITI1"): 1,
    }
    assert links(query, 1) == {("DE3", "ES2"): 1, ("DE3", "ITI"): 1, ("ES2", "ITI"): 1}
    assert {pair for pair in links(query, 0) if "FR" in pair} == {
        ("DE", "FR"),
        ("ES", "FR"),
        ("FR", "IT"),
    }


def test_drafts_are_in_no_link(programme, query):
    hidden = ProjectFactory(programme=programme, state=Publication.DRAFT)
    seat(hidden, "ES21")
    seat(hidden, "ITI1")
    shown = ProjectFactory(programme=programme)
    seat(shown, "ES21")
    seat(shown, "ITI1", state=Publication.DRAFT)
    assert links(query, 2) == {}


def test_what_two_share_is_named_and_the_rest_counted(programme, query):
    for acronym in ("Beta", "alpha", "Gamma"):
        project = ProjectFactory(programme=programme, acronym=acronym)
        seat(project, "ES21")
        seat(project, "ITI1")
    network = network_of(query, 2)
    found = shared_projects(network, [("ES21", "ITI1")])["ES21", "ITI1"]
    assert [item.acronym for item in found.projects] == ["alpha", "Beta", "Gamma"]
    short = shared_projects(network, [("ES21", "ITI1")], most=2)["ES21", "ITI1"]
    assert (len(short.projects), short.more) == (2, 1)


@pytest.mark.parametrize("code", ["ES21", "ES2", "ES"])
def test_links_around_a_region_are_those_of_the_whole(code):
    place = region(code)
    whole = network_of({}, place.level)
    assert network_around(place).partners(code) == whole.partners(code)


def test_statements_do_not_grow(programme, query):
    counts = []
    network_of(query, 2)
    for _round in range(3):
        project = ProjectFactory(programme=programme)
        seat(project, "ES21")
        seat(project, "ITI1")
        with CaptureQueriesContext(connection) as captured:
            network_of(query, 2)
        counts.append(len(captured.captured_queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 4


class TestWhatIsKept:
    """A network is counted once, and anew when a row behind it changed."""

    @pytest.fixture
    def pair(self, programme, query):
        project = ProjectFactory(programme=programme)
        seat(project, "ES21")
        other = seat(project, "ITI1")
        assert links(query, 2) == {("ES21", "ITI1"): 1}
        return other

    def test_is_not_counted_again(self, pair, query, django_assert_num_queries):
        with django_assert_num_queries(1):
            network_of(query, 2)

    def test_levels_are_kept_apart(self, pair, query):
        assert links(query, 0) == {("ES", "IT"): 1}

    def test_a_partner_that_moved(self, pair, query):
        pair.region = region("FRK2")
        pair.save()
        assert links(query, 2) == {("ES21", "FRK2"): 1}

    def test_a_partner_withdrawn_in_bulk(self, pair, query):
        Partner.objects.filter(pk=pair.pk).update(state=Publication.DRAFT)
        assert links(query, 2) == {}

    def test_a_programme_withdrawn(self, pair, query, programme):
        programme.state = Publication.DRAFT
        programme.save()
        assert links(query, 2) == {}
