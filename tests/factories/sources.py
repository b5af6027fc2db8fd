"""Sources, snapshots and ingest runs."""

import hashlib
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from sources.models import IngestRun, Snapshot, Source


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    code = factory.Sequence("source-{}".format)
    publisher = factory.Sequence("Publisher {}".format)
    url = "https://example.org/"
    licence = "CC BY 4.0"


class SnapshotFactory(DjangoModelFactory[Snapshot]):
    class Meta:
        model = Snapshot

    name = factory.Sequence("file-{}.tsv.gz".format)
    sha256 = factory.LazyAttribute(
        lambda o: hashlib.sha256(o.name.encode()).hexdigest()
    )
    size = 1000


class IngestRunFactory(DjangoModelFactory[IngestRun]):
    """A run that loaded well a minute ago."""

    class Meta:
        model = IngestRun

    target = factory.Sequence("ESTAT:flow_{}".format)
    state = IngestRun.State.LOADED
    started_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1))
    finished_at = factory.LazyAttribute(lambda o: o.started_at + timedelta(seconds=5))
