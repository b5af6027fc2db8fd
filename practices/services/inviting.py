"""Inviting a co-author: the invitation, and the mail that alone holds its token."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from practices.errors import NotAllowed
from practices.machine import Action
from practices.models import GoodPractice, Invitation
from practices.services.authors import accept, invite
from practices.services.moves import Asked, permitted
from practices.services.work import locked


def send_invitation(practice: GoodPractice, email: str, *, by: User) -> Invitation:
    """Invite and mail the link, or neither: nobody else could tell them the token.

    Raises ``ValidationError``, also where the mail server is away, and ``NotAllowed``.
    """
    try:
        with transaction.atomic():
            invitation, token = invite(practice, email, by=by)
            _mail(invitation, token)
    except OSError as error:  # SMTPException is one
        text = _("The mail could not be sent, so nobody is invited. Try again later.")
        raise ValidationError(text) from error
    return invitation


@transaction.atomic
def withdraw_invitation(practice: GoodPractice, pk: int, *, by: User) -> None:
    """From now on its link is of no use."""
    row = locked(practice, None)
    permitted(Asked(row, Action.INVITE, by))
    if not row.invitations.open().filter(pk=pk).delete()[0]:
        raise NotAllowed(_("That invitation is not open any more."))


def accept_own(pk: int, *, by: User) -> GoodPractice:
    """Accept without the mail: the address of the account is the one invited."""
    found = Invitation.objects.open().filter(pk=pk, email=by.email).first()
    return accept(found, by=by)


def _mail(invitation: Invitation, token: str) -> None:
    address = settings.PORTAL_URL + reverse("practices:invitation", args=[token])
    context = {"invitation": invitation, "address": address}
    text = render_to_string("mail/practice_invitation.txt", context).strip()
    subject, _mark, body = text.partition("\n")
    EmailMessage(f"[s3portal] {subject}", body.strip(), to=[invitation.email]).send()
