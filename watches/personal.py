"""What this app holds about a person."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Holding, Rows
from watches.models import Watch


def _watches(user: User) -> Rows:
    fields = ("kind", "key", "label", "frequency", "created_at", "told_until")
    return [dict(row) for row in Watch.objects.filter(user=user).values(*fields)]


HOLDING = Holding("watches", _("What you watch"), _("is deleted"), _watches)
