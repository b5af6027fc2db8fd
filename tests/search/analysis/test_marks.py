from hypothesis import given
from hypothesis import strategies as st

from search.analysis.marks import PASSAGE, marked, passage
from search.analysis.words import Word, typed_words

WORDS = [Word("pais"), Word("inovation", near=("innovation",))]


def shown(parts):
    return "".join(f"[{part.text}]" if part.is_marked else part.text for part in parts)


def test_words_are_marked_as_they_are_written():
    text = "El País Vasco: an INNOVATION, or Innovations"
    assert shown(marked(text, WORDS)) == (
        "El [País] Vasco: an [INNOVATION], or Innovations"
    )


def test_a_passage_begins_near_the_first_word_found():
    text = "some words " * 100 + "the País Vasco " + "other words " * 100
    parts = passage(text, WORDS)
    assert "[País]" in shown(parts)
    assert shown(parts).startswith("… ")
    assert shown(parts).endswith("…")
    assert len(shown(parts)) < PASSAGE + 10


def test_a_passage_of_a_text_without_the_words_is_its_beginning():
    assert shown(passage("Only this.", WORDS)) == "Only this."


@given(st.text(), st.text(max_size=30))
def test_no_letter_is_lost_or_added(text, q):
    words = [Word(word) for word in typed_words(q)]
    assert "".join(part.text for part in marked(text, words)) == text


@given(st.text(), st.text(max_size=30))
def test_what_was_typed_are_letters_and_digits_only(text, q):
    assert all(word.isalnum() for word in typed_words(text))
    assert len(typed_words(q)) <= 8
