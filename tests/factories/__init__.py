"""Model objects for tests: valid on their own, each key given only when it matters."""

from tests.factories.indicators import (
    DataflowFactory,
    DerivedIndicatorFactory,
    IndicatorFactory,
    ReferenceAreaFactory,
    SeriesFactory,
    SliceFactory,
    VintageFactory,
)
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory, RegionFactory
from tests.factories.sources import IngestRunFactory, SnapshotFactory, SourceFactory

__all__ = [
    "CountryFactory",
    "DataflowFactory",
    "DerivedIndicatorFactory",
    "IndicatorFactory",
    "IngestRunFactory",
    "ReferenceAreaFactory",
    "RegionFactory",
    "SeriesFactory",
    "SliceFactory",
    "SnapshotFactory",
    "SourceFactory",
    "UserFactory",
    "VintageFactory",
]
