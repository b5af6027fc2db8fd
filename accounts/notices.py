"""Telling people something: in the portal, and by e-mail as they want it.

notify([author], "practice-state", {"practice": practice},
       link=practice.get_absolute_url(), key=f"practice:{practice.pk}:approved:3")
"""

import logging
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from kombu.exceptions import KombuError, OperationalError

from accounts.curators import may_decide
from accounts.models import Delivery, Notice, NoticePreference, User
from accounts.notice_kinds import DIGEST, NoticeKind, all_kinds, kind_named

logger = logging.getLogger(__name__)
TASK = "accounts.tasks.mail_notice"


@transaction.atomic
def notify(
    users: Iterable[User],
    kind: str,
    context: Mapping[str, Any] | None = None,
    *,
    link: str = "",
    key: str = "",
) -> list[Notice]:
    """Tell each of them once; the notices made.

    ``link`` is a path of the portal. With a ``key``, whoever was told under that key
    is not told again. People who may not sign in are left out. Mails leave after the
    transaction; a queue that is away delays them and breaks nothing. KeyError for a
    kind nobody registered, ValueError for a link that leaves the portal.
    """
    sort = kind_named(kind)
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"a notice links to a path of the portal, not {link!r}")
    people = {user.pk: user for user in users if user.is_active}
    if key:
        for told in Notice.objects.filter(user__in=people, key=key):
            people.pop(told.user_id, None)
    wishes = deliveries(people, sort)
    made = [
        _notice(user, sort, dict(context or {}), link, key, wishes[user.pk])
        for user in people.values()
    ]
    # Whoever tells the same at the same time was first: the key lets only one in.
    created = Notice.objects.bulk_create(made, ignore_conflicts=bool(key))
    if key:
        created = list(
            Notice.objects.filter(user__in=people, key=key).select_related("user")
        )
    for notice in created:
        if notice.delivery == Delivery.AT_ONCE:
            transaction.on_commit(partial(_queue, notice.pk))
    return created


def deliveries(users: Iterable[int], kind: NoticeKind) -> dict[int, str]:
    """User's key -> how they want that kind; one query."""
    chosen = dict(
        NoticePreference.objects.filter(user__in=users, kind=kind.name).values_list(
            "user_id", "delivery"
        )
    )
    return {user: chosen.get(user, kind.default) for user in users}


def preferences(user: User) -> list[tuple[NoticeKind, str]]:
    """Every kind they can get, with how they want it; two queries."""
    is_curator = may_decide(user)
    chosen = dict(user.notice_preferences.values_list("kind", "delivery"))
    return [
        (kind, chosen.get(kind.name, kind.default))
        for kind in all_kinds()
        if is_curator or not kind.is_for_curators
    ]


@transaction.atomic
def set_preference(user: User, kind: str, delivery: str) -> None:
    """From now on; what waits for the daily mail and is no longer wanted never goes."""
    NoticePreference.objects.update_or_create(
        user=user, kind=kind_named(kind).name, defaults={"delivery": delivery}
    )
    if delivery == Delivery.NONE:
        waiting = user.notices.filter(kind=kind, mailed_at__isnull=True)
        waiting.update(delivery=Delivery.NONE)


@transaction.atomic
def stop(user: User, kind: str) -> None:
    """No more mails of that kind; of ``DIGEST``, no more mails of the day."""
    if kind != DIGEST:
        set_preference(user, kind, Delivery.NONE)
        return
    for sort, delivery in preferences(user):
        if delivery == Delivery.DAILY:
            set_preference(user, sort.name, Delivery.NONE)


def _notice(
    user: User,
    kind: NoticeKind,
    context: dict[str, Any],
    link: str,
    key: str,
    delivery: str,
) -> Notice:
    with translation.override(user.language):
        text = render_to_string(kind.template, {**context, "user": user})
    subject, _, body = text.strip().partition("\n")
    return Notice(
        user=user,
        kind=kind.name,
        subject=" ".join(subject.split())[:200],
        body=body.strip(),
        link=link,
        key=key,
        delivery=delivery,
    )


def _queue(pk: int) -> None:
    """Where the broker is away, the next round of ``mail_waiting`` sends the mail."""
    try:
        current_app.send_task(TASK, args=[pk])
    except (KombuError, OperationalError, OSError) as error:
        logger.warning("notice %d waits for the broker: %s", pk, error)
