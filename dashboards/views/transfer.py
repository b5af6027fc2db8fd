"""What would transfer to my region, with weights anyone can change."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from dashboards.addresses import page_params
from dashboards.listing_page import table_answer
from dashboards.practice_forms import TransferQuery
from dashboards.transfer_page import (
    ranked_practices,
    transfer_table,
    weight_fields,
    weights_of,
)
from dashboards.views.answers import view_address
from regions.api.views import no_region
from regions.models import Region
from sources.facets.pages import leaf
from sources.queryforms import InvalidQuery, ParameterError, validate

LEVEL = 2  # of regions whose structure is compared


@require_safe
def transfer(request: HttpRequest) -> HttpResponse:
    """Practices ranked for a region, each with what speaks for and against it."""
    query = validate(TransferQuery, page_params(request))
    weights = weights_of(query)
    region = _region(query["region"])
    context: dict[str, Any] = {
        "region": region,
        "weights": weight_fields(weights),
        "regions": _choices(),
        "own": _own(request),
    }
    if region is None:
        if request.GET.get("format"):
            text = _("Which region? Add region=, such as region=ES21.")
            raise InvalidQuery([ParameterError("region", text)])
        return render(request, "practices/transfer.html", context)
    ranked = ranked_practices(region, weights)
    if file_format := request.GET.get("format"):
        table = transfer_table(region, weights, ranked, address=view_address(request))
        return table_answer(table, file_format)
    shown = leaf(request, cast(Any, ranked), total=len(ranked))
    context |= {
        "page": shown.page,
        "shown_pages": shown.shown_pages,
        "total": len(ranked),
    }
    return render(request, "practices/transfer.html", context)


def _region(code: str) -> Region | None:
    """The region of today; refused where there is none."""
    if not code:
        return None
    found = Region.objects.current().filter(code=code).first()
    if found is None:
        text = no_region(code, settings.NUTS_VERSION)
        raise InvalidQuery([ParameterError("region", text)])
    return found


def _choices() -> list[tuple[str, str]]:
    regions = Region.objects.current().at_level(LEVEL).order_by("code")
    return [
        (r["code"], f"{r['code']} {r['name']}") for r in regions.values("code", "name")
    ]


def _own(request: HttpRequest) -> Region | None:
    """The region of whoever is signed in."""
    return request.user.region if isinstance(request.user, User) else None
