"""What cells refer to, loaded once for an import: never a query for a cell."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Organisation
from programmes.models import Call, PolicyArea, Programme
from projects.models import Project
from regions.countries import COUNTRIES, country_name
from regions.models import Region
from regions.queries.placing import Placer
from regions.text import fold
from strategies.models import Domain, Strategy, Theme

Index = dict[str, list[Any]]
# As ISO 3166 has them; NUTS writes EL and UK.
_ISO = {"GR": "EL", "GB": "UK"}


class Lookups:
    """Indices from texts to records; each costs one query, when first asked for.

    Records of the same import that are not saved yet are added with ``add``.
    """

    def find(self, model: type[Any], text: str) -> Any:
        """The one record that the text names.

        Raises LookupError with a sentence where there is none or more than one.
        """
        for form in (text.strip(), _loose(text)):
            found = self._index(model).get(form, [])
            if len(found) == 1:
                return found[0]
            if found:
                raise LookupError(_("Several records have that name; give the key."))
        raise LookupError(_("There is no such record."))

    def add(self, model: type[Any], record: Any) -> None:
        """Known from now on, as if it were saved."""
        if model in _NAMES:
            _put(self._index(model), record, _NAMES[model](record))

    def _index(self, model: type[Any]) -> Index:
        if model not in self._indices:
            index: Index = {}
            for record in _rows(model):
                _put(index, record, _NAMES[model](record))
            self._indices[model] = index
        return self._indices[model]

    @cached_property
    def _indices(self) -> dict[type[Any], Index]:
        return {}

    @cached_property
    def placer(self) -> Placer:
        return Placer.load()

    def nuts(self, text: str) -> tuple[str, int, Region]:
        """Code, version and region of today, of "ES21" or "ES21@2016".

        Without a version it is the one the portal shows, else the newest with the
        code. Raises LookupError.
        """
        code, _at, version = text.upper().replace(" ", "").partition("@")
        years = [int(version)] if version.isdigit() else self._versions
        for year in years if version.isdigit() or not version else []:
            region = self.placer.place(code, year) if 2 <= len(code) <= 5 else None
            if region is not None:
                return code, year, region
        raise LookupError(_("No NUTS version has that code."))

    @cached_property
    def _versions(self) -> list[int]:
        held = sorted({version for version, _code in self.placer.held}, reverse=True)
        return sorted(held, key=lambda year: year != settings.NUTS_VERSION)

    def country(self, text: str) -> str:
        """The NUTS code of a country given by code or English name. LookupError."""
        code = text.strip().upper()
        code = _ISO.get(code, code)
        if code in COUNTRIES:
            return code
        if (found := self._country_names.get(fold(text))) is None:
            raise LookupError(_("There is no such country."))
        return found

    @cached_property
    def _country_names(self) -> dict[str, str]:
        names = {fold(country_name(code)): code for code in COUNTRIES}
        return names | {"czech republic": "CZ", "greece": "EL", "turkey": "TR"}


def _loose(text: str) -> str:
    """Apart from keys: a key always wins over a name that is spelt like it."""
    return f"~{fold(text)}"


def _put(index: Index, record: Any, names: Iterable[str]) -> None:
    for name in dict.fromkeys(names):
        if name and record not in index.setdefault(name, []):
            index[name].append(record)


def _rows(model: type[Any]) -> Iterable[Any]:
    rows: Any = model.objects.all()
    if model in (Call, Project):
        rows = rows.select_related("programme")
    if model is Organisation:
        rows = rows.standing()
    if model is Project:
        rows = rows.defer("summary", "search_text", "objectives", "methods", "results")
    return list(rows)


def _programme(record: Programme) -> list[str]:
    return [
        record.slug,
        f"{record.acronym} {record.period}",
        _loose(f"{record.acronym} {record.period}"),
        _loose(record.acronym),
        _loose(record.name),
        _loose(f"{record.name} {record.period}"),
    ]


def _project(record: Project) -> list[str]:
    of = record.programme
    return [record.slug, f"{of.slug}/{record.acronym}", _loose(record.acronym)]


def _organisation(record: Organisation) -> list[str]:
    return [record.slug, _loose(record.name)]


_NAMES: dict[type[Any], Callable[[Any], list[str]]] = {
    Programme: _programme,
    Project: _project,
    Organisation: _organisation,
    Call: lambda record: [f"{record.programme.slug}/{record.code}"],
    Strategy: lambda record: [record.slug],
    Theme: lambda record: [record.slug, _loose(record.name)],
    Domain: lambda record: [f"{record.kind}:{record.code}", _loose(record.name)],
    PolicyArea: lambda record: [record.code, _loose(record.name)],
}
