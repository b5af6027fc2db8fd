"""From the keys in a content to rows; an unknown key is named in the error."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation
from practices.content.reading import domain_key, region_key
from programmes.models import Programme
from projects.models import Project
from regions.models import Region
from sources.curation import Origin, Publication
from strategies.models import Domain, Theme


def linked(name: str, slug: str) -> Any:
    """The organisation, project or programme of that slug; None for ""."""
    if not slug:
        return None
    row = choices_of(name).filter(slug=slug).first()
    if row is None:
        raise ValidationError(_unknown(name, [slug]))
    return row


def listed(name: str, keys: Sequence[str]) -> list[Any]:
    """The rows of a list, in the order of the database; one statement."""
    wanted = {_full(key) for key in keys} if name == "regions" else set(keys)
    if not wanted:
        return []
    find, key_of = _LISTS[name]
    found = {key_of(row): row for row in find(wanted)}
    if gone := sorted(wanted - found.keys()):
        raise ValidationError(_unknown(name, gone))
    return list(found.values())


def keys_of(name: str, rows: Iterable[Any]) -> list[str]:
    return sorted(_LISTS[name][1](row) for row in rows)


def choices_of(name: str) -> Any:
    """What an author may link to: what is public, or an organisation made here."""
    if name == "organisation":
        mine = Q(state=Publication.PUBLISHED) | Q(origin=Origin.PORTAL)
        gone = Q(state=Publication.ARCHIVED)
        return Organisation.objects.standing().filter(mine).exclude(gone)
    if name == "project":
        return Project.objects.public()
    return Programme.objects.public()


def _full(key: str) -> str:
    return key if "@" in key else f"{key.strip().upper()}@{settings.NUTS_VERSION}"


def _regions(keys: set[str]) -> Any:
    codes = [key.partition("@")[0] for key in keys]
    return [
        region
        for region in Region.objects.filter(code__in=codes)
        if region_key(region) in keys
    ]


def _domains(keys: set[str]) -> Any:
    codes = [key.partition(":")[2] for key in keys]
    return [
        domain
        for domain in Domain.objects.filter(code__in=codes)
        if domain_key(domain) in keys
    ]


_LISTS: dict[str, tuple[Any, Any]] = {
    "regions": (_regions, region_key),
    "themes": (lambda keys: Theme.objects.filter(slug__in=keys), lambda row: row.slug),
    "domains": (_domains, domain_key),
}


def _unknown(name: str, keys: Sequence[str]) -> str:
    return _("%(what)s: %(keys)s is not held here. Choose from the list.") % {
        "what": name,
        "keys": ", ".join(keys),
    }
