"""What a practice still lacks before it can be submitted. Pure.

A content is a mapping of field name to value, as ``practices.content`` gives it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """What one field asks for; words are counted in texts only, 0 is no limit.

    ``required`` counts towards completeness; ``step`` is the step of the form.
    """

    name: str
    step: str
    required: bool = False
    min_words: int = 0
    max_words: int = 0


class Step(StrEnum):
    BASICS = "basics"
    PLACE = "place"
    TOPICS = "topics"
    STORY = "story"
    RESOURCES = "resources"
    EVIDENCE = "evidence"
    TRANSFER = "transfer"
    FILES = "files"


FIELDS = (
    Field("title", Step.BASICS, True, 2, 30),
    Field("summary", Step.BASICS, True, 15, 100),
    Field("language", Step.BASICS, True),
    Field("regions", Step.PLACE, True),
    Field("organisation", Step.PLACE, True),
    Field("project", Step.PLACE),
    Field("programme", Step.PLACE),
    Field("contact_office", Step.PLACE, True, 1, 40),
    Field("themes", Step.TOPICS, True),
    Field("domains", Step.TOPICS, True),
    Field("description", Step.STORY, True, 50, 1000),
    Field("start", Step.STORY, True),
    Field("end", Step.STORY),
    Field("difficulties", Step.STORY, True, 10, 400),
    Field("not_worked", Step.STORY, True, 5, 400),
    Field("cost_eur", Step.RESOURCES),
    Field("cost_note", Step.RESOURCES, False, 0, 80),
    Field("resources_needed", Step.RESOURCES, True, 5, 400),
    Field("evidence_of_success", Step.EVIDENCE, True, 10, 500),
    Field("evidence", Step.EVIDENCE, True),
    Field("transfer_potential", Step.TRANSFER, True, 15, 500),
    Field("preconditions", Step.TRANSFER, False, 0, 400),
    Field("attachments", Step.FILES),
)
BY_NAME = {field.name: field for field in FIELDS}
# Either of these says who keeps the practice.
_NAMED_AS_TEXT = {"organisation": "organisation_name", "project": "project_name"}


class Lack(StrEnum):
    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_ALT = "no_alt"
    ITEM_UNSAID = "item_unsaid"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do; ``words`` of now, ``limit`` of the field, where they matter."""

    field: str
    step: str
    lack: Lack
    words: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """``percent`` of the required fields that are as they should be, 0 to 100.

    It is 100 only where ``missing`` is empty: what is optional must keep its limits.
    """

    percent: int
    missing: tuple[Missing, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def words(text: Any) -> int:
    """How many words a text has; of what is no text, 0."""
    return len(text.split()) if isinstance(text, str) else 0


def completeness(content: Mapping[str, Any]) -> Completeness:
    missing = tuple(
        found for field in FIELDS if (found := _missing(field, content)) is not None
    )
    required = [field.name for field in FIELDS if field.required]
    lacking = {found.field for found in missing}
    done = sum(name not in lacking for name in required)
    percent = 100 * done // len(required)
    return Completeness(min(percent, 99) if missing else percent, missing)


def _missing(field: Field, content: Mapping[str, Any]) -> Missing | None:
    value: Any = content.get(field.name)
    if not value and field.name in _NAMED_AS_TEXT:
        value = content.get(_NAMED_AS_TEXT[field.name])
    if _is_empty(value):
        lack = Lack.EMPTY if field.required else None
    elif field.name == "evidence":
        lack = None if all(map(_says_something, value)) else Lack.ITEM_UNSAID
    elif field.name == "attachments":
        lack = None if all(map(_is_described, value)) else Lack.NO_ALT
    else:
        return _off_limits(field, words(value))
    return Missing(field.name, field.step, lack) if lack else None


def _off_limits(field: Field, count: int) -> Missing | None:
    if field.min_words and count < field.min_words:
        lack, limit = Lack.TOO_SHORT, field.min_words
    elif field.max_words and count > field.max_words:
        lack, limit = Lack.TOO_LONG, field.max_words
    else:
        return None
    return Missing(field.name, field.step, lack, count, limit)


def _is_empty(value: Any) -> bool:
    """0 euro is an answer; blanks are none."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == []


def _says_something(item: Mapping[str, Any]) -> bool:
    told = (item.get(name) for name in ("indicator", "indicator_slug", "note"))
    return not all(map(_is_empty, told))


def _is_described(item: Mapping[str, Any]) -> bool:
    return item.get("kind") != "image" or not _is_empty(item.get("alt"))
