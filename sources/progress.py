"""How work under way tells others where it stands, and learns that it must stop."""

from collections.abc import Callable


class Progress:
    """Tells nobody; the base of those that do.

    Whoever works calls ``stage`` when a part begins, ``advance`` as it goes on and
    the object itself for a sentence. Any of them may raise to stop the work: the
    caller lets that pass, so that its transaction is rolled back.
    """

    def __call__(self, message: str) -> None:
        """Say one sentence to whoever watches."""

    def stage(self, name: str, total: int = 0) -> None:
        """A part begins; ``total`` counts its rows or bytes, 0 where unknown."""

    def advance(self, done: int, rows: int = 0) -> None:
        """So much of the stage is done, and so many rows in all where they are known;
        called often, so it must be cheap.
        """


class Told(Progress):
    """Passes each sentence on, as to a terminal."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self.tell = tell

    def __call__(self, message: str) -> None:
        self.tell(message)


silent = Progress()
