"""Names of one body, written in several ways."""

import pytest

from accounts.names import normalised_name, split_acronym


@pytest.mark.parametrize(
    ("name", "short", "acronym"),
    [
        ("Development Agency (IDEPA)", "Development Agency", "IDEPA"),
        ("Development Agency", "Development Agency", ""),
        ("Agency (formerly Mediterranee Technologies)", None, ""),
        ("University of Wuppertal (ICT cluster)", None, ""),
    ],
)
def test_an_acronym_in_brackets_is_no_part_of_the_name(name, short, acronym):
    assert split_acronym(name) == (short or name, acronym)


def test_names_of_one_body_are_the_same():
    assert (
        normalised_name("The Council of Ávila (CAV)")
        == normalised_name("COUNCIL OF AVILA")
        == "council avila"
    )


def test_names_of_two_bodies_are_not():
    assert normalised_name("Region of Tuscany") != normalised_name("Tuscan Region")
