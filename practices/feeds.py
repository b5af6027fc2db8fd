"""New practices for a feed reader."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

NEWEST = 50
DOMAIN = "practices.s3portal,2026"  # part of what identifies an entry; never changes


def atom(found: Any, *, root: str, address: str, page: str) -> str:
    """The newest of those found as an Atom feed; ``found`` is of ``listed_practices``.

    ``root`` is the site's address, ``address`` the feed's and ``page`` the list's.
    """
    feed = Atom1Feed(
        title=_("New good practices"),
        link=root + page,
        description=_("Good practices that were published, the newest first."),
        feed_url=root + address,
        author_name=_("Smart Specialisation Portal"),
    )
    for practice in found[:NEWEST]:
        feed.add_item(
            title=practice.title,
            link=root + practice.get_absolute_url(),
            description=practice.summary or practice.description[:500],
            unique_id=f"tag:{DOMAIN}:{practice.pk}",
            pubdate=practice.first_published,
            updateddate=max(practice.updated_at, practice.first_published),
            categories=[theme.name for theme in practice.themes.all()],
        )
    return str(feed.writeString("utf-8"))
