"""Regions, by every code and name they had, and indicators."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.models import Indicator
from regions.countries import country_name
from regions.models import Correspondence, Region
from regions.queries.history import History
from regions.queries.today import earlier_note
from regions.text import fold
from search.documents import Document, Maker, each

# One territory may be a country and a region of both levels: EE, EE00, EE0.
WEIGHTS = {0: 100, 2: 95, 1: 90, 3: 85}
Former = dict[str, dict[str, str]]


def _regions(records: Iterable[Region]) -> Iterable[Document]:
    former = former_names()
    for region in records:
        names = [region.name, region.name_native, region.code]
        names += _greek(region.code)
        if not region.level:
            names.append(country_name(region.code))
        yield Document(
            key=region.pk,
            title=_label(region),
            note=_note(region),
            url=region.get_absolute_url(),
            names=tuple(names),
            former=tuple(former.get(region.code, {}).items()),
            weight=WEIGHTS[region.level],
        )


def _label(region: Region) -> str:
    name = region.name if region.level else country_name(region.code)
    return f"{name} ({region.code})"


def _note(region: Region) -> str:
    if not region.level:
        return gettext("country")
    said = {"level": region.level, "country": country_name(region.country)}
    return gettext("NUTS %(level)d, %(country)s") % said


def _greek(code: str) -> list[str]:
    """Greece was GR before NUTS 2010 and still is in ISO 3166."""
    return [f"GR{code[2:]}"] if code.startswith("EL") else []


def former_names() -> Former:
    """Of each region of today the folded names of old versions, each with its note.

    Folded are code and names together, as regions keep them; the newest comes first.
    """
    shown = dict(Region.objects.current().values_list("code", "search_text"))
    old = list(
        Region.objects.exclude(version=settings.NUTS_VERSION).order_by("-version")
    )
    same = dict(
        Correspondence.objects.filter(
            target__version=settings.NUTS_VERSION, source__in=old
        ).values_list("source_id", "target__code")
    )
    history = History.load()
    found: Former = defaultdict(dict)
    for row in old:
        if row.pk in same:
            if row.search_text != shown[same[row.pk]]:
                _add(found, same[row.pk], row, _former_note(row, same[row.pk]))
            continue
        for part in history.today(row.version, row.code):
            _add(found, part.code, row, _part_note(row))
    return found


def _add(found: Former, code: str, old: Region, note: str) -> None:
    for form in (fold(old.code), fold(old.name), old.search_text):
        found[code].setdefault(form, note)


def _former_note(old: Region, code: str) -> str:
    if old.code != code:
        return earlier_note(old, code)
    said = {"name": old.name, "version": old.version}
    return gettext("%(name)s in NUTS %(version)d") % said


def _part_note(old: Region) -> str:
    said = {"old": old.code, "version": old.version}
    return gettext("holds a part of %(old)s (NUTS %(version)d)") % said


def _indicator(item: Indicator) -> Document:
    return Document(
        key=item.pk,
        title=item.name,
        note=item.unit,
        url=item.get_absolute_url(),
        names=(item.slug.replace("-", " "),),
        text="\n".join([item.question, item.definition, item.why_it_matters]),
        weight=80,
    )


REGION = Maker(
    kind="region",
    label=_("Region"),
    plural=_("Regions"),
    model=Region,
    records=Region.objects.current,
    make=_regions,
)
INDICATOR = Maker(
    kind="indicator",
    label=_("Indicator"),
    plural=_("Indicators"),
    model=Indicator,
    records=Indicator.objects.all,
    make=each(_indicator),
)
