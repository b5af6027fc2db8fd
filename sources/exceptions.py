"""The error every ingest path ends with when a load must not happen."""

from collections.abc import Sequence


class IngestError(Exception):
    """A load refused; the message is one sentence or two for the person who ran it.

    ``rejections`` lists the offending rows, each already a readable line.
    """

    def __init__(self, message: str, rejections: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.rejections = list(rejections)
