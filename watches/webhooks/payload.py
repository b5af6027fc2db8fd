"""What a message says. Pure; documented in docs/watches.md, section Webhooks."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from watches.digests import Event, Section

VERSION = 1
CHANGED, TEST = "watch.changed", "webhook.test"


def changed(
    ident: str,
    *,
    moment: datetime,
    since: datetime,
    watch: dict[str, str],
    reason: str,
    sections: Sequence[Section],
    portal: str,
) -> str:
    """A digest of one watch as JSON; ``portal`` is the site's address.

    ``watch`` has kind, key, label, and the paths or addresses url, feed and stop.
    """
    data = {
        "watch": watch,
        "reason": reason,
        "since": stamp(since),
        "until": stamp(moment),
        "changes": [
            _change(event, portal) for part in sections for event in part.events
        ],
        "more": sum(part.more for part in sections),
    }
    return _text(CHANGED, ident, moment, data)


def test(ident: str, *, moment: datetime, note: str) -> str:
    return _text(TEST, ident, moment, {"note": note})


def stamp(moment: datetime) -> str:
    """Such as 2026-03-02T05:40:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _change(event: Event, portal: str) -> dict[str, Any]:
    return {
        "id": event.ident,
        "topic": event.topic.value,
        "at": stamp(event.moment),
        "title": event.title,
        "what": event.what,
        "fields": [
            {"name": field.label, "old": field.old, "new": field.new}
            for field in event.fields
        ],
        "url": portal + event.address,
    }


def _text(kind: str, ident: str, moment: datetime, data: dict[str, Any]) -> str:
    message = {
        "type": kind,
        "version": VERSION,
        "id": ident,
        "timestamp": stamp(moment),
        "data": data,
    }
    return json.dumps(message, ensure_ascii=False, indent=1)
