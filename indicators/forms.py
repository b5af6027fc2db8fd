"""The parameters by which a reader chooses a reading, the same on pages and API."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from indicators.beginnings import refuse_before_first_load
from indicators.reading import Reading
from regions.api.views import VERSIONS, default_version
from sources.asof import AsOfField
from sources.moments import as_of_text
from sources.queryforms import QueryForm

REPORTED, CONVERTED = "reported", "converted"
SERIES = [
    (REPORTED, gettext_lazy("As reported")),
    (CONVERTED, gettext_lazy("Converted to these regions")),
]


class PastQuery(QueryForm):
    """Held when."""

    asOf = AsOfField()  # noqa: N815  # the parameter's name in addresses

    def clean(self) -> dict[str, Any]:
        """Raises NothingHeld for a moment before the first load."""
        moment = self.cleaned_data.get("asOf")
        if moment is not None:
            refuse_before_first_load(moment)
        return self.cleaned_data


class ReadingQuery(PastQuery):
    """Whose borders, held when, converted or not; see ``Reading``."""

    version = forms.ChoiceField(choices=VERSIONS, initial=default_version)
    series = forms.ChoiceField(choices=SERIES, initial=REPORTED)


def reading_of(query: Mapping[str, Any]) -> Reading:
    """The reading that checked parameters ask for; absent ones take the usual."""
    return Reading(
        version=int(query.get("version") or settings.NUTS_VERSION),
        as_of=query.get("asOf"),
        is_converted=query.get("series") == CONVERTED,
    )


def checked_params(reading: Reading) -> dict[str, Any]:
    """The checked parameters of a reading: what ``reading_of`` makes it from."""
    return {
        "version": str(reading.version),
        "asOf": reading.as_of,
        "series": CONVERTED if reading.is_converted else REPORTED,
    }


def address_params(query: Mapping[str, Any]) -> dict[str, Any]:
    """What an address must say to ask for a checked query again."""
    own = {k: v for k, v in query.items() if v and k not in ReadingQuery.base_fields}
    return own | reading_params(reading_of(query))


def reading_params(reading: Reading) -> dict[str, str]:
    """The parameters that ask for the reading again; nothing for the usual one."""
    params = {}
    if reading.version != settings.NUTS_VERSION:
        params["version"] = str(reading.version)
    return params | carried_params(reading)


def carried_params(reading: Reading) -> dict[str, str]:
    """The parameters that go with a reader from page to page."""
    params = {}
    if reading.as_of:
        params["asOf"] = as_of_text(reading.as_of)
    if reading.is_converted:
        params["series"] = CONVERTED
    return params
