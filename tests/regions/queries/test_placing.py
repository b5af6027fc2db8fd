"""Codes of any version find the region of today."""

import pytest

from accounts.places import place_columns
from regions.queries.placing import Placer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "version", "placed"),
    [
        ("ES21", 2021, (2024, "ES21")),
        ("NL31", 2021, (2024, "NL35")),  # a new code, nearly the same territory
        ("FI194", 2021, (2024, "FI19")),  # level 3: the region around it
        ("UKM8", 2016, (2021, "UKM8")),  # left NUTS with the United Kingdom
        ("XX99", 2021, None),
        ("", 2021, None),
    ],
)
def test_a_code_is_placed(starter, code, version, placed):
    region = Placer.load().place(code, version)
    assert (region and (region.version, region.code)) == placed


def test_placing_asks_twice_however_many(starter, django_assert_num_queries):
    with django_assert_num_queries(2):
        placer = Placer.load()
        assert len(placer.places(["ES21", "ES12", "XX99"] * 50, 2021)) == 100


def test_the_code_as_given_is_kept(starter):
    columns = place_columns({"nuts": "UKM8", "nuts_version": 2016}, Placer.load())
    assert (columns["nuts_code"], columns["nuts_version"]) == ("UKM8", 2016)
    empty = {"region": None, "nuts_code": "", "nuts_version": None}
    assert place_columns({}, Placer.load()) == empty
