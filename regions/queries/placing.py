"""From a NUTS code of some version to the region of today."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from regions.codes import level_2_parent
from regions.models import Correspondence, Region


@dataclass(frozen=True, slots=True)
class Placer:
    """All codes at hand, for loads that place thousands of rows; two statements.

    A code finds the region of the version the portal shows that is the same
    territory. Where there is none (it was split, or left NUTS like the United
    Kingdom) it finds the region of the newest version that has its territory.
    """

    held: dict[tuple[int, str], Region]
    today: dict[int, Region]

    @classmethod
    def load(cls) -> "Placer":
        regions = {region.pk: region for region in Region.objects.all()}
        today: dict[int, Region] = {}
        rows = Correspondence.objects.filter(
            target__version__lte=settings.NUTS_VERSION
        ).order_by("target__version")
        for source, target in rows.values_list("source_id", "target_id"):
            today[source] = regions[target]
        held = {(region.version, region.code): region for region in regions.values()}
        return cls(held, today)

    def place(self, code: str, version: int | None) -> Region | None:
        """The region of today; below level 2 it is the one around the place.

        None for an empty code or one that no version has.
        """
        exact = self._exactly(code, version)
        return exact or self._exactly(level_2_parent(code), version)

    def places(self, codes: Iterable[str], version: int | None) -> list[Region]:
        found = [self.place(code, version) for code in codes]
        return [region for region in found if region is not None]

    def _exactly(self, code: str, version: int | None) -> Region | None:
        region = self.held.get((version, code)) if version else None
        if region is None:
            return None
        return self.today.get(region.pk, region)
