"""All codes and changes at hand, to follow codes that were split or merged."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from regions.correspondence import Change
from regions.history import Descendant, descendants
from regions.models import Region, RegionChange


@dataclass(frozen=True, slots=True)
class History:
    """Codes and changes of all versions; two statements to load."""

    codes_by_version: dict[int, set[str]]
    changes: list[Change]

    @classmethod
    def load(cls) -> "History":
        codes: dict[int, set[str]] = defaultdict(set)
        for version, code in Region.objects.values_list("version", "code"):
            codes[version].add(code)
        rows = RegionChange.objects.values_list(
            "from_version", "to_version", "code_old", "code_new", "kind",
            "pop_share_of_old",
        )  # fmt: skip
        return cls(codes, [Change(*row) for row in rows])

    def today(self, version: int, code: str) -> list[Descendant]:
        return descendants(
            code,
            version,
            until=settings.NUTS_VERSION,
            codes_by_version=self.codes_by_version,
            changes=self.changes,
        )
