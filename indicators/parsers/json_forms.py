"""Which JSON form a document is, and what it is instead, if none."""

import json
from collections.abc import Mapping
from typing import Any

from indicators.parsers.errors import ParseError

_ERROR_MEMBERS = {"error": "an error", "errors": "an error", "warning": "a warning"}


def json_form(document: Mapping[str, Any]) -> str:
    """ "json-stat" or "sdmx-json". ParseError for error bodies and other JSON."""
    body = document.get("data")
    body = body if isinstance(body, dict) else document
    if "dataSets" in body and "structure" in body:
        return "sdmx-json"
    if document.get("class") == "dataset" and "dimension" in document:
        return "json-stat"
    for name, called in _ERROR_MEMBERS.items():
        if document.get(name):
            raise ParseError(
                f"the publisher answered with {called}, not data",
                text=_label(document[name]),
                advice="Check the dataset code and the filters, or ask for less.",
            )
    raise ParseError(
        "JSON, but no data message",
        text=", ".join(list(document)[:8]),
        advice="Expected is a JSON-stat 2.0 dataset or SDMX-JSON 1.0.",
    )


def _label(content: object) -> str:
    """The sentence in an error body of Eurostat or the SDMX services."""
    item = content[0] if isinstance(content, list) and content else content
    if isinstance(item, dict):
        for name in ("label", "message", "title", "detail"):
            if isinstance(item.get(name), str):
                return str(item[name])
    return json.dumps(item)
