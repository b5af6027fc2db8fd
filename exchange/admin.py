"""Curators' desk for imports: list, upload, columns, preview, decision, undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exchange import services, sheets
from exchange.forms import ColumnsForm, UploadForm, kind_choices
from exchange.models import ImportBatch, SavedMapping
from exchange.resources import RESOURCES
from exchange.rights import Reach, reach_of
from exchange.services.batches import sheet_of
from exchange.services.saved import save_mapping
from indicators.parsers.errors import ParseError
from sources.admin import ReadOnlyAdmin
from sources.tables import file_name

View = Callable[..., HttpResponse]
ROOT = "admin/exchange/importbatch"


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """Everybody sees their own imports; a curator sees all."""

    change_list_template = f"{ROOT}/change_list.html"
    list_display = (
        "file_name",
        "kind",
        "state",
        "started_at",
        "user",
        "created",
        "changed",
        "unchanged",
        "rejected",
    )
    list_filter = ("state", "kind")
    list_select_related = ("user",)
    search_fields = ("file_name",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        reach = reach_of(request.user)
        return bool(reach.kinds) and (obj is None or _is_theirs(obj, request, reach))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        reach = reach_of(request.user)
        return found if reach.programmes is None else found.filter(user=request.user)

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, View, str]] = [
            ("new/", self.upload_view, "new"),
            ("<int:pk>/look/", require_GET(self.look_view), "look"),
            ("<int:pk>/columns/", self.columns_view, "columns"),
            ("<int:pk>/load/", require_POST(self.load_view), "load"),
            ("<int:pk>/again/", require_POST(self.again_view), "again"),
            ("<int:pk>/discard/", require_POST(self.discard_view), "discard"),
            ("<int:pk>/undo/", require_POST(self.undo_view), "undo"),
            ("<int:pk>/left-out.<str:form>", require_GET(self.rejected_view), "left"),
            ("template/<str:kind>.<str:form>", self.template_view, "template"),
            ("export/<str:kind>.<str:form>", self.export_view, "export"),
        ]
        own = [
            path(address, self._guarded(view), name=f"exchange_importbatch_{name}")
            for address, view, name in pages
        ]
        return own + list(super().get_urls())

    def _guarded(self, view: View) -> View:
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not reach_of(request.user).kinds:
                raise PermissionDenied
            return view(request, **kwargs)

        view_of_admin: View = self.admin_site.admin_view(guarded)
        return view_of_admin

    def change_view(self, request: HttpRequest, object_id: str, *_a: Any, **_k: Any):  # type: ignore[no-untyped-def]
        return redirect("admin:exchange_importbatch_look", pk=object_id)

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        reach = reach_of(request.user)
        if request.method == "POST":
            form = UploadForm(request.POST, request.FILES, reach=reach)
            if form.is_valid() and (batch := _take(form, request.user)):
                return redirect("admin:exchange_importbatch_look", pk=batch.pk)
        else:
            form = UploadForm(initial={"kind": request.GET.get("kind")}, reach=reach)
        context = self._context(request, _("Import a file"))
        context |= {"form": form, "kinds": kind_choices(reach.kinds)}
        status = 422 if form.errors else 200
        return TemplateResponse(request, f"{ROOT}/upload.html", context, status=status)

    def look_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = _batch(request, pk)
        title = _("Import of %(file)s") % {"file": batch.file_name}
        context = self._context(request, title) | {
            "batch": batch,
            "kind": RESOURCES[batch.kind].model._meta.verbose_name_plural,
            "errors": batch.errors or batch.preview["errors"],
            "is_waiting": batch.state == ImportBatch.State.WAITING,
            "is_loaded": batch.state == ImportBatch.State.LOADED,
            "kept": batch.rows.exclude(kept="")[:200],
        }
        return TemplateResponse(request, f"{ROOT}/look.html", context)

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = _batch(request, pk)
        if batch.state != ImportBatch.State.WAITING:
            return redirect("admin:exchange_importbatch_look", pk=pk)
        form = ColumnsForm(request.POST or None, batch=batch, sheet=sheet_of(batch))
        if request.method == "POST" and form.is_valid():
            options = form.options()
            if name := form.cleaned_data["save_as"]:
                save_mapping(name, batch.kind, options, request.user)
            return self._done(request, pk, services.adjust, request.user, options)
        context = self._context(request, _("Columns of %(file)s") % {"file": batch})
        context |= {"form": form, "batch": batch}
        status = 422 if form.errors else 200
        return TemplateResponse(request, f"{ROOT}/columns.html", context, status=status)

    def load_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        _batch(request, pk)
        return self._done(request, pk, services.confirm, request.user)

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        _batch(request, pk)
        return self._done(request, pk, services.adjust, request.user, {})

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        _batch(request, pk)
        return self._done(request, pk, services.discard)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = _batch(request, pk)
        if batch.kind not in reach_of(request.user).kinds:
            raise PermissionDenied
        return self._done(request, pk, services.undo, request.user)

    def _done(
        self, request: HttpRequest, pk: int, service: Any, *arguments: Any
    ) -> HttpResponse:
        """Ask the service; a refusal is said on the page, which tells the rest."""
        try:
            service(pk, *arguments)
        except services.RefusedError as refusal:
            messages.error(request, str(refusal))
        except ParseError as error:
            messages.error(request, str(error))
        return redirect("admin:exchange_importbatch_look", pk=pk)

    def rejected_view(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        batch = _batch(request, pk)
        data = sheets.rejected_file(batch, _form(form))
        return _download(data, (batch.kind, "left-out"), form)

    def template_view(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        resource = _resource(kind, reach_of(request.user))
        data = sheets.template_file(resource, _form(form))
        return _download(data, (kind, "template"), form)

    def export_view(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        """All of a kind, or what the filters in the address leave, as in its list."""
        resource = _resource(kind, reach_of(request.user))
        desk = self.admin_site.get_model_admin(resource.model)
        if not desk.has_view_permission(request):
            raise PermissionDenied
        found = desk.get_changelist_instance(request).get_queryset(request)
        data = sheets.export_file(resource, found, _form(form))
        return _download(data, (kind,), form)

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "changelist_url": reverse("admin:exchange_importbatch_changelist"),
        }


@admin.register(SavedMapping)
class SavedMappingAdmin(ReadOnlyAdmin):
    """Mappings are made in an import; here they can be looked up and removed."""

    list_display = ("name", "kind", "owner", "saved_at")
    list_select_related = ("owner",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(reach_of(request.user).kinds)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        reach = reach_of(request.user)
        return bool(reach.kinds) and (
            reach.programmes is None or (obj is not None and obj.owner == request.user)
        )


def _take(form: UploadForm, user: Any) -> ImportBatch | None:
    data = form.cleaned_data
    try:
        return services.take(
            data["file"], kind=data["kind"], user=user, options=form.options()
        )
    except ParseError as error:
        form.add_error("file", str(error))
    return None


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    batch = get_object_or_404(ImportBatch.objects.select_related("snapshot"), pk=pk)
    if not _is_theirs(batch, request, reach_of(request.user)):
        raise Http404(pk)
    return batch


def _is_theirs(batch: ImportBatch, request: HttpRequest, reach: Reach) -> bool:
    return reach.programmes is None or batch.user_id == request.user.pk


def _resource(kind: str, reach: Reach) -> Any:
    if kind not in reach.kinds:
        raise Http404(kind)
    return RESOURCES[kind]()


def _form(form: str) -> str:
    if form not in sheets.TYPES:
        raise Http404(form)
    return form


def _download(data: bytes, parts: tuple[str, ...], form: str) -> HttpResponse:
    response = HttpResponse(data, content_type=sheets.TYPES[form])
    name = file_name(parts, form)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
