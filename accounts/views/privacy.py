"""/privacy/: what is kept about people, and how long."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"session_days": settings.SESSION_COOKIE_AGE // 86400}
    return render(request, "accounts/privacy.html", context)
