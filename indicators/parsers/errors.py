"""The one error a parser raises: what, where, which text, what to do."""

from collections.abc import Sequence


class ParseError(ValueError):
    """A file that cannot be read as data; ``str()`` is one line for people.

    ``cell`` is the place in a workbook, "Sheet1!C17". ``all_rows`` are the errors of
    all bad rows, this one among them, where a form is read to its end.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        line: int = 0,
        cell: str = "",
        text: str = "",
        advice: str = "",
        all_rows: Sequence["ParseError"] = (),
    ) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        self.cell = cell
        self.text = text if len(text) <= 80 else text[:77] + "..."
        self.advice = advice
        self.all_rows = tuple(all_rows)
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = f"cell {self.cell}" if self.cell else f"line {self.line}"
        parts = (self.file, place if self.cell or self.line else "")
        where = ", ".join(part for part in parts if part)
        what = self.problem + (f": {self.text!r}" if self.text else "")
        sentence = f"{where}: {what}" if where else what
        return f"{sentence}. {self.advice}" if self.advice else sentence

    def located(self, *, file: str = "", line: int = 0, cell: str = "") -> "ParseError":
        """The same error with the place filled in where it was not yet known."""
        return ParseError(
            self.problem,
            file=self.file or file,
            line=self.line or line,
            cell=self.cell or cell,
            text=self.text,
            advice=self.advice,
            all_rows=[row.located(file=file) for row in self.all_rows],
        )

    @property
    def rejections(self) -> list[str]:
        """One sentence for each bad row."""
        return [str(row) for row in self.all_rows]
