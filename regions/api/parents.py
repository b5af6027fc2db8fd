"""Lists below a region's address: what they share."""

from typing import Any

from django.conf import settings
from django.http import Http404

from regions.api.views import no_region
from regions.models import Region


class OfRegion:
    """For a list view below ``regions/<code>/``."""

    kwargs: dict[str, Any]

    @property
    def is_described(self) -> bool:
        """Whether only the schema is made: there is no region then."""
        return getattr(self, "swagger_fake_view", False)

    def region(self) -> Region:
        """The region of the address; 404 for a code that NUTS has not today."""
        code = self.kwargs["code"]
        found = Region.objects.current().filter(code=code).first()
        if found is None:
            raise Http404(no_region(code, settings.NUTS_VERSION))
        return found
