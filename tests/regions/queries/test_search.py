import pytest

from regions.queries import search_regions

pytestmark = pytest.mark.usefixtures("nuts")


def found(q, limit=10):
    return [(match.region.code, match.note) for match in search_regions(q, limit)]


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("ES21", "ES21"),
        ("es21", "ES21"),
        ("País Vasco", "ES21"),
        ("pais VASCO", "ES21"),
        ("vasco pais", "ES21"),
        ("Αττική", "EL3"),
        ("αττικη", "EL3"),
        ("Северозападен", "BG31"),
        ("lodzkie", "PL71"),
        ("Greece", "EL"),
        ("Kosovo", "XK"),
        ("budap", "HU11"),
    ],
)
def test_a_region_is_found_by_code_and_by_either_name(q, code):
    assert code in [hit for hit, _note in found(q)[:2]]


def test_an_old_code_leads_to_the_region_of_today():
    assert found("FR41") == [("FRF3", "FR41 in NUTS 2013, today FRF3")]


def test_an_old_code_that_was_split_leads_to_all_parts():
    assert found("hu10") == [
        ("HU11", "holds a part of HU10 (NUTS 2013)"),
        ("HU12", "holds a part of HU10 (NUTS 2013)"),
    ]


def test_the_region_itself_comes_without_its_former_selves():
    hits = found("lorraine")
    assert hits[0] == ("FRF3", "NUTS 2, France")
    assert len({code for code, _note in hits}) == len(hits)


def test_the_country_comes_before_its_namesakes():
    assert [code for code, _note in found("eesti")] == ["EE", "EE00", "EE0"]
    assert found("estonia") == [("EE", "country")]


def test_the_code_comes_before_its_beginning_and_the_limit_holds():
    assert [code for code, _note in found("ES2", limit=3)] == ["ES2", "ES21", "ES22"]


@pytest.mark.parametrize("q", ["", "  ", "?!", "UKC1", "no such place", "%", "_"])
def test_nothing_is_found(q):
    assert found(q) == []


def test_a_match_has_a_label_and_an_address():
    (match,) = search_regions("ES21")
    assert match.label == "País Vasco (ES21)"
    assert match.url == match.region.get_absolute_url()
    assert match.url.endswith("/ES21/")


@pytest.mark.parametrize("q", ["a", "e", "es", "lorraine", "hu10", "no match at all"])
def test_the_number_of_queries_does_not_grow(q, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        search_regions(q)
