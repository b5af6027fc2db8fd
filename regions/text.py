"""Folding names for search. Pure."""

import unicodedata

# Letters that Unicode does not take apart into a base and an accent.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
    }
)
# EL30 is published with a Latin A: inside a Greek word such letters are Greek ones.
_GREEK_TWINS = str.maketrans(
    "abehikmnoptxyz",
    "\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c7\u03c5\u03b6",
)


def fold(text: str) -> str:
    """Lower case without accents, punctuation as single blanks.

    "País  Vasco" is "pais vasco", "Provence-Alpes-Côte d'Azur" is "provence alpes
    cote d azur"; other scripts stay what they are.
    """
    # Twice: taking a letter apart may bring a capital to light, and the reverse.
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed)
    letters = "".join(
        letter if letter.isalnum() else " "
        for letter in decomposed
        if not unicodedata.combining(letter)
    ).translate(_LETTERS)
    return " ".join(_in_one_script(word) for word in letters.split())


def _in_one_script(word: str) -> str:
    if any("\u03b1" <= letter <= "\u03c9" for letter in word):
        return word.translate(_GREEK_TWINS)
    return word
