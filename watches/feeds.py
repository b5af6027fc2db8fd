"""What changed, for a feed reader; no account is needed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from watches.digests import Event
from watches.subjects import Subject
from watches.words import TOPICS

NEWEST = 50
REACH = timedelta(days=90)
DOMAIN = "watches.s3portal,2026"  # part of what identifies an entry; never changes


class _Feed(Atom1Feed):
    """The same bytes as long as nothing new has happened, so that an ETag holds."""

    def latest_post_date(self) -> datetime:
        moments = [item["updateddate"] for item in self.items]
        return max(moments, default=datetime(2026, 1, 1, tzinfo=UTC))


def atom(subject: Subject, events: Iterable[Event], *, root: str) -> str:
    """The newest events as an Atom feed; ``root`` is the site's address."""
    feed = _Feed(
        title=_("What changed: %(label)s") % {"label": subject.label},
        link=root + subject.address,
        description="",
        feed_url=root + subject.feed,
        author_name=_("Smart Specialisation Portal"),
    )
    newest = sorted(events, key=lambda e: (e.moment, e.ident), reverse=True)
    for event in newest[:NEWEST]:
        feed.add_item(
            title=f"{TOPICS[event.topic]}: {event.title}",
            link=root + event.address,
            description=event.what,
            unique_id=f"tag:{DOMAIN}:{event.ident}",
            pubdate=event.moment,
            updateddate=event.moment,
        )
    return str(feed.writeString("utf-8"))
