"""Names and shapes of the fields of a content."""

import re
from typing import Any

Content = dict[str, Any]

TEXTS = (
    "title", "summary", "description", "language", "country", "organisation_name",
    "project_name", "status", "resources_needed", "cost_note", "evidence_of_success",
    "difficulties", "not_worked", "transfer_potential", "preconditions",
    "contact_office",
)  # fmt: skip
DATES = ("start", "end")
LINKS = ("organisation", "project", "programme")
LISTS = ("regions", "themes", "domains")
FIELDS = (*TEXTS, *DATES, "cost_eur", "is_failure", *LINKS, *LISTS, "evidence")

EVIDENCE_TEXTS = (
    "kind", "indicator", "indicator_slug", "unit", "comparison", "source_title",
    "source_url", "figure", "note",
)  # fmt: skip
EVIDENCE_VALUES = ("baseline_value", "result_value")
EVIDENCE_YEARS = ("baseline_year", "result_year")
EVIDENCE = (*EVIDENCE_TEXTS, *EVIDENCE_VALUES, *EVIDENCE_YEARS)

MOST_TEXT = 20_000  # characters of one field
MOST_ITEMS = 30  # of a list
# What no text may hold: PostgreSQL takes no NUL, and no reader sees the others.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def blank_content() -> Content:
    """A content in which nothing is said."""
    return {
        **dict.fromkeys((*TEXTS, *DATES, *LINKS), ""),
        "language": "en",
        "cost_eur": None,
        "is_failure": False,
        **{name: [] for name in (*LISTS, "evidence")},
    }


def plain(text: str) -> str:
    """Without controls and direction marks, with plain line ends, trimmed."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
