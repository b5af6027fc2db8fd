import pytest

from regions.queries import today

pytestmark = pytest.mark.usefixtures("nuts")


@pytest.mark.parametrize("code", ["ES21", "es21", " ES21 "])
def test_a_current_code_is_its_region_in_one_query(code, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = today(code)
    assert (found.region.code, found.region.version) == ("ES21", 2024)
    assert (found.note, found.successors, found.suggestions) == ("", (), ())


@pytest.mark.parametrize(
    ("code", "region", "note"),
    [
        ("FR41", "FRF3", "FR41 in NUTS 2013, today FRF3"),
        ("NL31", "NL35", "NL31 in NUTS 2021, today NL35"),
        ("GR30", "EL30", "NUTS writes GR30 as EL30"),
        ("GR11", "EL51", "EL11 in NUTS 2010, today EL51"),
    ],
)
def test_an_old_code_of_the_same_territory_is_its_region(code, region, note):
    found = today(code)
    assert (found.region.code, found.note) == (region, note)
    assert found.region.version == 2024


def parts(code):
    found = today(code)
    assert found.region is None
    return [
        (part.region.code, part.kind, part.share and round(part.share, 2))
        for part in found.successors
    ]


def test_a_code_that_was_split_has_successors_largest_first():
    assert parts("HU10") == [("HU11", "split", 0.56), ("HU12", "split", 0.44)]
    assert parts("PT16") == [("PT19", "split", 0.74), ("PT1D", "split_merged", 0.26)]
    assert [code for code, _kind, _share in parts("HR04")] == ["HR02", "HR06", "HR05"]
    assert parts("NO05") == [("NO0A", "boundary_shift", 1.0)]


def test_a_successor_says_how_much_it_took():
    found = today("HU10")
    assert found.note == "HU10 (Közép-Magyarország) was a region until NUTS 2013"
    assert found.successors[0].note == "split: 55.8 % of the population of HU10"


def test_a_discontinued_code_says_so():
    found = today("UKC1")
    assert (found.region, found.successors) == (None, ())
    assert found.note.endswith("until NUTS 2021 and has no successor")


@pytest.mark.parametrize(
    ("code", "parent"), [("ES211", "ES21"), ("FR411", "FRF3"), ("DEA1A", "DEA1")]
)
def test_a_level_3_code_leads_to_the_region_around_it(code, parent):
    assert parts(code) == [(parent, "parent", None)]


def test_a_level_3_code_of_a_split_region_leads_to_the_parts():
    assert [code for code, _kind, _share in parts("HU101")] == ["HU11", "HU12"]


def test_a_code_from_before_2010_says_so():
    found = today("ITD5")
    assert found.note == "ITD5 is a NUTS code from before 2010"
    assert "ITH5" in [region.code for region in found.suggestions]


@pytest.mark.parametrize(
    ("code", "suggestion"),
    [("ES2I", "ES21"), ("lorain", "FRF3"), ("Lorraine ", "FRF3")],
)
def test_a_slip_gives_suggestions(code, suggestion):
    found = today(code)
    assert found.region is None
    assert suggestion in [region.code for region in found.suggestions]


@pytest.mark.parametrize("code", ["", "?", "x" * 200, "QQQ\x00Q", "%", "ES21/"])
def test_nonsense_leads_nowhere(code):
    found = today(code)
    assert (found.region, found.successors) == (None, ())


@pytest.mark.parametrize("code", ["HU10", "UKC1", "ES211", "FR411", "HU101", "ZZZZ"])
def test_the_number_of_queries_is_small(code, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        today(code)
