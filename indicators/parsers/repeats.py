"""Repeated series: the same again is tolerated, something else is an error."""

from array import array

from indicators.parsers.errors import ParseError


class SeenSeries:
    """Digests of the series read so far: about 100 bytes a series, no values.

    Digests are Python's 64-bit hashes: among a million series two different ones
    share one with a probability of 3e-8.
    """

    def __init__(self) -> None:
        self._position: dict[int, int] = {}
        self._contents = array("q")
        self._lines = array("q")

    def is_new(self, key: str, content: str, line: int) -> bool:
        """Remember the series; False if it came before with the same content.

        Raises ParseError naming both lines if the content, blanks aside, differs.
        """
        # Of the text, not of the numbers: Python's hash(-1.0) is that of -2.0.
        digest, written = hash(key), hash(content.replace(" ", ""))
        position = len(self._lines)
        earlier = self._position.setdefault(digest, position)
        if earlier == position:
            self._contents.append(written)
            self._lines.append(line)
            return True
        if self._contents[earlier] == written:
            return False
        raise repeated(key, self._lines[earlier], line)


def repeated(key: str, first: int, second: int) -> ParseError:
    """The error for one key with two contents, on lines ``first`` and ``second``."""
    places = f" (lines {first} and {second})" if second else ""
    return ParseError(
        f"the same key twice with different values{places}",
        line=second,
        text=key,
        advice="Keep the right one of the two.",
    )
