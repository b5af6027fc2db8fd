"""Figures of the portal as evidence: from what an author pastes to a figure's address.

Nothing is fetched: an address is read, compared with the portal's own, and looked up.
"""

from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import NoReverseMatch, Resolver404, resolve
from django.utils.translation import gettext as _

from dashboards.exhibits.base import figure_url
from dashboards.practice_evidence import figure_of
from practices.models.content import FIGURES

# What says how a figure is sent, not what it shows.
_FORMATS = {"format"}


def figure_address(text: str, host: str) -> str:
    """The address of the figure at ``text``; "" for none.

    Takes the address of a figure (JSON, CSV or XLSX of its menu) or of an indicator's
    page, with the portal's ``host`` or from "/" on. Raises ``ValidationError``.
    """
    text = text.strip()
    if not text:
        return ""
    parts = urlsplit(text)
    if not _is_own(parts.scheme, parts.netloc, host) or not parts.path.startswith("/"):
        raise ValidationError(
            _("“%(text)s” is no address of this portal.") % {"text": text[:80]}
        )
    if not parts.path.startswith(FIGURES):
        return _of_page(parts.path, parts.query)
    query = [(k, v) for k, v in parse_qsl(parts.query) if k not in _FORMATS]
    kind = parts.path.removeprefix(FIGURES).strip("/")
    address = _address(kind, query)
    return _held(address, text)


def figure_over_time(indicator: str, region: str) -> str:
    """The indicator as a line of that region; keys as a content has them."""
    code = region.partition("@")[0]
    address = figure_url("trend", {"indicator": indicator, "region": [code]})
    return _held(address, f"{indicator}, {code}")


def _is_own(scheme: str, netloc: str, host: str) -> bool:
    if not scheme and not netloc:
        return True
    own = {host.lower(), urlsplit(getattr(settings, "PORTAL_URL", "") or "").netloc}
    return scheme in {"http", "https"} and netloc.lower() in own - {""}


def _of_page(path: str, query: str) -> str:
    """The figure at the head of an indicator's page: its map in that year."""
    try:
        found = resolve(path)
    except Resolver404:
        found = None
    if found is None or found.view_name != "indicators:detail":
        raise ValidationError(
            _(
                "No figure is known by that page. Open “Download” at a figure, copy "
                "the address of its JSON, and paste it here."
            )
        )
    told = QueryDict(query)
    names = ("year", "region", "version", "series")
    given = [(name, told[name]) for name in names if told.get(name)]
    address = _address("map", [("indicator", found.kwargs["slug"]), *given])
    return _held(address, path)


def _address(kind: str, query: list[tuple[str, str]]) -> str:
    given: dict[str, list[str]] = {}
    for name, value in query:
        given.setdefault(name, []).append(value)
    try:
        return figure_url(kind, given)
    except NoReverseMatch as error:
        raise ValidationError(_("There is no such figure.")) from error


def _held(address: str, said: str) -> str:
    if len(address) > 500 or figure_of(address) is None:
        raise ValidationError(
            _("The portal has no figure at “%(said)s”: its data may not be held.")
            % {"said": said[:80]}
        )
    return address
