"""What the offline form asks, in words handed in by whoever composes it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

PIECES = 3  # of evidence in the form; a copy of their rows asks for more
EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field; ``choices`` are what it takes, where that is a list."""

    name: str
    label: str
    help: str = ""
    limit: str = ""
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Fields under one heading; ``name`` is "evidence.1" for a piece of evidence."""

    heading: str
    fields: Sequence[Asked]
    name: str = ""


@dataclass(frozen=True, slots=True)
class OfflineForm:
    """``columns`` are the headings of the tables: what is asked, what is said."""

    title: str
    language: str
    about: Sequence[str]
    parts: Sequence[Part]
    columns: tuple[str, str]
    lists_heading: str

    def lines(self) -> Iterator[str]:
        """Every text of the form itself, one a paragraph."""
        yield self.title
        yield from self.about
        yield from self.columns
        yield self.lists_heading
        for part in self.parts:
            yield part.heading
            for asked in part.fields:
                yield from (headed(asked, part), noted(asked), asked.label)
                yield from asked.choices

    def lists(self) -> Iterator[Asked]:
        """Fields with a list to choose from, each once."""
        seen = set()
        for part in self.parts:
            for asked in part.fields:
                if asked.choices and asked.name not in seen:
                    seen.add(asked.name)
                    yield asked


@dataclass(frozen=True, slots=True)
class Filled:
    """Texts as they were found: of fields, of pieces of evidence, and all others."""

    fields: Mapping[str, str] = field(default_factory=dict)
    evidence: Sequence[Mapping[str, str]] = ()
    left: Sequence[str] = ()


def key_of(asked: Asked, part: Part) -> str:
    """How a row is known again: "summary", "evidence.1.unit"."""
    return f"{part.name}.{asked.name}" if part.name else asked.name


def headed(asked: Asked, part: Part) -> str:
    return f"{asked.label} [{key_of(asked, part)}]"


def noted(asked: Asked) -> str:
    return " ".join(filter(None, (asked.help, asked.limit)))
