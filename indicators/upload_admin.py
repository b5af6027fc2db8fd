"""Uploading observations in the administration: form, preview, decision, template."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from indicators.models import Dataflow
from indicators.revisions import data_revision
from indicators.services.preview import every_change, preview_file
from indicators.services.preview_types import Preview
from indicators.services.upload import (
    FETCHER,
    NewDataflow,
    Upload,
    keep_upload,
    refuse_large,
)
from indicators.upload_form import UploadForm
from indicators.upload_tables import changes_table, template_file
from sources.admin import ReadOnlyAdmin
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.services import RunRefused, confirm_run, discard_run
from sources.tables import WRITERS, download

PERMISSION = "indicators.upload_observations"
PREVIEW_SECONDS = 600
View = Callable[..., HttpResponse]


class UploadAdmin(ReadOnlyAdmin):
    """Adds the upload of observations to the administration of dataflows."""

    change_list_template = "admin/indicators/dataflow/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, View, str]] = [
            ("upload/", self.upload_view, "upload"),
            ("upload/<int:pk>/", require_GET(self.preview_view), "preview"),
            ("upload/<int:pk>/load/", require_POST(self.load_view), "load"),
            ("upload/<int:pk>/discard/", require_POST(self.discard_view), "discard"),
            ("upload/<int:pk>/changes.csv", require_GET(self.changes_view), "changes"),
            (
                "<int:pk>/template.<str:form>",
                require_GET(self.template_view),
                "template",
            ),
        ]
        own = [
            path(address, self._guarded(view), name=f"indicators_dataflow_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def _guarded(self, view: View) -> View:
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(PERMISSION):
                raise PermissionDenied
            return view(request, **kwargs)

        answer: View = self.admin_site.admin_view(guarded)
        return answer

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {"may_upload": request.user.has_perm(PERMISSION)}
        answer: HttpResponse = super().changelist_view(
            request, extra | (extra_context or {})
        )
        return answer

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                return self._take(request, form)
        else:
            form = UploadForm(initial={"dataflow": request.GET.get("dataflow")})
        return self._form(request, form)

    def _take(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        """Look at the file and keep it; what cannot be read is not kept."""
        new = form.new_dataflow()
        dataflow = form.cleaned_data["dataflow"] or _unsaved(new)
        try:
            with _as_file(form.cleaned_data["file"]) as (file, name):
                refuse_large(file)
                preview = preview_file(
                    dataflow, file, name=name, is_complete=form.is_complete
                )
                upload = Upload(file, name, dataflow.target, form.is_complete, new)
                run = keep_upload(
                    upload,
                    asked_by=request.user.get_username(),
                    rejections=[item.sentence for item in preview.unknown],
                )
        except IngestError as error:
            form.add_error("file", str(error))
            return self._form(request, form, rejections=error.rejections)
        cache.set(_cache_key(run), preview, PREVIEW_SECONDS)
        return redirect("admin:indicators_dataflow_preview", pk=run.pk)

    def _form(
        self,
        request: HttpRequest,
        form: UploadForm,
        rejections: Sequence[str] = (),
    ) -> HttpResponse:
        context = self._context(request, _("Upload observations"))
        context |= {
            "form": form,
            "rejections": rejections if len(rejections) > 1 else [],
            "templates": Dataflow.objects.exclude(dimensions=[]),
        }
        return TemplateResponse(
            request,
            "admin/indicators/dataflow/upload.html",
            context,
            status=422 if form.errors else 200,
        )

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = _upload(pk)
        if run.state != IngestRun.State.HELD:
            return redirect(run.get_absolute_url())
        context = self._context(
            request, _("Preview of %(file)s") % {"file": run.file_name}
        )
        try:
            context["preview"] = _preview(run)
        except IngestError as error:  # what is held has changed since
            context["problem"] = str(error)
        context |= {"run": run, "dataflow": _dataflow(run)}
        return TemplateResponse(
            request, "admin/indicators/dataflow/preview.html", context
        )

    def load_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = _upload(pk)
        if run.rejected:
            raise Http404("what has unknown codes is not offered to be loaded")
        said = _("The upload waits for a worker; this page tells how it goes.")
        return self._decide(request, run, confirm_run, said)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = _("The upload was discarded. Nothing was loaded.")
        return self._decide(request, _upload(pk), discard_run, said)

    def _decide(
        self, request: HttpRequest, run: IngestRun, decision: Any, said: str
    ) -> HttpResponseRedirect:
        try:
            decision(run, asked_by=request.user.get_username())
        except RunRefused:
            said = _("The upload had been decided upon before; nothing was done now.")
        messages.info(request, said)
        return redirect(run.get_absolute_url())

    def changes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = _upload(pk)
        if run.snapshot is None:
            raise Http404("no file is kept")
        dataflow = _dataflow(run)
        changes = every_change(
            dataflow,
            run.snapshot.path,
            name=run.file_name,
            is_complete=bool(run.options.get("complete")),
        )
        return download(changes_table(dataflow, changes), "csv")

    def template_view(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        if form not in WRITERS:
            raise Http404(form)
        dataflow = get_object_or_404(Dataflow, pk=pk)
        response = HttpResponse(
            template_file(dataflow, form), content_type=WRITERS[form][0]
        )
        name = f"{dataflow.code}_template.{form}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "changelist_url": reverse("admin:indicators_dataflow_changelist"),
        }


def _upload(pk: int) -> IngestRun:
    uploads = IngestRun.objects.filter(fetcher=FETCHER).select_related("snapshot")
    return get_object_or_404(uploads, pk=pk)


def _dataflow(run: IngestRun) -> Dataflow:
    agency, _colon, code = run.target.partition(":")
    found = Dataflow.objects.filter(agency=agency, code=code).first()
    if found is None and "new" not in run.options:
        raise Http404(run.target)
    return found or _unsaved(NewDataflow(**run.options["new"]))


def _unsaved(new: NewDataflow | None) -> Dataflow:
    if new is None:
        raise ValueError("neither a dataflow nor a new one")
    return Dataflow(agency=new.agency, code=new.code, name=new.name)


def _preview(run: IngestRun) -> Preview:
    """The preview against what is held now; computed again when that has changed."""
    key = _cache_key(run)
    known: Preview | None = cache.get(key)
    if known is None:
        if run.snapshot is None:
            raise IngestError(_("The file is not kept any more. Upload it again."))
        known = preview_file(
            _dataflow(run),
            run.snapshot.path,
            name=run.file_name,
            is_complete=bool(run.options.get("complete")),
        )
        cache.set(key, known, PREVIEW_SECONDS)
    return known


def _cache_key(run: IngestRun) -> str:
    return f"upload-preview:{run.pk}:{data_revision()}"


@contextmanager
def _as_file(uploaded: "UploadedFile[bytes]") -> Iterator[tuple[Path, str]]:
    """The bytes in a file of their own, and a name fit to be shown."""
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name), get_valid_filename(uploaded.name or "upload")[:255]
