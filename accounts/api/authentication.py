"""Bearer tokens, for views that write; reading the API needs none."""

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.services.tokens import find_live

KEYWORD = b"bearer"


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer s3p_...``; ``request.auth`` is the ``ApiToken``.

    401 for a token that is wrong, expired or revoked, in one sentence for all three.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD:
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("Write it as: Authorization: Bearer <token>."))
        token = find_live(parts[1].decode("ascii", "replace"))
        if token is None:
            raise AuthenticationFailed(
                _("The token does not hold: make a new one at /account/tokens/.")
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped library
    target_class = "accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": (
                "A token of an organisation, made at /account/tokens/. "
                "Only writing needs one; reading needs none."
            ),
        }
