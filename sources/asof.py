"""The parameter ``asOf``: what was held at a moment of the past."""

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.moments import parse_as_of

BLANK_ZONE = re.compile(r" (?=\d\d:?\d\d$)")


class AsOfField(forms.Field):
    """A moment of the past, or nothing; today's date is nothing: the day goes on."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> datetime | None:
        # The "+" of a zone, where an address does not escape it, arrives as a blank.
        text = BLANK_ZONE.sub("+", (value or "").strip())
        if not text or _is_today(text):
            return None
        try:
            moment = parse_as_of(text)
        except (ValueError, OverflowError) as exc:
            detail = _(
                "%(text)s is no date such as 2026-03-01 and no time with its zone such "
                "as 2026-03-01T12:00:00Z."
            )
            raise ValidationError(detail % {"text": text}) from exc
        if moment > timezone.now():
            detail = _("%(text)s is in the future. Give a moment that is past.")
            raise ValidationError(detail % {"text": text})
        return moment


def _is_today(text: str) -> bool:
    return text == timezone.now().astimezone(UTC).date().isoformat()
