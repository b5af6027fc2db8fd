"""What the database and the folders hold: starter data, snapshots, runs."""

import hashlib
from itertools import islice

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from indicators.dataflows import stale_dataflows
from indicators.models import Indicator, ReferenceArea, Series
from regions.models import Boundary, Region
from s3portal.doctor import Finding, Options, check, fail, ok, warn
from sources.models import IngestRun, Snapshot

SAMPLE = 20
State = IngestRun.State


@check("starter data")
def starter(_options: Options) -> Finding:
    regions, indicators = Region.objects.count(), Indicator.objects.count()
    if not regions or not indicators:
        return fail(
            f"{regions} regions and {indicators} indicators are there.",
            "Run: python manage.py load_starter",
        )
    return ok(f"{regions} regions, {indicators} indicators.")


@check("NUTS versions")
def nuts_versions(_options: Options) -> Finding:
    found = set(Region.objects.order_by().values_list("version", flat=True).distinct())
    if settings.NUTS_VERSION not in found:
        return fail(
            f"NUTS {settings.NUTS_VERSION}, which the pages show, is not there.",
            "Run: python manage.py load_starter",
        )
    return ok(", ".join(map(str, sorted(found))))


@check("boundaries")
def boundaries(_options: Options) -> Finding:
    shown = Boundary.objects.filter(region__version=settings.NUTS_VERSION)
    if not shown.exists():
        return warn(
            "No official boundaries, so maps are drawn as tiles and circles.",
            "Run: python manage.py fetch gisco-nuts",
        )
    return ok(f"{shown.count()} for NUTS {settings.NUTS_VERSION}.")


@check("snapshots")
def snapshots(options: Options) -> Finding:
    """The newest ones, or with --deep all, against their digest."""
    newest = Snapshot.objects.order_by("-retrieved_at", "-pk").iterator()
    looked_at = 0
    for snapshot in newest if options.is_deep else islice(newest, SAMPLE):
        looked_at += 1
        advice = "Take it from a backup, or fetch the source again."
        if not snapshot.path.is_file():
            return fail(f"The file of {snapshot} is gone.", advice)
        with snapshot.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != snapshot.sha256:
            return fail(f"The file of {snapshot} was changed.", advice)
    return ok(
        f"{looked_at} of {Snapshot.objects.count()} were looked at; each is as it was "
        "retrieved."
    )


@check("lost runs")
def lost_runs(_options: Options) -> Finding:
    lost = IngestRun.objects.filter(
        state=State.RUNNING, lease_until__lt=timezone.now()
    ).order_by("target")
    if lost:
        return fail(
            f"{len(lost)} have lost their worker, such as {lost[0].target}.",
            "Start worker and beat; beat queues them again.",
        )
    return ok("None.")


@check("failed runs")
def failed_runs(_options: Options) -> Finding:
    """Targets whose last run failed; what was repaired since is no finding."""
    later = IngestRun.objects.filter(target=OuterRef("target"), pk__gt=OuterRef("pk"))
    failed = IngestRun.objects.filter(~Exists(later), state=State.FAILED)
    if first := failed.first():
        return warn(
            f"{failed.count()} targets failed last time, such as {first.target}: "
            f"{first.message[:200]}",
            f"Read the run's page, {first.get_absolute_url()}, and fetch it again.",
        )
    return ok("None.")


@check("held runs")
def held_runs(_options: Options) -> Finding:
    held = IngestRun.objects.filter(state=State.HELD).exclude(fetcher="upload")
    if first := held.first():
        return warn(
            f"{held.count()} wait for a person, such as {first.target}.",
            f"Confirm or cancel it at {first.get_absolute_url()}.",
        )
    return ok("None.")


@check("stale data")
def stale_data(_options: Options) -> Finding:
    stale = [flow.target for flow in stale_dataflows()]
    if stale:
        return warn(
            f"{len(stale)} dataflows are stale, such as {stale[0]}.",
            "See /status.json for why; run: python manage.py fetch <name>",
        )
    return ok("None.")


@check("orphaned rows")
def orphans(_options: Options) -> Finding:
    """Series without observations, and areas without series: left by a broken load."""
    empty = Series.objects.filter(vintages__isnull=True).count()
    unused = ReferenceArea.objects.filter(series__isnull=True).count()
    if empty or unused:
        return warn(
            f"{empty} series have no observations, {unused} areas no series.",
            "Harmless; load their dataflow again to fill them.",
        )
    return ok("None.")
