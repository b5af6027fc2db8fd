"""Proposing an endpoint, deciding, a new secret, the end; rights are asked here."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.notices import notify
from accounts.services.tokens import organisations_of
from watches.models import Endpoint, Message
from watches.webhooks.addresses import check_address, is_offered
from watches.webhooks.signatures import new_salt, secret_of

State = Endpoint.State
ASKED, DECIDED, OFF = "webhook-asked", "webhook-decided", "webhook-off"
# One person may keep so many.
MOST = 10
# How long the former secret signs beside the new one.
BOTH_SIGN = timedelta(hours=24)


@transaction.atomic
def propose(
    user: User, *, url: str, organisation: Organisation
) -> tuple[Endpoint, str]:
    """The endpoint and its secret, which is told only now; administrators hear of it.

    PermissionError for who may not write for the organisation, ValidationError for an
    address that the operator did not allow or that is proposed already.
    """
    if not is_offered() or not organisations_of(user).contains(organisation):
        raise PermissionError("not a member of that organisation")
    check_address(url)
    own = Endpoint.objects.filter(user=User.objects.select_for_update().get(pk=user.pk))
    if own.filter(url=url).exists():
        raise ValidationError(_("You have proposed this address already."))
    if own.count() >= MOST:
        text = _("You have %(most)d webhooks already. Delete one of them first.")
        raise ValidationError(text % {"most": MOST})
    made = Endpoint.objects.create(
        user=user, url=url, organisation=organisation, salt=new_salt()
    )
    chiefs = User.objects.filter(is_superuser=True, is_active=True)
    link = f"/admin/watches/endpoint/?state__exact={State.PROPOSED}"
    notify(chiefs, ASKED, {"endpoint": made}, link=link, key=f"webhook:{made.pk}:asked")
    return made, secret_of(made.pk, made.salt)


@transaction.atomic
def decide(endpoint: Endpoint, by: User, *, is_allowed: bool) -> None:
    """An administrator's yes or no; a no also ends one that is in use."""
    if not by.is_superuser or not by.is_active:
        raise PermissionError("only an administrator decides about webhooks")
    row = _locked(endpoint)
    row.state = State.IN_USE if is_allowed else State.REFUSED
    row.why, row.failing_since = "", None
    row.decided_at, row.decided_by = timezone.now(), by
    row.save()
    if not is_allowed:
        give_up(row, _("The webhook was refused."))
    context = {"endpoint": row, "is_allowed": is_allowed}
    notify([row.user], DECIDED, context, link=row.get_absolute_url())


@transaction.atomic
def renew_secret(endpoint: Endpoint) -> str:
    """The new secret, told only now; for a day the one before signs too."""
    row = _locked(endpoint)
    row.former_salt, row.former_until = row.salt, timezone.now() + BOTH_SIGN
    row.salt = new_salt()
    row.save(update_fields=["salt", "former_salt", "former_until"])
    return secret_of(row.pk, row.salt)


def secrets_of(endpoint: Endpoint) -> list[str]:
    """Those that sign now, the newest first."""
    salts = [endpoint.salt]
    if endpoint.former_until and endpoint.former_until > timezone.now():
        salts.append(endpoint.former_salt)
    return [secret_of(endpoint.pk, salt) for salt in salts]


@transaction.atomic
def switch_off(endpoint: Endpoint, why: str, *, is_told: bool = False) -> None:
    """No more messages; what waits is given up. ``is_told``: by a notice."""
    row = _locked(endpoint)
    if row.state != State.IN_USE:
        return
    row.state, row.why, row.failing_since = State.OFF, why[:200], None
    row.save(update_fields=["state", "why", "failing_since"])
    give_up(row, why)
    if is_told:
        link = row.get_absolute_url()
        notify([row.user], OFF, {"endpoint": row, "why": why}, link=link)


@transaction.atomic
def switch_on(endpoint: Endpoint) -> bool:
    """Again, after it was switched off; a refused one stays refused."""
    row = _locked(endpoint)
    if row.state != State.OFF:
        return False
    row.state, row.why = State.IN_USE, ""
    row.save(update_fields=["state", "why"])
    return True


@transaction.atomic
def delete(endpoint: Endpoint) -> int:
    """With its messages; how many watches went nowhere else and come by mail now."""
    only = _locked(endpoint).watches.filter(is_mailed=False)
    turned = only.update(is_mailed=True)
    endpoint.delete()
    return turned


def give_up(endpoint: Endpoint, why: str) -> None:
    waiting = endpoint.messages.waiting()
    waiting.update(state=Message.State.FAILED, problem=why[:300])


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update().get(pk=endpoint.pk)
