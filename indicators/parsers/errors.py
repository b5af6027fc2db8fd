"""The one error a parser raises: what, where, which text, what to do."""


class ParseError(ValueError):
    """A file that cannot be read as data; ``str()`` is one line for people."""

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        line: int = 0,
        text: str = "",
        advice: str = "",
    ) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        self.text = text if len(text) <= 80 else text[:77] + "..."
        self.advice = advice
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        where = self.file + (f", line {self.line}" if self.line else "")
        what = self.problem + (f": {self.text!r}" if self.text else "")
        sentence = f"{where}: {what}" if where else what
        return f"{sentence}. {self.advice}" if self.advice else sentence

    def located(self, *, file: str = "", line: int = 0) -> "ParseError":
        """The same error with the place filled in where it was not yet known."""
        return ParseError(
            self.problem,
            file=self.file or file,
            line=self.line or line,
            text=self.text,
            advice=self.advice,
        )
