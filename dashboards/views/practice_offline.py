"""The form of good practices to fill in without a connection, and its way back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.views.people import person, personal
from dashboards.practice_offline import offline_form, preview, sent_back
from practices import refusals
from practices.models import GoodPractice
from practices.offline.asking import Filled
from practices.offline.meaning import Meaning, meaning_of
from practices.offline.reading import MOST_BYTES, read
from practices.offline.writing import as_csv, as_docx
from practices.services import create_draft
from practices.uploads import Format, Reason, Refused
from practices.uploads.files import MEGABYTE
from sources.visitors import within_limit

MOST_AN_HOUR = 30  # forms from one address
HOUR = 3600
FORMATS = {
    "docx": (as_docx, Format.DOCX.media_type),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}


class FormFile(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The form you filled in"),
        help_text=gettext_lazy("The DOCX or CSV file you got here, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.csv"}),
    )


@require_safe
def template(request: HttpRequest, file_format: str) -> HttpResponse:
    """The empty form; it is the same for everybody."""
    make, media_type = FORMATS[file_format]
    name = f"good-practice.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make(offline_form()), content_type=media_type, headers=headers)


@personal("GET", "POST")
def upload(request: HttpRequest) -> HttpResponse:
    """First the file, then its texts as often as they are corrected, then a draft."""
    if request.method != "POST":
        return _choose(request, FormFile())
    action = request.POST.get("action", "")
    if action in ("check", "make"):
        meaning = meaning_of(sent_back(request.POST))
        is_made = action == "make" and "title" in meaning.content
        return _make(request, meaning) if is_made else _preview(request, meaning)
    form = FormFile(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form, 400)
    if not within_limit(request, "practice-forms", most=MOST_AN_HOUR, seconds=HOUR):
        text = _("Too many forms came from your address. Try again in an hour.")
        form.add_error(None, text)
        return _choose(request, form, 429)
    try:
        filled = _read(form.cleaned_data["file"])
    except ValidationError as error:
        form.add_error("file", error)
        return _choose(request, form, 400)
    return _preview(request, meaning_of(filled), status=200)


def _read(file: "UploadedFile[Any]") -> Filled:
    """Raises ``ValidationError`` that says what is wrong with the file."""
    name, size = file.name or "", file.size or 0
    try:
        if size > MOST_BYTES:
            found, limit = f"{size / MEGABYTE:.1f}", f"{MOST_BYTES // MEGABYTE}"
            raise Refused(Reason.TOO_LARGE, found, limit)
        filled = read(file.read(), offline_form().lines())
    except Refused as error:
        if error.reason is Reason.UNKNOWN:
            text = _(
                "“%(name)s” is not the form. Fill in the DOCX or the CSV file of this "
                "page; a CSV keeps its first row with “field” and “value”."
            ) % {"name": refusals.shown_name(name)}
            raise ValidationError(text) from error
        raise ValidationError(refusals.sentence(error, name)) from error
    if not (filled.fields or filled.evidence or filled.left):
        text = _("Nothing is written in “%(name)s”. Write into its right-hand column.")
        raise ValidationError(text % {"name": refusals.shown_name(name)})
    return filled


def _make(request: HttpRequest, meaning: Meaning) -> HttpResponse:
    """A draft of what is in order; what is not stays on the page, to be copied."""
    try:
        practice = create_draft(person(request), meaning.content)
    except ValidationError as error:
        # Such as a title that somebody else used in the meantime.
        return _preview(request, meaning, list(error.messages))
    messages.success(request, _("The draft was made. Nobody but you sees it."))
    if meaning.is_whole:
        return redirect(_place(practice))
    context = {**preview(meaning), "practice": practice, "place": _place(practice)}
    return render(request, "practices/offline/made.html", context)


def _place(practice: GoodPractice) -> str:
    """Where its author goes on with it."""
    return reverse("practices:work", args=[practice.slug])


def _choose(request: HttpRequest, form: FormFile, status: int = 200) -> HttpResponse:
    context = {"form": form}
    return render(request, "practices/offline/upload.html", context, status=status)


def _preview(
    request: HttpRequest,
    meaning: Meaning,
    refusals: list[str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {**preview(meaning), "refusals": refusals or []}
    is_wrong = bool(context["wrong"] or context["wrong_pieces"] or refusals)
    if request.POST.get("action") and is_wrong:
        status = 400
    return render(request, "practices/offline/preview.html", context, status=status)
