"""The data cube (dataflow, slice, series, vintage) and the indicators cut from it."""

from indicators.models.cube import (
    Dataflow,
    ReferenceArea,
    Series,
    Slice,
    Vintage,
    VintageQuerySet,
)
from indicators.models.indicators import Indicator
from indicators.past import DataflowState

__all__ = [
    "Dataflow",
    "DataflowState",
    "Indicator",
    "ReferenceArea",
    "Series",
    "Slice",
    "Vintage",
    "VintageQuerySet",
]
