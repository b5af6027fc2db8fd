"""Sending notices by e-mail: each once, or in the mail of the day.

A notice is claimed in the database before its mail leaves. When sending fails, the
claim is given back and the task tries again; when the process dies in between, the
mail is lost and the notice stays in the inbox. The other way round it might go twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import Delivery, Notice
from accounts.notice_kinds import DIGEST, label_of
from accounts.stopping import stop_address

OVERDUE = timedelta(minutes=10)
GIVEN_UP = timedelta(days=3)


def mail_notice(pk: int) -> bool:
    """Mail a notice if it is still to be mailed; OSError when the server is away."""
    claimed = _claim([pk], Delivery.AT_ONCE)
    if not claimed:
        return False
    _send(claimed, claimed[0].subject, "mail/_notice.txt", claimed[0].kind)
    return True


def mail_overdue() -> int:
    """Mail what should have gone at once and did not, unless it is days old."""
    now = timezone.now()
    late = Notice.objects.not_mailed(Delivery.AT_ONCE).filter(
        created_at__range=(now - GIVEN_UP, now - OVERDUE)
    )
    return sum(mail_notice(pk) for pk in late.values_list("pk", flat=True)[:500])


def mail_digests() -> int:
    """One mail to each person with notices for the mail of the day; how many mails."""
    waiting = Notice.objects.not_mailed(Delivery.DAILY).filter(
        created_at__gte=timezone.now() - GIVEN_UP
    )
    people = waiting.order_by("user").values_list("user", flat=True).distinct()
    return sum(_mail_digest(user) for user in people)


def _mail_digest(user: int) -> bool:
    waiting = Notice.objects.not_mailed(Delivery.DAILY).filter(user=user)
    claimed = _claim(list(waiting.values_list("pk", flat=True)), Delivery.DAILY)
    if not claimed:
        return False
    with translation.override(claimed[0].user.language):
        subject = gettext("Your notices of the day (%d)") % len(claimed)
    _send(claimed, subject, "mail/_digest.txt", DIGEST)
    return True


@transaction.atomic
def _claim(pks: Sequence[int], delivery: Delivery) -> list[Notice]:
    """Those of them that nobody mailed yet, marked as mailed."""
    free = (
        Notice.objects.select_for_update(of=("self",))
        .not_mailed(delivery)
        .filter(pk__in=pks, user__is_active=True)
        .select_related("user")
    )
    claimed = list(free.order_by("created_at", "pk"))
    _mark(claimed, timezone.now())
    return claimed


def _mark(notices: Sequence[Notice], moment: datetime | None) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
        mailed_at=moment
    )


def _send(
    notices: Sequence[Notice], subject: str, template: str, stop_kind: str
) -> None:
    user = notices[0].user
    stop = stop_address(user.pk, stop_kind)
    context = {
        "user": user,
        "notices": notices,
        "label": label_of(stop_kind),
        "stop": stop,
        "portal": settings.PORTAL_URL,
    }
    with translation.override(user.language):
        body = render_to_string(template, context)
    # By these, mail programs offer to unsubscribe with one press (RFC 8058).
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMessage(f"[s3portal] {subject}", body, to=[user.email], headers=headers)
    try:
        mail.send()
    except OSError:  # SMTPException is one
        _mark(notices, None)
        raise
