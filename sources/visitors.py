"""Keeping programs and floods out of forms that are open to everybody.

class ReportForm(HoneypotMixin, forms.Form): ...

if form.is_of_a_program: ...            # answer as if all went well
if not within_limit(request, "reports", most=5, seconds=3600): ...   # 429
"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

TRAP = "nickname"


class HoneypotMixin(forms.Form):
    """``nickname`` is hidden from people; whoever fills it in is a program.

    ``templates/_form_fields.html`` hides it; a form's own template must do so too.
    """

    nickname = forms.CharField(required=False, max_length=200)

    @property
    def is_of_a_program(self) -> bool:
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return bool(data.get(TRAP))


def within_limit(request: HttpRequest, name: str, *, most: int, seconds: int) -> bool:
    """Count this one; False when the visitor's address has had ``most`` already.

    Only a digest of the address is kept, for that time, and in the cache: with the
    embedded default, which caches in memory, each web process counts for itself.
    """
    digest = salted_hmac(name, visitor_address(request)).hexdigest()
    key = f"visitors:{name}:{digest}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # it ran out between the two
        return True


def visitor_address(request: HttpRequest) -> str:
    """The IP address; what a visitor claims in a header counts only behind a proxy."""
    # The proxy in front adds the address it saw as the last one.
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if passed:
            return str(passed.rsplit(",", 1)[-1].strip())
    return str(request.META.get("REMOTE_ADDR", ""))
