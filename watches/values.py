"""Old and new values of a field in words that fit into a line."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.curation import Publishable
from watches.digests import FieldChange

# A value longer than that is named and not repeated.
LONGEST = 80
# So many fields are told with their values.
MOST = 8
NOTHING = "–"


def value_changed(field: Any, old: Any, new: Any) -> FieldChange:
    label = str(capfirst(field.verbose_name))
    if isinstance(field, (models.TextField, models.JSONField)):
        return FieldChange(label, "", "")
    if isinstance(field, models.ForeignKey):
        names = _names(field.related_model, [key for key in (old, new) if key])
        return _told(label, names.get(old, ""), names.get(new, ""))
    words = dict(field.flatchoices)
    if words:
        return _told(label, str(words.get(old, old)), str(words.get(new, new)))
    return _told(label, written(old), written(new))


def links_changed(
    relation: Any, old: Collection[int], new: Collection[int]
) -> FieldChange:
    """What was added and what was taken away, by name."""
    label = str(capfirst(relation.verbose_name))
    gone, come = set(old) - set(new), set(new) - set(old)
    names = _names(relation.related_model, gone | come)
    return _told(
        label,
        ", ".join(sorted(names[key] for key in gone if key in names)),
        ", ".join(sorted(names[key] for key in come if key in names)),
    )


def written(value: Any) -> str:
    """A value as pages write it; "" for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        text = f"{value:,.2f}"
        return text.removesuffix(".00")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return " ".join(str(value).split())


def in_words(fields: Sequence[FieldChange]) -> str:
    """ "End: 2012 → 2013; Summary"; the values where there are any."""
    parts = [_one(field) for field in fields[:MOST]]
    more = len(fields) - MOST
    if more > 0:
        words = ngettext("%(n)d more field", "%(n)d more fields", more)
        parts.append(words % {"n": more})
    return "; ".join(parts)


def _one(field: FieldChange) -> str:
    if not field.old and not field.new:
        return field.label
    return f"{field.label}: {field.old or NOTHING} → {field.new or NOTHING}"


def _told(label: str, old: str, new: str) -> FieldChange:
    if len(old) > LONGEST or len(new) > LONGEST:
        return FieldChange(label, "", "")
    return FieldChange(label, old, new)


def _names(model: Any, keys: Collection[int]) -> dict[int, str]:
    """Of what readers may see: what is a draft is not named."""
    rows = model._default_manager
    if issubclass(model, Publishable):
        rows = rows.public()
    return {key: str(row) for key, row in rows.in_bulk(list(keys)).items()}
