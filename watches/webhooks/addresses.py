"""Which addresses may be an endpoint: of a host that the operator listed, by https."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def is_offered() -> bool:
    """Without listed hosts there are no webhooks anywhere."""
    return bool(settings.WEBHOOK_HOSTS)


def check_address(url: str) -> None:
    """ValidationError unless the operator lets messages go there.

    What the host's name stands for is looked at whenever a message is sent.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValidationError(
            _("This is no address. Write https://host/path.")
        ) from None
    host = (parts.hostname or "").lower()
    if not host or parts.username or parts.fragment:
        text = _("Write https://host/path, without a user name and without #.")
        raise ValidationError(text)
    if host not in settings.WEBHOOK_HOSTS:
        text = _("%(host)s is not among the hosts that may be told: %(hosts)s.")
        listed = ", ".join(settings.WEBHOOK_HOSTS) or _("none")
        raise ValidationError(text % {"host": host[:100], "hosts": listed})
    if host in settings.WEBHOOK_PRIVATE_HOSTS and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https" or port not in (None, 443):
        text = _("The address must begin with https:// and have no port.")
        raise ValidationError(text)
