"""Addresses that keep a reader in the same reading from page to page."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from dashboards.forms import PageQuery
from indicators.forms import carried_params, reading_of
from indicators.past import NothingHeld
from indicators.reading import Reading

# What others hang on to an address to follow a reader; it says nothing to a page.
FOLLOWERS = ("fbclid", "gclid")


def carried(address: str, reading: Reading) -> str:
    """The address of a page, with the moment a reader asks about."""
    params = carried_params(reading)
    if not params:
        return address
    page, mark, place = address.partition("#")
    joint = "&" if "?" in page else "?"
    return f"{page}{joint}{urlencode(params)}{mark}{place}"


def region_address(code: str, reading: Reading) -> str:
    return carried(reverse("regions:detail", args=[code]), reading)


def page_params(request: HttpRequest) -> QueryDict:
    """What a page is asked for, less what others hung on to its address."""
    params = request.GET.copy()
    for name in request.GET:
        if name.startswith("utm_") or name in FOLLOWERS:
            del params[name]
    return params


def page_reading(request: HttpRequest) -> Reading:
    """The reading all links of a page carry; the usual one where it was refused."""
    form = PageQuery(request.GET)
    try:
        form.full_clean()
    except NothingHeld:
        return reading_of({})
    return reading_of(form.cleaned_data)
