"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def shell(request: HttpRequest) -> dict[str, Any]:
    """The main menu with the current place marked, and the Plotly bundle's name."""
    return {
        "menu": [
            {"label": label, "url": url, "current": request.path.startswith(url)}
            for label, url in (
                (_("Regions"), reverse("regions:index")),
                (_("Indicators"), reverse("indicators:index")),
                (_("Compare"), reverse("dashboards:compare")),
                (_("Sources"), reverse("sources:index")),
                (_("Guide"), reverse("dashboards:methods")),
                (_("API"), reverse("api-docs")),
            )
        ],
        "plotly_path": f"plotly/{settings.PLOTLY_FILE}",
        "nuts_version": settings.NUTS_VERSION,
    }
