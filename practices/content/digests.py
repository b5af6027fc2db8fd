"""Short marks of the fields of a content, to tell later which of them changed. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digests(content: Mapping[str, Any]) -> dict[str, str]:
    """Field name to a mark of its value; equal values have equal marks."""
    told = {
        name: json.dumps(value, sort_keys=True, default=str)
        for name, value in content.items()
    }
    return {
        name: hashlib.sha256(text.encode()).hexdigest()[:8]
        for name, text in told.items()
    }
