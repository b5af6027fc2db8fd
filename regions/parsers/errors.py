"""The one error the parsers of this app raise: where, what, which text, what to do."""


class FormatError(ValueError):
    """A file that cannot be read as regions or boundaries; ``str()`` is for people."""

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        where: str = "",
        text: str = "",
        advice: str = "",
    ) -> None:
        self.problem = problem
        self.file = file
        self.where = where
        self.text = text if len(text) <= 80 else text[:77] + "..."
        self.advice = advice
        place = ", ".join(part for part in (file, where) if part)
        what = problem + (f": {self.text!r}" if self.text else "")
        sentence = f"{place}: {what}" if place else what
        super().__init__(f"{sentence}. {advice}" if advice else sentence)
