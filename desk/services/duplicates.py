"""Finding possible duplicates, and remembering which are none."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from accounts.names import normalised_name
from desk.analysis.duplicates import Candidate, Entry, candidates, host_of
from desk.models import DuplicatePair
from regions.text import fold


def find_duplicates() -> int:
    """Compare all organisations that stand; gives back how many pairs are open."""
    found = candidates(entries())
    _keep(found)
    return DuplicatePair.objects.open().count()


def entries() -> list[Entry]:
    rows = Organisation.objects.standing().values_list(
        "pk", "normalised_name", "name_local", "acronym", "country", "town", "website"
    )
    return [
        Entry(
            pk=pk,
            name=name,
            local=normalised_name(local),
            acronym=acronym.lower(),
            country=country,
            town=fold(town),
            host=host_of(website),
        )
        for pk, name, local, acronym, country, town, website in rows.iterator()
    ]


@transaction.atomic
def _keep(found: list[Candidate]) -> None:
    """The pairs are what was found now; those dismissed stay as they are."""
    keys = {(c.first, c.second) for c in found}
    gone = [
        pk
        for pk, first, second in DuplicatePair.objects.filter(
            dismissed_at__isnull=True
        ).values_list("pk", "first_id", "second_id")
        if (first, second) not in keys
    ]
    for start in range(0, len(gone), 500):
        DuplicatePair.objects.filter(pk__in=gone[start : start + 500]).delete()
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(
                first_id=c.first,
                second_id=c.second,
                score=c.score,
                reasons=list(c.reasons),
            )
            for c in found
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "reasons"],
    )


def dismiss(pair: DuplicatePair, *, by: str) -> None:
    """The two are not one: never proposed again."""
    pair.dismissed_at, pair.dismissed_by = timezone.now(), by[:150]
    pair.save()


def propose_again(pair: DuplicatePair) -> None:
    pair.dismissed_at, pair.dismissed_by = None, ""
    pair.save()
