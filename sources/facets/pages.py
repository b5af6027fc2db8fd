"""One page of a list, by number; a number that cannot be one is refused."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from sources.facets.kinds import Records
from sources.queryforms import InvalidQuery, ParameterError

PAGE_SIZE = 20
LONGEST_NUMBER = 9


class KeysFirst(Paginator):  # type: ignore[type-arg]  # no generic when it runs
    """Of a queryset, looks up the keys on a page, then their records.

    To put 10,000 records in order with all that is joined to them takes twice as long
    as with their keys alone. A list is cut as it is.
    """

    def page(self, number: int | str) -> Page[Any]:
        if not isinstance(self.object_list, QuerySet):
            return super().page(number)
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self.object_list.values_list("pk", flat=True)
        held = list(keys[start : start + self.per_page])
        return Page(self.object_list.filter(pk__in=held), number, self)


@dataclass(frozen=True)
class Leaf:
    """A page, and the numbers that ``_pagination.html`` offers."""

    page: Page[Any]
    shown_pages: tuple[Any, ...]


def leaf(
    request: HttpRequest, records: Records, *, total: int, size: int = PAGE_SIZE
) -> Leaf:
    """The page that ``page`` asks for; 404 after the last one.

    ``total`` is the number of records, which the caller has counted already.
    """
    paginator = KeysFirst(records, size)
    paginator.count = total
    number = _number(request.GET.get("page", "1"))
    if number > paginator.num_pages:
        detail = _("There is no page %(number)d; the last one is %(last)d.")
        raise Http404(detail % {"number": number, "last": paginator.num_pages})
    shown = tuple(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))
    return Leaf(paginator.page(number), shown)


def _number(text: str) -> int:
    digits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    if not digits or int(text) < 1:
        raise InvalidQuery([ParameterError("page", _("Give a whole number from 1."))])
    return int(text)
