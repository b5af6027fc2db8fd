"""Who writes a practice: invited, joining, leaving."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices.actors import actors_of
from practices.errors import NotAllowed
from practices.machine import Action, Actor
from practices.models import Authorship, GoodPractice, Invitation, StateChange
from practices.services.moves import Asked, permitted
from practices.services.notices import tell_authors
from practices.services.work import locked

DAYS = 14
MOST_OPEN = 20


@transaction.atomic
def invite(practice: GoodPractice, email: str, *, by: User) -> tuple[Invitation, str]:
    """Ask somebody to write along; the invitation and its token, shown this once.

    Mailing it is the caller's: the token is in no table. A second invitation of the
    same address makes the first one void. Raises ``ValidationError`` or ``NotAllowed``.
    """
    row = locked(practice, None)
    permitted(Asked(row, Action.INVITE, by))
    email = email.strip().lower()
    validate_email(email)
    row.invitations.open().filter(email=email).delete()
    if row.authorships.filter(user__email=email).exists():
        raise ValidationError(_("They are an author of this practice already."))
    if row.invitations.open().count() >= MOST_OPEN:
        raise ValidationError(_("Too many invitations are open; wait for some."))
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        practice=row,
        email=email,
        token_digest=_digest(token),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=DAYS),
    )
    return invitation, token


def find_invitation(token: str) -> Invitation | None:
    """The open invitation of a token; None for one that is void, used or run out."""
    open_ones = Invitation.objects.open().select_related("practice", "invited_by")
    return open_ones.filter(token_digest=_digest(token)).first()


def accept_invitation(token: str, *, by: User) -> GoodPractice:
    """Become co-author. Raises ``NotAllowed`` for a token that is of no use.

    Whoever holds the token was sent it, so the address they signed up with may differ.
    """
    return accept(find_invitation(token), by=by)


@transaction.atomic
def accept(invitation: Invitation | None, *, by: User) -> GoodPractice:
    """As ``accept_invitation``, of one that was found in another way."""
    if invitation is None:
        raise NotAllowed(
            _("This invitation was used, has run out or was replaced. Ask for another.")
        )
    row = locked(invitation.practice, None)
    taken = Invitation.objects.open().filter(pk=invitation.pk)
    if not taken.update(accepted_at=timezone.now()):
        raise NotAllowed(_("This invitation was used a moment ago."))
    _seat, is_new = row.authorships.get_or_create(
        user=by, defaults={"role": Authorship.Role.CO_AUTHOR}
    )
    if is_new:
        _tell_story(row, "join", by, Actor.CO_AUTHOR)
        tell_authors(row, f"joined:{by.pk}")
    return row


@transaction.atomic
def leave(practice: GoodPractice, *, by: User) -> None:
    """Stop writing; the longest co-author leads on.

    The only author of a practice that is not closed cannot leave: it is withdrawn or
    archived first.
    """
    row = locked(practice, None)
    seat = row.authorships.filter(user=by).first()
    if seat is None:
        raise NotAllowed(_("You are no author of this practice."), is_ever=False)
    others = row.authorships.exclude(pk=seat.pk)
    if not others.exists() and row.state != "archived":
        raise NotAllowed(_("You are its only author. Withdraw it, or invite another."))
    role = Actor.LEAD if seat.role == Authorship.Role.LEAD else Actor.CO_AUTHOR
    seat.delete()
    _hand_over(row)
    _tell_story(row, "leave", by, role)


@transaction.atomic
def appoint_lead(practice: GoodPractice, user: User, *, by: User) -> None:
    """A lead author hands over, or a curator gives an orphaned practice a lead."""
    row = locked(practice, None)
    if not actors_of(by, row) & {Actor.LEAD, Actor.CURATOR}:
        raise NotAllowed(_("This is not yours to do."), is_ever=False)
    row.authorships.filter(role=Authorship.Role.LEAD).update(
        role=Authorship.Role.CO_AUTHOR
    )
    row.authorships.update_or_create(user=user, defaults={"role": Authorship.Role.LEAD})
    _tell_story(row, "appoint", by, min(actors_of(by, row)))


@transaction.atomic
def forget_author(user: User) -> None:
    """Before an account is deleted: co-authors lead on, and drafts of theirs alone go.

    What was ever submitted stays, for a curator to find it an author or archive it.
    """
    for practice in list(GoodPractice.objects.written_by(user)):
        row = locked(practice, None)
        row.authorships.filter(user=user).delete()
        if row.authorships.exists():
            _hand_over(row)
        elif row.stage == "draft" and not row.story.filter(action="submit").exists():
            row.delete()
    Invitation.objects.filter(email=user.email).delete()


def _hand_over(row: GoodPractice) -> None:
    if row.authorships.filter(role=Authorship.Role.LEAD).exists():
        return
    if next_one := row.authorships.first():
        next_one.role = Authorship.Role.LEAD
        next_one.save()


def _tell_story(row: GoodPractice, action: str, by: User, role: Actor) -> None:
    StateChange.objects.create(
        practice=row,
        action=action,
        from_stage=row.stage,
        to_stage=row.stage,
        who=by,
        role=role,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
