"""JSON as data messages need it: one object, no NaN, no name twice."""

import json
from typing import Any, NoReturn

from indicators.parsers.errors import ParseError


def load_json(text: str) -> dict[str, Any]:
    """The object in the text; ParseError with the line where it is no JSON."""
    try:
        document = json.loads(
            text, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
    except ParseError:
        raise
    except json.JSONDecodeError as error:
        raise ParseError(
            f"not JSON ({error.msg.lower()})",
            line=error.lineno,
            text=text[max(error.pos - 20, 0) : error.pos + 20].strip(),
            advice="The file may be cut off; download it again.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise ParseError("not readable as JSON", text=str(error)) from error
    if not isinstance(document, dict):
        raise ParseError(
            "JSON, but no data message",
            text=text[:60],
            advice="Expected is a JSON-stat 2.0 dataset or SDMX-JSON.",
        )
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(
        "not a finite number", text=name, advice="A missing value is null in JSON."
    )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of the pairs; the same name twice must say the same twice."""
    members = dict(pairs)
    if len(members) != len(pairs):
        for name, value in pairs:
            if members[name] != value:
                raise ParseError(
                    f"name {name!r} twice with different values",
                    text=f"{value!r} and {members[name]!r}",
                    advice="Keep one of the two.",
                )
    return members
