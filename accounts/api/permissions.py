"""What a token must be allowed to do."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken


class HasScope(BasePermission):
    """``permission_classes = [HasScope.of("practices:write")]``.

    Without a token 401, with one of other scopes 403.
    """

    scope = ""

    @classmethod
    def of(cls, scope: str) -> type["HasScope"]:
        """ValueError for a scope that no token can have."""
        return type("HasScope", (cls,), {"scope": ApiToken.Reach(scope).value})

    @property
    def message(self) -> str:
        return _("This needs a token with the scope %s.") % self.scope

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, ApiToken) and self.scope in request.auth.scopes
