"""How people sign in: the settings of django-allauth; part of the settings.

``read`` takes what the portal's settings know and gives back names and values.
"""

from typing import Any
from urllib.parse import urlsplit

from celery.schedules import crontab

APPS = [
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.StaffSecondFactorMiddleware",
]
BEAT: dict[str, Any] = {
    "mail waiting notices": {
        "task": "accounts.tasks.mail_waiting",
        "schedule": 600.0,
    },
    "mails of the day": {
        "task": "accounts.tasks.mail_digests",
        "schedule": crontab(hour="6", minute="0"),
    },
}
OIDC_ID = "oidc"


def read(
    env: Any, *, insecure_local: bool, hosts: list[str], port: int
) -> dict[str, Any]:
    """All of them; ``hosts`` are the allowed ones, the first the portal's own."""
    server = env.str("OIDC_SERVER_URL", default="")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(server)) if server else ""
    return {
        "PORTAL_URL": _portal_url(env, insecure_local, hosts, port),
        # Whoever may change what others read needs more than a password.
        "STAFF_MFA_REQUIRED": env.bool(
            "STAFF_MFA_REQUIRED", default=not insecure_local
        ),
        **SIGN_IN,
        **MFA,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": insecure_local,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "http" if insecure_local else "https",
        "SOCIALACCOUNT_ENABLED": True,
        "SOCIALACCOUNT_ADAPTER": "accounts.adapters.SocialAccountAdapter",
        "SOCIALACCOUNT_PROVIDERS": _providers(env, server),
        # Browsers ask the policy of the page also where a form is sent on to.
        "OIDC_ORIGINS": [origin] if origin else [],
        # An address that another service vouches for never opens an account here by
        # itself: its owner signs in first and then joins the two.
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
    }


SIGN_IN: dict[str, Any] = {
    "AUTHENTICATION_BACKENDS": [
        "django.contrib.auth.backends.ModelBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
        "accounts.backends.RoleBackend",
    ],
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "accounts:profile",
    "LOGOUT_REDIRECT_URL": "/",
    "ACCOUNT_ADAPTER": "accounts.adapters.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
    "ACCOUNT_SIGNUP_FORM_CLASS": "accounts.forms.signup.SignupFields",
    "ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD": "nickname",
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    # Whether an address has an account is told to nobody but its owner, by mail.
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_CHANGE_EMAIL": True,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "[s3portal] ",
    "ACCOUNT_SESSION_REMEMBER": None,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
    "ACCOUNT_RATE_LIMITS": {"signup": "10/h/ip"},
    "USERSESSIONS_TRACK_ACTIVITY": False,
}
MFA: dict[str, Any] = {
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_ADAPTER": "accounts.adapters.MFAAdapter",
    "MFA_TOTP_ISSUER": "Smart Specialisation Portal",
    # A phone's clock may be half a minute off.
    "MFA_TOTP_TOLERANCE": 1,
}


def _portal_url(env: Any, insecure_local: bool, hosts: list[str], port: int) -> str:
    """What links in mails begin with; a request's host name is not to be trusted."""
    host = next((host.lstrip(".") for host in hosts if host != "*"), "localhost")
    default = f"http://{host}:{port}" if insecure_local else f"https://{host}"
    return str(env.address("PORTAL_URL", default=default))


def _providers(env: Any, server: str) -> dict[str, Any]:
    """One OpenID Connect provider, such as EU Login, where one is configured."""
    if not server:
        return {}
    app = {
        "provider_id": OIDC_ID,
        "name": env.str("OIDC_NAME", default="EU Login"),
        "client_id": env.required("OIDC_CLIENT_ID", "OIDC_SERVER_URL needs it."),
        "secret": env.required("OIDC_CLIENT_SECRET", "OIDC_SERVER_URL needs it."),
        "settings": {"server_url": server, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
