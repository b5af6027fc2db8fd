"""What lies at the address of an organisation that was merged into another."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from projects.organisations import successor_of

NOT_FOUND = 404


class LeadsToSurvivor:
    """For a view at or below ``organisations/<slug>/``: an old address leads on.

    For the time being (302), as a merge can be undone.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view beside it
        if answer.status_code != NOT_FOUND or request.resolver_match is None:
            return answer
        survivor = successor_of(kwargs["slug"])
        if survivor is None:
            return answer
        name = request.resolver_match.view_name
        address = reverse(name, kwargs={**kwargs, "slug": survivor.slug})
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address)
