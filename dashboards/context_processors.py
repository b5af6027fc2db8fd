"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.addresses import carried, page_reading


def shell(request: HttpRequest) -> dict[str, Any]:
    """The main menu with the current place marked, and the reading links carry."""
    reading = page_reading(request)
    return {
        "menu": [
            {
                "label": label,
                "url": carried(url, reading),
                "current": request.path.startswith(url),
            }
            for label, url in (
                (_("Regions"), reverse("regions:index")),
                (_("Indicators"), reverse("indicators:index")),
                (_("Projects"), reverse("projects:index")),
                (_("Practices"), reverse("practices:index")),
                (_("Priorities"), reverse("strategies:priorities")),
                (_("Funding"), reverse("programmes:index")),
                (_("Compare"), reverse("dashboards:compare")),
                (_("Guide"), reverse("guide:index")),
            )
        ],
        "plotly_path": f"plotly/{settings.PLOTLY_FILE}",
        "reading": reading,
        "today": timezone.now().date(),
        "nuts_version": settings.NUTS_VERSION,
    }
