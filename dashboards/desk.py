"""What waits on the portal's own pages, for the start page of the desk."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.desk.start import Waiting
from dashboards.match_desk import waiting_matches
from dashboards.review_queue import judges
from practices.actors import is_curator
from practices.queries import review_queue


def waiting(request: HttpRequest) -> list[Waiting]:
    """Reviews they may take or have taken, and for curators requests for a match."""
    user: Any = request.user
    found: list[Waiting] = []
    if judges(user):
        reviews, address = review_queue(user).count(), reverse("practices:review-queue")
        found.append(Waiting(_("practices in review"), reviews, address, "rate_review"))
    if is_curator(user):
        matches, address = waiting_matches(), reverse("match:desk")
        found.append(Waiting(_("match requests"), matches, address, "group_add"))
    return found
