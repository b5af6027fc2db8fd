"""What endpoints share that can be asked about the past."""

from datetime import timedelta
from typing import TypeVar

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from drf_spectacular.utils import OpenApiParameter

from indicators.reading import Reading

# A load dates its vintages when it begins; by now every one that began has ended.
SETTLED_AFTER = timedelta(days=1)
# Values of the past do not change; names and definitions beside them may.
PAST_SECONDS = 7 * 24 * 3600

AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)
SERIES_PARAMETER = OpenApiParameter(
    "series",
    enum=["reported", "converted"],
    description=(
        "converted: values of regions of other NUTS versions, converted with weights "
        "where territory changed, and marked; as reported when absent."
    ),
)
AS_OF_PARAMETER = OpenApiParameter(
    "asOf",
    description=(
        "Answer with what the portal held at the end of that day (2026-03-01, in UTC) "
        "or at that moment (2026-03-01T12:00:00Z). Names and definitions are today's. "
        "404 for a time before the first load."
    ),
)


def let_past_be_kept(response: AnyResponse, reading: Reading) -> AnyResponse:
    """Allow caches to keep an answer about the past; what is held now may change."""
    if reading.as_of and reading.as_of < timezone.now() - SETTLED_AFTER:
        patch_cache_control(response, public=True, max_age=PAST_SECONDS)
    return response
