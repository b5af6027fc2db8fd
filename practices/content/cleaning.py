"""What people typed, brought into the form of a content or refused field by field.

A draft may be unfinished, so nothing is asked for here but that each value can be
kept; what is missing is ``practices.analysis.completeness``.
"""

import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from indicators.models import Indicator
from practices.content import lookup
from practices.content.fields import (
    DATES,
    EVIDENCE,
    EVIDENCE_TEXTS,
    EVIDENCE_VALUES,
    EVIDENCE_YEARS,
    FIELDS,
    LINKS,
    LISTS,
    MOST_ITEMS,
    MOST_TEXT,
    TEXTS,
    Content,
    plain,
)
from practices.models import EvidenceItem, GoodPractice
from practices.models.content import FIGURES
from sources.dates import parse_end, parse_start

YEARS = range(1900, 2101)
MOST_COST = Decimal(10) ** 12


def cleaned(fields: Mapping[str, Any], *, of: GoodPractice | None = None) -> Content:
    """The given fields only, ready to be kept.

    Raises ``ValidationError`` with a mapping of field to messages, for all fields at
    once. ``of`` is the practice they belong to, whose title is its own.
    """
    found: Content = {}
    errors: dict[str, list[str]] = {}
    for name, value in fields.items():
        try:
            found[name] = _value(name, value, of)
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return found


def check_order(content: Mapping[str, Any]) -> None:
    """Raises ``ValidationError`` on ``end`` where it lies before the start."""
    start, end = content["start"], content["end"]
    if start and end and parse_end(end)[0] < parse_start(start)[0]:
        raise ValidationError({"end": [_("The end lies before the start.")]})


def _value(name: str, value: Any, of: GoodPractice | None) -> Any:
    if name not in FIELDS:
        raise ValidationError(_("There is no field “%(name)s”.") % {"name": name})
    if name in TEXTS:
        is_title = name == "title"
        return _title(value, of) if is_title else _text(GoodPractice, name, value)
    if name in DATES:
        return _partial_date(name, value)
    if name in LINKS:
        slug = _string(value)
        lookup.linked(name, slug)
        return slug
    if name in LISTS:
        return lookup.keys_of(name, lookup.listed(name, _strings(value)))
    if name == "is_failure":
        return _yes_or_no(value)
    return _cost(value) if name == "cost_eur" else _evidence(value)


def _string(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValidationError(_("Text is expected here."))
    return plain(value)


def _strings(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > MOST_ITEMS:
        raise ValidationError(
            _("A list of at most %(most)d is expected here.") % {"most": MOST_ITEMS}
        )
    return [_string(item) for item in value]


def _text(model: Any, name: str, value: Any) -> str:
    text = _string(value)
    if len(text) > MOST_TEXT:
        raise ValidationError(_("At most %(most)d characters.") % {"most": MOST_TEXT})
    if text:
        model._meta.get_field(name).clean(text, None)
    return text


def _title(value: Any, of: GoodPractice | None) -> str:
    title = " ".join(_text(GoodPractice, "title", value).split())
    if not title:
        raise ValidationError(_("A practice needs a title."))
    others = GoodPractice.objects.exclude(pk=of.pk) if of else GoodPractice.objects
    if others.filter(title=title).exists():
        raise ValidationError(_("Another practice has this title. Choose another one."))
    return title


def _partial_date(name: str, value: Any) -> str:
    text = _string(value)
    if text:
        try:
            (parse_start if name == "start" else parse_end)(text)
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s” is no date. Write 2012, 2012-03 or 2012-03-11.")
                % {"text": text[:20]}
            ) from error
    return text


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValidationError(_("Yes or no is expected here."))
    return value


def _cost(value: Any) -> str | None:
    if value is None or value == "":
        return None
    try:
        cost = Decimal(str(value))
    except InvalidOperation as error:
        raise ValidationError(_("An amount in euro is expected, such as 7500.")) from (
            error
        )
    if not cost.is_finite() or not 0 <= cost < MOST_COST:
        raise ValidationError(_("An amount in euro from 0 to a trillion is expected."))
    return f"{cost:.2f}"


def _evidence(value: Any) -> list[Content]:
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise ValidationError(
            _("A list of at most %(most)d is expected here.") % {"most": MOST_ITEMS}
        )
    items = [_numbered(place, item) for place, item in enumerate(value, start=1)]
    slugs = {item["indicator_slug"] for item in items} - {""}
    held = set(Indicator.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if slugs - held:
        raise ValidationError(
            _("No indicator is called %(slugs)s.")
            % {"slugs": ", ".join(sorted(slugs - held))}
        )
    return items


def _numbered(place: int, item: Any) -> Content:
    try:
        return _item(item)
    except ValidationError as error:
        raise ValidationError(
            [
                _("Evidence %(place)d: %(message)s")
                % {"place": place, "message": message}
                for message in error.messages
            ]
        ) from error


def _item(item: Any) -> Content:
    if not isinstance(item, Mapping) or not set(item) <= set(EVIDENCE):
        raise ValidationError(_("It has fields that are not known here."))
    texts = {name: _text(EvidenceItem, name, item.get(name)) for name in EVIDENCE_TEXTS}
    texts["kind"] = texts["kind"] or EvidenceItem.Kind.STATEMENT.value
    if texts["source_url"]:
        URLValidator(schemes=["http", "https"])(texts["source_url"])
    if texts["figure"] and not texts["figure"].startswith(FIGURES):
        raise ValidationError(
            _("The address of a figure begins with %(path)s.") % {"path": FIGURES}
        )
    values = {name: _number(item.get(name)) for name in EVIDENCE_VALUES}
    years = {name: _year(item.get(name)) for name in EVIDENCE_YEARS}
    before, after = years["baseline_year"], years["result_year"]
    if before is not None and after is not None and before > after:
        raise ValidationError(_("The year after lies before the year before."))
    return {**texts, **values, **years}


def _number(value: Any) -> float | None:
    if value is None or value == "":
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValidationError(
            _("“%(value)s” is no number.") % {"value": str(value)[:20]}
        )
    return number


def _year(value: Any) -> int | None:
    number = _number(value)
    if number is None:
        return None
    if number not in YEARS:
        raise ValidationError(_("“%(value)s” is no year.") % {"value": str(value)[:20]})
    return int(number)
