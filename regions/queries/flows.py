"""Flows between the NUTS versions at hand, by population or by area."""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum

from regions.flows import Flow, Step, flows_between
from regions.models import Region, RegionChange


class Weight(StrEnum):
    """What a region's share in another is measured by."""

    POPULATION = "population"
    AREA = "area"


_SHARES = {
    Weight.POPULATION: ("pop_share_of_old", "pop_share_of_new"),
    Weight.AREA: ("area_share_of_old", "area_share_of_new"),
}


def flows_into(
    target_version: int, source_versions: Collection[int], *, weight: str
) -> dict[int, list[Flow]]:
    """Flows from each of the versions into one; two statements.

    Two regions of the same territory have a flow too; a discontinued region has none.
    """
    codes: dict[int, set[str]] = defaultdict(set)
    for version, code in Region.objects.order_by().values_list("version", "code"):
        codes[version].add(code)
    rows = RegionChange.objects.order_by().values_list(
        "from_version", "to_version", "code_old", "code_new", "kind",
        *_SHARES[Weight(weight)],
    )  # fmt: skip
    steps = [Step(*row) for row in rows]
    return {
        version: flows_between(
            codes, steps, source_version=version, target_version=target_version
        )
        for version in source_versions
    }
