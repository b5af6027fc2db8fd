"""The data cube and indicators: percentages of GDP, yearly, from 2020."""

import factory
from factory.django import DjangoModelFactory

from indicators.models import (
    Dataflow,
    Indicator,
    ReferenceArea,
    Series,
    Slice,
    Vintage,
)
from indicators.periods import parse_period
from indicators.series import Observations
from tests.factories.regions import RegionFactory
from tests.factories.sources import IngestRunFactory, SourceFactory


class DataflowFactory(DjangoModelFactory[Dataflow]):
    class Meta:
        model = Dataflow

    agency = "ESTAT"
    code = factory.Sequence("flow_{}".format)
    name = factory.LazyAttribute(lambda o: f"Dataflow {o.code}")
    source = factory.SubFactory(SourceFactory)
    dimensions = factory.LazyFunction(lambda: ["freq", "unit"])
    nuts_version = 2024


class SliceFactory(DjangoModelFactory[Slice]):
    class Meta:
        model = Slice

    dataflow = factory.SubFactory(DataflowFactory)
    key = "A.PC_GDP"


class ReferenceAreaFactory(DjangoModelFactory[ReferenceArea]):
    class Meta:
        model = ReferenceArea

    dataflow = factory.SubFactory(DataflowFactory)
    region = factory.SubFactory(RegionFactory)
    code = factory.SelfAttribute("region.code")
    kind = ReferenceArea.Kind.REGION


class SeriesFactory(DjangoModelFactory[Series]):
    class Meta:
        model = Series

    slice = factory.SubFactory(SliceFactory)
    area = factory.SubFactory(
        ReferenceAreaFactory, dataflow=factory.SelfAttribute("..slice.dataflow")
    )


class VintageFactory(DjangoModelFactory[Vintage]):
    """The current vintage of a series: 1.0, 2.0, 3.0 from 2020 to 2022."""

    class Meta:
        model = Vintage

    series = factory.SubFactory(SeriesFactory)
    opened_by = factory.SubFactory(IngestRunFactory)
    valid_from = factory.SelfAttribute("opened_by.started_at")
    frequency = "A"
    start = factory.LazyFunction(lambda: parse_period("2020")[1])
    values = factory.LazyFunction(lambda: [1.0, 2.0, 3.0])
    digest = factory.LazyAttribute(
        lambda o: Observations(o.frequency, o.start, tuple(o.values)).digest()
    )


class IndicatorFactory(DjangoModelFactory[Indicator]):
    """An indicator cut from a dataflow of its own."""

    class Meta:
        model = Indicator

    slug = factory.Sequence("indicator-{}".format)
    name = factory.LazyAttribute(lambda o: f"Indicator {o.slug}")
    question = "Who invests most?"
    theme = "Research and development"
    definition = "Expenditure as a share of GDP."
    why_it_matters = "It shows effort."
    unit = "% of GDP"
    unit_short = "%"
    direction = Indicator.Direction.HIGHER
    dataflow = factory.SubFactory(DataflowFactory)
    slice_key = "A.PC_GDP"


class DerivedIndicatorFactory(IndicatorFactory):
    """A ratio of two other indicators."""

    dataflow = None
    slice_key = ""
    numerator = factory.SubFactory(IndicatorFactory)
    denominator = factory.SubFactory(IndicatorFactory)
    formula = "numerator / denominator"
