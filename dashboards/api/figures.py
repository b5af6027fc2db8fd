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
        "subtitle": exhibit.subtitle,
        "summary": exhibit.summary,
        "sources": [f"{s.publisher}, {s.dataflow}" for s in exhibit.sources],
    }
    key = f"figure:{revision}:{_digest(exhibit, words)}"
    drawing: dict[str, Any] | None = cache.get(key)
    if drawing is None:
        drawing = as_json(exhibit.figure())
        cache.set(key, drawing, CACHE_SECONDS)
    return drawing | words


def _digest(exhibit: Exhibit, words: dict[str, Any]) -> str:
    """Of all that a drawing depends on besides the data; the words name language."""
    item = exhibit.indicator
    described = (item.unit_short, item.decimals, item.direction) if item else ()
    content = repr((exhibit.url, words, described))
    return hashlib.sha256(content.encode()).hexdigest()
