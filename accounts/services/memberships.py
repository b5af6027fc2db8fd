"""Naming one's organisation, and what a curator makes of it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.curators import curators
from accounts.models import Membership, Organisation, Scope, User
from accounts.notices import notify
from sources.curation import Origin, Publication

ASKED, DECIDED = "membership-asked", "membership-decided"


@transaction.atomic
def ask_for(user: User, organisation: Organisation) -> Membership:
    """The person says they work there; a curator is asked. A repeat asks nobody."""
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation
    )
    if is_new:
        notify(
            curators(),
            ASKED,
            {"membership": membership},
            link=reverse("accounts:memberships"),
            key=f"membership:{membership.pk}:asked",
        )
    return membership


@transaction.atomic
def ask_for_new(user: User, name: str, country: str) -> Membership:
    """A name nobody has seen yet: a draft, which only curators see.

    Several people may name the same new one: it is made once.
    """
    found = Organisation.objects.named(name, country).standing().first()
    if found is None:
        found = Organisation.objects.create(
            name=name.strip(),
            country=country,
            state=Publication.DRAFT,
            origin=Origin.PORTAL,
        )
    return ask_for(user, found)


@transaction.atomic
def decide(membership_id: int, *, by: User, confirmed: bool) -> Membership | None:
    """Confirm (which gives the right) or decline; None when it was decided before.

    Nobody decides about themselves: PermissionError.
    """
    waiting = Membership.objects.select_for_update(of=("self",)).waiting()
    membership = (
        waiting.select_related("user", "organisation").filter(pk=membership_id).first()
    )
    if membership is None:
        return None
    if membership.user_id == by.pk and not by.is_superuser:
        raise PermissionError("nobody confirms a membership of their own")
    states = Membership.State
    membership.state = states.CONFIRMED if confirmed else states.DECLINED
    membership.decided_at, membership.decided_by = timezone.now(), by
    membership.save()
    if confirmed:
        Scope.objects.get_or_create(
            user=membership.user,
            role=Scope.Role.CONTRIBUTOR,
            region=None,
            programme_code="",
            organisation=membership.organisation,
        )
    notify(
        [membership.user],
        DECIDED,
        {"membership": membership, "confirmed": confirmed},
        link=reverse("accounts:profile"),
        key=f"membership:{membership.pk}:{membership.state}",
    )
    return membership


@transaction.atomic
def leave(user: User, membership_id: int) -> bool:
    """The person no longer works there: the right ends with it."""
    membership = user.memberships.filter(pk=membership_id).first()
    if membership is None:
        return False
    user.scopes.filter(
        role=Scope.Role.CONTRIBUTOR, organisation=membership.organisation_id
    ).delete()
    user.api_tokens.filter(
        organisation=membership.organisation_id, revoked_at=None
    ).update(revoked_at=timezone.now())
    membership.delete()
    return True
