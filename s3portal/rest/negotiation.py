"""Which renderer answers: an unknown ``format`` is a wrong parameter, not a 404."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer

from sources.queryforms import InvalidQuery, ParameterError


class ContentNegotiation(DefaultContentNegotiation):
    def filter_renderers(
        self,
        renderers: Iterable[BaseRenderer],
        format: str,  # noqa: A002 - its parent's
    ) -> list[BaseRenderer]:
        offered = list(renderers)
        chosen = [item for item in offered if item.format == format]
        if not chosen:
            formats = tuple(str(item.format) for item in offered)
            detail = _("There is no such format here.")
            raise InvalidQuery([ParameterError("format", detail, formats)])
        return chosen
