"""Asking whether the addresses of curated records still answer."""

import time
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.addresses import curated_addresses
from desk.analysis.duplicates import host_of
from desk.analysis.link_state import Answer, Failing, after, wait_days
from desk.broken import CACHE_KEY
from desk.models import LinkCheck
from desk.probe import probe
from desk.robots import Robots

BATCH = 500


def check_links(*, sleep: Callable[[float], None] = time.sleep) -> int:
    """Ask those that are due, LINK_CHECK_MOST at most; gives back how many.

    Between two addresses of one host pass LINK_CHECK_DELAY seconds, or what its
    robots.txt asks for; what that file forbids is not asked.
    """
    list_addresses()
    due = list(LinkCheck.objects.due()[: settings.LINK_CHECK_MOST])
    robots = Robots(settings.LINK_CHECK_PRIVATE_HOSTS)
    asked_at: dict[str, float] = {}
    for check in spread(due):
        if not robots.allows(check.url):
            note(check, Answer(None, _("Not asked: robots.txt."), is_kept_out=True))
            continue
        host = host_of(check.url)
        delay = max(settings.LINK_CHECK_DELAY, robots.delay(check.url))
        pause = asked_at.get(host, 0.0) + delay - time.monotonic()
        if host in asked_at and pause > 0:
            sleep(pause)
        answer = probe(check.url, private_hosts=settings.LINK_CHECK_PRIVATE_HOSTS)
        asked_at[host] = time.monotonic()
        note(check, answer)
    cache.delete(CACHE_KEY)
    return len(due)


@transaction.atomic
def list_addresses() -> None:
    """A row for each address that a public record has, and for no other."""
    wanted = curated_addresses()
    held = set(LinkCheck.objects.values_list("url", flat=True))
    gone = sorted(held - wanted)
    for start in range(0, len(gone), BATCH):
        LinkCheck.objects.filter(url__in=gone[start : start + BATCH]).delete()
    LinkCheck.objects.bulk_create(
        [LinkCheck(url=url) for url in sorted(wanted - held)],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def note(check: LinkCheck, answer: Answer) -> None:
    """What the answer says, and when to ask again."""
    held = Failing(check.first_failed, check.last_failed, check.failed_days)
    failing = after(held, answer, timezone.localdate())
    check.status, check.problem = answer.status, answer.problem[:200]
    check.redirect_to = answer.redirect_to[:1000]
    check.first_failed, check.last_failed = failing.first, failing.last
    check.failed_days = failing.days
    check.checked_at = timezone.now()
    if answer.is_there:
        check.answered_at = check.checked_at
    check.again_in(
        wait_days(
            failing,
            usual=settings.LINK_CHECK_DAYS,
            broken=settings.LINK_CHECK_FAILURES,
        )
    )
    check.save()


def spread(checks: Iterable[LinkCheck]) -> Iterator[LinkCheck]:
    """One of each host in turn, so that the pauses of one serve the others."""
    queues: dict[str, list[LinkCheck]] = {}
    for check in checks:
        queues.setdefault(host_of(check.url), []).append(check)
    while queues:
        for host in list(queues):
            yield queues[host].pop(0)
            if not queues[host]:
                del queues[host]
