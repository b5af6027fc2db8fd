"""Who keeps the portal in order."""

from accounts.models import Scope, User


def curators() -> list[User]:
    """Who may decide: curators by role, and superusers."""
    by_role = User.objects.filter(scopes__role=Scope.Role.CURATOR, is_active=True)
    chiefs = User.objects.filter(is_superuser=True, is_active=True)
    return list((by_role | chiefs).distinct())


def may_decide(user: User) -> bool:
    """One query, none for a superuser."""
    return user.is_active and (
        user.is_superuser or user.scopes.with_role(Scope.Role.CURATOR).exists()
    )
