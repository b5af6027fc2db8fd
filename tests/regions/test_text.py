import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("País  Vasco", "pais vasco"),
        ("Provence-Alpes-Côte d'Azur", "provence alpes cote d azur"),
        ("Łódzkie", "lodzkie"),
        ("Nordjylland / Sjælland", "nordjylland sjaelland"),
        ("Großbritannien", "grossbritannien"),
        ("İstanbul", "istanbul"),
        ("ΑΤΤΙΚΉ", "αττικη"),
        ("Северозападен", "северозападен"),
        ("  ", ""),
        ("(/)", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_fold_reads_a_latin_letter_in_a_greek_word_as_greek():
    assert fold("A" + "ττική") == fold("\N{GREEK CAPITAL LETTER ALPHA}" + "ττική")


@given(st.text())
def test_fold_is_stable_in_upper_and_lower_case(text):
    assert fold(fold(text)) == fold(text)
