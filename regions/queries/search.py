"""Finding regions by code (of any NUTS version) or name (in any script)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from regions.countries import country_name
from regions.models import Correspondence, Region
from regions.queries.history import History
from regions.queries.today import earlier_note
from regions.text import fold

MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A region of today; ``note`` says what else it is found by, or where it lies."""

    region: Region
    note: str

    @property
    def label(self) -> str:
        name = self.region.name
        if self.region.level == 0:
            name = country_name(self.region.code)
        return f"{name} ({self.region.code})"

    @property
    def url(self) -> str:
        return self.region.get_absolute_url()


@dataclass(frozen=True, slots=True)
class _Hit:
    rank: int
    row: Region  # of any version
    code: str  # of today
    is_part: bool = False


def search_regions(q: str, limit: int = 10) -> list[RegionMatch]:
    """Regions of today that match every word, best first; each once.

    Upper and lower case, accents and punctuation do not matter. Old codes and names
    lead to today's region, or to all that hold a part of it.
    """
    text = fold(q)
    words = text.split()[:MAX_WORDS]
    if not words:
        return []
    matches = Q()
    for word in words:
        matches &= Q(search_text__contains=word)
    rows = list(Region.objects.filter(matches))
    best: dict[str, _Hit] = {}
    for hit in sorted(_hits(rows, text, words), key=_order):
        best.setdefault(hit.code, hit)
    chosen = list(best.values())
    countries, regions = _today({hit.code for hit in chosen})
    chosen.sort(key=lambda hit: (hit.rank, _LEVELS[regions[hit.code].level], hit.code))
    return [
        RegionMatch(regions[hit.code], _note(hit, regions[hit.code], countries))
        for hit in chosen[:limit]
    ]


# One territory may be a country and a region of both levels: EE, EE0, EE00.
_LEVELS = {0: 0, 2: 1, 1: 2, 3: 3}


def _order(hit: _Hit) -> tuple[int, int]:
    """The region itself before its former selves."""
    return hit.rank, -hit.row.version


def _hits(rows: list[Region], text: str, words: list[str]) -> Iterable[_Hit]:
    old = [row for row in rows if row.version != settings.NUTS_VERSION]
    same = _same_today(old)
    lost = [row for row in old if row.pk not in same]
    history = History.load() if lost else None
    for row in rows:
        rank = _rank(row, text, words)
        if row.version == settings.NUTS_VERSION:
            yield _Hit(rank, row, row.code)
        elif row.pk in same:
            yield _Hit(rank, row, same[row.pk])
        elif history is not None:
            for part in history.today(row.version, row.code):
                yield _Hit(rank, row, part.code, is_part=True)


def _same_today(old: list[Region]) -> dict[int, str]:
    wanted = {row.pk for row in old}
    if not wanted:
        return {}
    pairs = Correspondence.objects.filter(
        target__version=settings.NUTS_VERSION,
        source__code__in={row.code for row in old},
    ).values_list("source_id", "target__code")
    return {source: code for source, code in pairs if source in wanted}


def _rank(row: Region, text: str, words: list[str]) -> int:
    """0 the code itself, 1 its beginning, 2 a name's beginning, 3 words', 4 inside."""
    code = row.code.lower()
    if code == text:
        return 0
    if code.startswith(text):
        return 1
    if fold(row.name).startswith(text) or fold(row.name_native).startswith(text):
        return 2
    padded = f" {row.search_text}"
    return 3 if all(f" {word}" in padded for word in words) else 4


def _today(codes: set[str]) -> tuple[dict[str, str], dict[str, Region]]:
    """Names of the countries, and the regions of these codes."""
    held = Region.objects.current().filter(Q(level=0) | Q(code__in=codes))
    regions = {region.code: region for region in held}
    countries = {code: item.name for code, item in regions.items() if item.level == 0}
    return countries, regions


def _note(hit: _Hit, region: Region, countries: dict[str, str]) -> str:
    if hit.is_part:
        return _("holds a part of %(old)s (NUTS %(version)d)") % {
            "old": hit.row.code,
            "version": hit.row.version,
        }
    if hit.row.code != region.code:
        return earlier_note(hit.row, region.code)
    if region.level == 0:
        return str(_("country"))
    return _("NUTS %(level)d, %(country)s") % {
        "level": region.level,
        "country": countries.get(region.country, region.country),
    }
