"""Deleting one's account."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.models import User
from accounts.personal import holdings


class LastAdministratorError(Exception):
    """Nobody would be left who can give rights."""


@transaction.atomic
def leave_portal(user: User) -> None:
    """Delete the account and what is the person's alone.

    What they contributed stays, as the work of a former member: its link to them is
    emptied. ``LastAdministratorError`` for the only one.
    """
    if user.is_superuser and not _other_administrators(user):
        raise LastAdministratorError
    for holding in holdings():
        if holding.part is not None:
            holding.part(user)
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.delete()


def _other_administrators(user: User) -> bool:
    chiefs = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    return any(chief.pk != user.pk for chief in chiefs)
