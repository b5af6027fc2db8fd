"""The derived table of regions that are the same territory in two NUTS versions."""

from collections import defaultdict

from django.db import transaction

from regions.correspondence import Change, correspondences
from regions.models import Correspondence, Region, RegionChange


@transaction.atomic
def rebuild_correspondences() -> int:
    """Bring the table in line with regions and changes; returns the rows touched."""
    ids: dict[int, dict[str, int]] = defaultdict(dict)
    for version, code, pk in Region.objects.values_list("version", "code", "pk"):
        ids[version][code] = pk
    wanted = {
        (
            ids[match.source_version][match.source_code],
            ids[match.target_version][match.target_code],
        ): match.relation
        for match in correspondences(ids, _changes())
    }
    stale = [
        row.pk
        for row in Correspondence.objects.all()
        if wanted.get((row.source_id, row.target_id)) != row.relation
        or wanted.pop((row.source_id, row.target_id)) is None
    ]
    Correspondence.objects.filter(pk__in=stale).delete()
    Correspondence.objects.bulk_create(
        (
            Correspondence(source_id=source, target_id=target, relation=relation)
            for (source, target), relation in wanted.items()
        ),
        batch_size=2000,
    )
    return len(stale) + len(wanted)


def _changes() -> list[Change]:
    rows = RegionChange.objects.values_list(
        "from_version",
        "to_version",
        "code_old",
        "code_new",
        "kind",
        "pop_share_of_old",
    )
    return [Change(*row) for row in rows]
