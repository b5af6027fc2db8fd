"""The JSON document of a figure, kept until data change."""

import hashlib
from typing import Any

from django.core.cache import cache

from dashboards.exhibits.base import Exhibit
from dashboards.figures.template import as_json
from indicators.queries import CACHE_SECONDS


def figure_document(exhibit: Exhibit, *, revision: int) -> dict[str, Any]:
    """Data and layout with the words around them.

    A map has a trace for each region, which Plotly takes 0.2 s to validate; the
    drawing is the same until something is loaded or the indicator is described
    otherwise. ``revision`` is that from before the exhibit was built: a load that ends
    meanwhile must not find the old drawing under its own.
    """
    words = {
        "question": exhibit.question,
        "subtitle": exhibit.caption,
        "summary": exhibit.summary,
        "sources": [f"{s.publisher}, {s.dataflow}" for s in exhibit.sources],
    } | _conversion(exhibit)
    key = f"figure:{revision}:{_digest(exhibit, words)}"
    drawing: dict[str, Any] | None = cache.get(key)
    if drawing is None:
        drawing = as_json(exhibit.figure())
        cache.set(key, drawing, CACHE_SECONDS)
    return drawing | words | _staleness(exhibit)


def _staleness(exhibit: Exhibit) -> dict[str, Any]:
    """Apart from the words: it changes with the clock, and the drawing does not."""
    stale = [line for line in exhibit.sources if line.is_stale]
    return {
        "stale": bool(stale),
        "stale_reason": " ".join(dict.fromkeys(line.why for line in stale)),
    }


def _conversion(exhibit: Exhibit) -> dict[str, Any]:
    """The regions of the figure with converted values, as its table has them."""
    rows = [row for row in exhibit.table.rows if row.get("conversion")]
    return {
        "converted": list(dict.fromkeys(row["geo"] for row in rows)),
        "weight": exhibit.weight if rows else "",
    }


def _digest(exhibit: Exhibit, words: dict[str, Any]) -> str:
    """Of all that a drawing depends on besides the data; the words name language."""
    item = exhibit.indicator
    # Without an indicator the records themselves may change from one load to the next.
    rows = repr(exhibit.table.rows)
    described = (item.unit_short, item.decimals, item.direction) if item else (rows,)
    content = repr((exhibit.url, words, described))
    return hashlib.sha256(content.encode()).hexdigest()
