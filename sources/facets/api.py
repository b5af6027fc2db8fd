"""The same listing as a page has, for a list of the REST API."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from drf_spectacular.utils import OpenApiParameter

from sources.facets.kinds import Records
from sources.facets.listing import Listing
from sources.facets.pages import KeysFirst
from sources.queryforms import validate


class _ListingView(Protocol):
    """A view with a ``listing`` of ``records``: what readers may see, with what the
    serializer needs.
    """

    listing: ClassVar[Listing]
    request: Any

    def records(self) -> Records: ...


class ListingMixin:
    """For a ``ListAPIView``: ``records`` narrowed and ordered as the query asks."""

    paginator_class = KeysFirst

    def get_queryset(self: _ListingView) -> Records:
        if getattr(self, "swagger_fake_view", False):
            return self.records().none()
        query = validate(self.listing.form_class(), self.request.query_params)
        narrowed = self.listing.narrowed(self.records(), query)
        return self.listing.ordered(narrowed, query)


def listing_parameters(listing: Listing) -> Sequence[OpenApiParameter]:
    """The filters of a listing for the API's description."""
    filters = [
        OpenApiParameter(
            facet.name,
            many=True,
            description=f"{facet.label}; several mean any of them.",
        )
        for facet in listing.facets
    ]
    words = OpenApiParameter("q", description="Words, all of which must be found.")
    sort = OpenApiParameter(
        "sort", enum=list(listing.sorts), description="The order of the list."
    )
    return [*filters, *([words] if listing.text else []), sort]
