"""Countries and regions of invented codes; only ES and ES21 are the real ones."""

import factory
from factory.django import DjangoModelFactory

from regions.models import Region
from regions.text import fold

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def pair(number: int) -> str:
    """0 is AA, 1 is AB: 676 different pairs."""
    return LETTERS[number // 26 % 26] + LETTERS[number % 26]


class CountryFactory(DjangoModelFactory[Region]):
    """A territory of level 0; asked twice for one code it gives the same."""

    class Meta:
        model = Region
        django_get_or_create = ("version", "code")

    version = 2024
    code = factory.Sequence(pair)
    level = 0
    country = factory.SelfAttribute("code")
    name = factory.LazyAttribute(lambda o: f"Country {o.code}")
    name_native = factory.SelfAttribute("name")
    parent = None
    bloc = Region.Bloc.EU
    lon = 10.0
    lat = 50.0
    search_text = factory.LazyAttribute(lambda o: fold(f"{o.code} {o.name}"))


class RegionFactory(CountryFactory):
    """A region of level 2 in ES, under ES2; ``parent=None, level=0`` is no region."""

    country = "ES"
    level = 2
    code = factory.Sequence(lambda number: f"ES{pair(number)}")
    name = factory.LazyAttribute(lambda o: f"Region {o.code}")
    parent = factory.LazyAttribute(lambda o: _parent(o.version, o.code, o.bloc))


def _parent(version: int, code: str, bloc: str) -> Region:
    """The region one character shorter, made with its own parents where missing."""
    above = code[:-1]
    shared = {"version": version, "bloc": bloc}
    if len(above) == 2:
        return CountryFactory(code=above, **shared)
    return RegionFactory(code=above, level=len(above) - 2, country=above[:2], **shared)
