"""For which regions a person may say that they adapted a practice."""

from django.db.models import Q, QuerySet

from accounts.models import Scope, User
from accounts.services.tokens import organisations_of
from practices.actors import is_curator
from regions.models import Region


def regions_to_speak_for(user: User) -> QuerySet[Region]:
    """Regions of today: those an editor keeps, with their parts, and those in which
    an organisation is that the person may write for. A curator speaks for any.
    """
    current = Region.objects.current().order_by("code")
    if is_curator(user):
        return current
    kept = user.scopes.filter(role=Scope.Role.REGIONAL_EDITOR).values("region__code")
    wanted = Q(pk__in=organisations_of(user).values("region"))
    for row in kept:
        wanted |= Q(code__startswith=row["region__code"])
    return current.filter(wanted)
