"""Numbered pages over a queryset or any sequence, to the last row."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from rest_framework import pagination
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from sources.queryforms import InvalidQuery, ParameterError

LONGEST_NUMBER = 9


class PageNumberPagination(pagination.PageNumberPagination):
    """``page`` and ``page_size``; the envelope is count, next, previous, results.

    What cannot be a page or a size is refused with 400, never silently replaced;
    a page after the last is 404.
    """

    page_size_query_param = "page_size"
    max_page_size = 10_000
    page: Page[Any]

    def paginate_queryset(
        self, queryset: Sequence[Any] | Any, request: Request, view: Any = None
    ) -> list[Any]:
        self.request = request
        size = self.get_page_size(request)
        number = _number(request, self.page_query_param, default=1)
        kind = getattr(view, "paginator_class", Paginator)
        paginator = kind(queryset, size)
        if number > paginator.num_pages:
            detail = _("page %(number)d is after the last one, %(last)d.")
            raise NotFound(detail % {"number": number, "last": paginator.num_pages})
        self.page = paginator.page(number)
        return list(self.page)

    def get_page_size(self, request: Request) -> int:
        return _number(
            request,
            "page_size",
            default=self.page_size or self.max_page_size,
            most=self.max_page_size,
        )


def _number(
    request: Request, name: str, *, default: int, most: int | None = None
) -> int:
    """A whole number from 1; InvalidQuery names the parameter otherwise."""
    text = request.query_params.get(name)
    if text is None:
        return default
    digits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    number = int(text) if digits else 0
    if number < 1 or (most is not None and number > most):
        raise InvalidQuery([ParameterError(name, _range(most))])
    return number


def _range(most: int | None) -> str:
    if most is None:
        return _("Give a whole number from 1.")
    return _("Give a whole number from 1 to %(most)d.") % {"most": most}
