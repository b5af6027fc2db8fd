"""Cells to values and back; every look-up goes through ``Lookups``.

``clean`` gets the keyword arguments ``lookups`` and ``cleaned`` (the columns to the
left, already understood) and raises ValidationError with what to do.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from sources.dates import parse_end, parse_start, partial_text

YES = {"yes", "y", "true", "1", "x"}
NO = {"no", "n", "false", "0"}


class Text(Widget):  # type: ignore[misc]  # import-export is untyped
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        return value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value


class Choice(Text):
    """A value of a list, or what the list calls it."""

    def __init__(self, choices: Sequence[tuple[str, Any]]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        wanted = value.strip().casefold().replace("–", "-")
        for code, label in self.choices:
            known = (str(code).casefold(), str(label).casefold().replace("–", "-"))
            if wanted in known:
                return str(code)
        allowed = ", ".join(str(code) for code, _label in self.choices)
        raise ValidationError(_("Write one of: %(values)s.") % {"values": allowed})


class Number(Text):
    """A decimal number, rounded to the places the column keeps."""

    def __init__(self, places: int = 0) -> None:
        super().__init__()
        self.places = places

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        try:
            number = Decimal(value)
            if not number.is_finite():
                raise InvalidOperation
            return number.quantize(Decimal(1).scaleb(-self.places))
        except InvalidOperation:
            raise ValidationError(
                _("Write a number such as 1234.50, without unit or blanks.")
            ) from None


class Whole(Text):
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> int:
        if not re.fullmatch(r"\d{1,9}(\.0+)?", value):
            raise ValidationError(_("Write a whole number, zero or more."))
        return int(value.partition(".")[0])


class Boolean(Text):
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> bool:
        word = value.strip().casefold()
        if word not in YES | NO:
            raise ValidationError(_("Write yes or no."))
        return word in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else "yes" if value else "no"


class Day(Text):
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError(_("Write the day as 2024-03-31.")) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else value.isoformat()


class PartialDate(Text):
    """A day, a month or a year; the value is the date and how exact it is."""

    def __init__(self, *, is_end: bool = False) -> None:
        super().__init__()
        self.parse = parse_end if is_end else parse_start

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> tuple[date, str]:
        try:
            day, precision = self.parse(value)
        except ValueError:
            raise ValidationError(_("Write 2012, 2012-03 or 2012-03-11.")) from None
        return day, precision.value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return partial_text(*value) if value and value[0] else ""


class Country(Text):
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        return str(_found(kwargs["lookups"].country, value, _country_advice()))


class Nuts(Text):
    """The value is code, version and region of today."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> tuple[Any, ...]:
        return tuple(_found(kwargs["lookups"].nuts, value, _nuts_advice()))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value[0]}@{value[1]}" if value and value[0] else ""


class Record(Text):
    """A record of another kind; ``below`` names the column it stands under."""

    def __init__(self, model: type[Any], text: str = "slug", below: str = "") -> None:
        super().__init__()
        self.model, self.text, self.below = model, text, below

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        wanted = value
        if self.below:
            parent = kwargs["cleaned"].get(self.below)
            wanted = f"{parent.slug}/{value}" if parent else value

        def look(text: str) -> Any:
            return kwargs["lookups"].find(self.model, text)

        name = self.model._meta.verbose_name
        advice = _("Give the key of the %(kind)s as the export writes it.")
        return _found(look, wanted, advice % {"kind": name})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(getattr(value, self.text))


class Records(Text):
    """Several records of a vocabulary, parted by semicolons."""

    def __init__(self, model: type[Any], form: str) -> None:
        super().__init__()
        self.model, self.form = model, form

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[Any]:
        one = Record(self.model)
        return [one.clean(part, row, **kwargs) for part in parts(value)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        texts = {self.form.format(record) for record in value or ()}
        return "; ".join(sorted(texts))


class NutsList(Text):
    """The value is codes, their version and the regions of today."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> tuple[Any, ...]:
        found = [Nuts().clean(part, row, **kwargs) for part in parts(value)]
        if len({version for _code, version, _region in found}) > 1:
            raise ValidationError(_("Give all codes in one NUTS version."))
        regions = {region.pk: region for _code, _version, region in found}
        return [code for code, *_rest in found], found[0][1], list(regions.values())

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if not value:
            return ""
        return "; ".join(f"{code}@{value[1]}" for code in value[0])


class Lines(Text):
    """Free texts, one a line."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[str]:
        return [" ".join(line.split()) for line in value.split("\n") if line.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        lines = (" ".join(str(line).split()) for line in value or ())
        return "\n".join(line for line in lines if line)


def parts(value: str) -> list[str]:
    """The items of a cell, parted by semicolons or line feeds."""
    found = [part.strip() for part in re.split(r"[;\n]", value)]
    return list(dict.fromkeys(part for part in found if part))


def _found(look: Any, value: str, advice: str) -> Any:
    try:
        return look(value)
    except LookupError as error:
        raise ValidationError(f"{error} {advice}") from None


def _country_advice() -> str:
    return _("Write the code (ES, EL, UK) or the English name.")


def _nuts_advice() -> str:
    return _("Write a code such as ES21, or with its version: ES21@2021.")


def empty_value(field: Any) -> Any:
    """What a model's column holds where nothing is known."""
    if field.null:
        return None
    if field.get_internal_type() == "JSONField":
        return []
    return field.get_default() if field.has_default() else ""
