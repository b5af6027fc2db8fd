"""Readable addresses that stay."""

from collections.abc import Set

from django.db import models
from django.utils.text import slugify


def unique_slug(
    model: type[models.Model],
    text: str,
    *,
    length: int = 80,
    reserved: Set[str] = frozenset(),
) -> str:
    """A slug of the text that no row of the model has yet; "item" for no letters.

    ``reserved`` are none either: pages that are no record have their place.

    Given once, when a record is made: an address that was published never changes
    because a title was corrected.
    """
    base = slugify(text)[:length].strip("-") or "item"
    taken = set(
        model._default_manager.filter(slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    slug, number = base, 2
    while slug in taken or slug in reserved:
        slug, number = f"{base}-{number}", number + 1
    return slug
