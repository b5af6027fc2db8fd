"""The files of a text in work: what the page shows, and what is done on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.practice_edit_page import step_links
from dashboards.practice_file_forms import UploadForm, WordsForm
from practices import refusals, services
from practices.actors import may
from practices.analysis.completeness import Step
from practices.errors import PracticeError
from practices.machine import Action
from practices.models import Attachment, GoodPractice
from practices.services import Upload
from practices.services.uploads import MOST_A_DAY, MOST_OF_A_TEXT
from practices.uploads import Reason, Refused, files


@dataclass(frozen=True, slots=True)
class FileView:
    """One file with the form of its words."""

    item: Attachment
    place: str
    form: WordsForm
    is_image: bool


class FilesPage:
    """``work/<slug>/files/``; after ``act`` its forms hold what was typed."""

    def __init__(self, practice: GoodPractice, user: User) -> None:
        self.practice, self.user = practice, user
        self.upload_form = UploadForm()
        self._typed: WordsForm | None = None

    def act(self, request: HttpRequest) -> str:
        """Do what was asked; what was done, "" where a form says what is wrong.

        Raises ``PracticeError``.
        """
        sent = request.POST
        action = sent.get("action", "")
        if action == "upload":
            return self._upload(request)
        found = self._files().filter(pk=_number(sent.get("file", ""))).first()
        if found is None:
            raise PracticeError(_("That file is not among those of the text any more."))
        if action == "words":
            return self._words(found, sent)
        return self._order(found, action, _number(sent.get("revision", "")))

    def context(self) -> dict[str, Any]:
        shown = [self._view(item) for item in self._files()]
        refused = self.practice.attachments.filter(scan=Attachment.Scan.INFECTED)
        steps = step_links(self.practice, Step.FILES)
        told = [form for form in (self.upload_form, self._typed) if form]
        return {
            "practice": self.practice,
            "steps": steps,
            "number": len(steps),
            "of": len(steps),
            "files": shown,
            "refused": [item.name for item in refused],
            "form": self.upload_form,
            "errors": _errors(told),
            "may_edit": Action.EDIT in may(self.user, self.practice),
            "is_waiting": any(v.item.scan == Attachment.Scan.WAITING for v in shown),
            "taken": refusals.TAKEN,
            "image_megabytes": files.IMAGE_BYTES // files.MEGABYTE,
            "document_megabytes": files.DOCUMENT_BYTES // files.MEGABYTE,
            "pages": files.PAGES,
            "megapixels": files.PIXELS // files.MEGABYTE,
            "most": MOST_OF_A_TEXT,
            "most_a_day": MOST_A_DAY,
        }

    def _files(self) -> Any:
        return self.practice.attachments.current()

    def _view(self, item: Attachment) -> FileView:
        form = WordsForm(None, item)
        if self._typed is not None and self._typed.prefix == form.prefix:
            form = self._typed
        place = reverse("practices:work-file", args=[self.practice.slug, item.pk])
        return FileView(item, place, form, item.kind == Attachment.Kind.IMAGE)

    def _upload(self, request: HttpRequest) -> str:
        form = self.upload_form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return ""
        data = form.cleaned_data
        try:
            content = _content(data["file"])
            sent = Upload(data["file"].name, content, data["alt"], data["caption"])
            revision = _number(request.POST.get("revision", ""))
            kept = services.upload(self.practice, sent, revision, by=self.user)
        except ValidationError as error:
            _tell(form, error)
            return ""
        self.upload_form = UploadForm()
        if kept.scan == Attachment.Scan.WAITING:
            text = _("“%(name)s” was taken and is being scanned for viruses.")
        else:
            text = _("“%(name)s” was taken.")
        return text % {"name": kept.name}

    def _words(self, found: Attachment, sent: Mapping[str, Any]) -> str:
        form = self._typed = WordsForm(sent, found)
        if not form.is_valid():
            return ""
        revision = _number(sent.get("revision", ""))
        try:
            services.describe(found, revision, by=self.user, **form.cleaned_data)
        except ValidationError as error:
            _tell(form, error)
            return ""
        self._typed = None
        return _("The words of “%(name)s” were saved.") % {"name": found.name}

    def _order(self, found: Attachment, action: str, revision: int) -> str:
        name = found.name
        if action == "remove":
            services.remove(found, revision, by=self.user)
            return _("“%(name)s” was removed.") % {"name": name}
        place = list(self._files().values_list("pk", flat=True)).index(found.pk)
        to = place - 1 if action == "up" else place + 1
        services.move(found, revision, to=to, by=self.user)
        return _("“%(name)s” was moved.") % {"name": name}


def _content(file: "UploadedFile[Any]") -> bytes:
    """Not read where it is too large anyway."""
    most = files.DOCUMENT_BYTES
    if (file.size or 0) > most:
        found = f"{(file.size or 0) / files.MEGABYTE:.1f}"
        error = Refused(Reason.TOO_LARGE, found, str(most // files.MEGABYTE))
        text = refusals.sentence(error, file.name or "")
        raise ValidationError({"file": [text]})
    return bytes(file.read())


def _tell(form: Any, error: ValidationError) -> None:
    for name, texts in error.message_dict.items():
        form.add_error(name if name in form.fields else None, texts)


def _errors(forms: list[Any]) -> list[tuple[str, str, str]]:
    """Id of the control, its label and what is wrong with it."""
    return [
        (field.id_for_label, str(field.label), text)
        for form in forms
        for field in form
        for text in field.errors
    ]


def _number(text: str) -> int:
    """-1 is no revision and no file."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
