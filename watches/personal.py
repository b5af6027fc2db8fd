"""What this app holds about a person."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Holding, Rows
from watches.models import Endpoint, Watch


def _watches(user: User) -> Rows:
    fields = (
        "kind", "key", "label", "frequency", "is_mailed", "endpoint__url",
        "created_at", "told_until",
    )  # fmt: skip
    return [dict(row) for row in Watch.objects.filter(user=user).values(*fields)]


def _endpoints(user: User) -> Rows:
    fields = ("url", "organisation__name", "state", "why", "proposed_at", "decided_at")
    return [dict(row) for row in Endpoint.objects.filter(user=user).values(*fields)]


HOLDINGS = (
    Holding("watches", _("What you watch"), _("is deleted"), _watches),
    Holding(
        "webhooks",
        _("Webhooks that you proposed"),
        _("are deleted with what was sent to them"),
        _endpoints,
    ),
)
