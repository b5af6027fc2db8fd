"""Reporting an error: a form without a login, and thanks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dashboards.addresses import page_params
from dashboards.forms import PageQuery
from dashboards.report_form import ReportForm, ReportQuery, may_report, subject_of
from sources.queryforms import validate
from sources.services.reports import take_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; what is sent in order becomes a ticket for curators."""
    query = validate(ReportQuery, page_params(request))
    subject = subject_of(query["about"])
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            if form.is_of_a_program:
                return redirect("dashboards:report-thanks")
            if may_report(request):
                said = {name: form.cleaned_data[name] for name in _SAID}
                take_in(
                    subject.record,
                    label=subject.label,
                    address=subject.address,
                    **said,
                )
                return redirect("dashboards:report-thanks")
            form.add_error(
                None, _("Too many reports came from your address. Try in an hour.")
            )
            status = 429
    context = {"form": form, "subject": subject}
    return render(request, "reports/report_form.html", context, status=status)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    validate(PageQuery, page_params(request))
    return render(request, "reports/report_thanks.html")


_SAID = ("field", "message", "contact")
