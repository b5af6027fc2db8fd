"""Nearness against a slower, plain count of slips."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.spelling import distance_to, near_words, slips

LETTERS = st.text(alphabet="abcd", min_size=1, max_size=9)


def plain_distance(a, b):
    """Optimal string alignment by its table."""
    rows = [
        [max(i, j) if not i * j else 0 for j in range(len(b) + 1)]
        for i in range(len(a) + 1)
    ]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
            )
            swapped = i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]
            if swapped:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(LETTERS, LETTERS)
def test_distance_is_that_of_the_word_or_of_its_beginning(typed, word):
    lengths = (len(typed) - 1, len(typed), len(typed) + 1)
    parts = [
        word,
        *(word[:n] for n in lengths if n < len(word) and len(word) > len(typed)),
    ]
    expected = min(plain_distance(typed, part) for part in parts)
    assert distance_to(typed, word, 20)[0] == expected


@given(LETTERS, st.lists(LETTERS))
def test_only_the_nearest_are_named(typed, known):
    near = near_words(typed, known)
    distances = {
        word: distance_to(typed, word, 20)[0] for word in known if word != typed
    }
    assert all(distances[word] == min(distances.values()) for word in near)
    assert all(distances[word] <= slips(typed) for word in near)


def test_whole_words_come_before_beginnings_and_codes_never():
    known = ["clusters3", "clusters", "clustering", "clustersphere"]
    assert near_words("clustrs", known)[0] == "clusters"
    assert "clusters3" not in near_words("clustrs", known)


def test_a_short_word_is_forgiven_one_slip():
    assert near_words("tsoc", ["tosc"]) == ("tosc",)
    assert near_words("stoc", ["tocs"]) == ()
