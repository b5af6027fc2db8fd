"""What a reader sees when something cannot be shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from indicators.past import NothingHeld


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A parameter that cannot be answered; the exception's text names it."""
    return render(request, "400.html", {"reason": str(exception)}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if isinstance(exception, NothingHeld) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """No context processor runs here: it may be what failed."""
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponse(loader.get_template("500.html").render(context), status=500)
