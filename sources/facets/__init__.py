"""Faceted lists: OR inside a facet, AND between facets, a count beside each value.

An app declares a ``Listing`` once; its page, its API and its downloads ask the same
one. A count says how many records remain when the value is chosen along with what the
*other* facets ask. A facet costs one SQL statement, or two where its values stand on
rows of their own, whatever the number of records.
"""

from sources.facets.kinds import (
    NOT_RECORDED,
    Bucket,
    BucketFacet,
    ColumnFacet,
    Counts,
    Facet,
    Records,
    RelatedFacet,
)
from sources.facets.listing import (
    Chip,
    FacetView,
    Found,
    Listing,
    Option,
    Sort,
    ValuesField,
    encode,
)
from sources.facets.words import HeldTexts

__all__ = [
    "NOT_RECORDED",
    "Bucket",
    "BucketFacet",
    "Chip",
    "ColumnFacet",
    "Counts",
    "Facet",
    "FacetView",
    "Found",
    "HeldTexts",
    "Listing",
    "Option",
    "Records",
    "RelatedFacet",
    "Sort",
    "ValuesField",
    "encode",
]
