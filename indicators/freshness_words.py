"""Freshness in words: states, reasons, the mark beside a figure, and the rule."""

from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.freshness import (
    FAILED_ATTEMPTS,
    GRACE_SHARE,
    LEAST_GRACE,
    Basis,
    Cause,
    Freshness,
    Reason,
    State,
    unchecked_days,
)

STATES = {
    State.FRESH: gettext_lazy("Up to date"),
    State.STALE: gettext_lazy("Stale"),
    State.CLOSED: gettext_lazy("Closed"),
    State.NEVER: gettext_lazy("Never fetched"),
    State.UNKNOWN: gettext_lazy("Not known"),
}
_SINCE = {
    Cause.OVERDUE: gettext_lazy("Update overdue since %(day)s"),
    Cause.UNCHECKED: gettext_lazy("Not checked since %(day)s"),
    Cause.FAILING: gettext_lazy("Updates failing since %(day)s"),
}
_REASONS = {
    Cause.OVERDUE: gettext_lazy(
        "The publisher's next release was expected by %(day)s and is not held here."
    ),
    Cause.UNCHECKED: gettext_lazy(
        "The source was last looked at successfully on %(day)s."
    ),
    Cause.FAILING: gettext_lazy("Every attempt to fetch it since %(day)s failed."),
}


def reason_text(reason: Reason) -> str:
    return str(_REASONS[reason.cause]) % {"day": day_text(reason.since)}


def explanation(freshness: Freshness) -> str:
    """Why it is in its state, in one or a few sentences; "" where all is well."""
    if freshness.state == State.CLOSED:
        return _("The publisher no longer updates this dataset.")
    if freshness.state == State.UNKNOWN:
        return _("How often the publisher releases this dataset is not known here.")
    return " ".join(reason_text(reason) for reason in freshness.reasons)


def mark_text(freshness: Freshness) -> str:
    """What stands beside a figure: "" for data that are as new as they can be.

    Data known only by the name of their edition, as those that come with the portal,
    are "older data"; otherwise the first reason is named with its day.
    """
    if freshness.state == State.CLOSED:
        return _("No longer updated")
    if not freshness.reasons:
        return ""
    first = freshness.reasons[0]
    if first.cause == Cause.OVERDUE and freshness.basis == Basis.EDITION:
        return _("Older data")
    return str(_SINCE[first.cause]) % {"day": day_text(first.since)}


def rule_text() -> str:
    """When a dataflow counts as stale, as the page and the API print it."""
    texts = [
        _(
            "A dataset is stale when its next release was expected more than "
            "%(share)d %% of the publisher's rhythm ago (at least %(grace)d days) and "
            "none newer is held."
        )
        % {"share": GRACE_SHARE * 100, "grace": LEAST_GRACE}
    ]
    if settings.CHECK_EVERY:
        texts.append(
            _("Or when the source was not looked at successfully for %(days)d days.")
            % {"days": unchecked_days(settings.CHECK_EVERY)}
        )
    texts += [
        _("Or when the last %(count)d attempts to fetch it, or more, failed.")
        % {"count": FAILED_ATTEMPTS},
        _(
            "The next release is expected one rhythm after the release held; where "
            "the source does not state its day, the last day its edition can mean "
            "counts, or else one rhythm after the end of its newest period."
        ),
        _("A dataset that its publisher has closed is never stale."),
    ]
    return " ".join(texts)


def day_text(day: date) -> str:
    return date_format(day, "j F Y")
