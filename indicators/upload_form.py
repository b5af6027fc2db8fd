"""The form of an upload: a file, and the dataflow it is to be loaded into."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from indicators.models import Dataflow
from indicators.services.ingest import CODE
from indicators.services.upload import NewDataflow
from sources.models import Source

MERGE, COMPLETE = "merge", "complete"
MODES = [
    (MERGE, _("adds and revises: nothing that is held is removed")),
    (COMPLETE, _("is complete: what it lacks is retired")),
]
_AGENCY = RegexValidator(
    r"\A[A-Z][A-Z0-9_.-]{1,19}\Z",
    _("An agency is written in capital letters, digits, '_', '.' and '-'."),
)
_CODE = RegexValidator(
    rf"\A{CODE.pattern}\Z",
    _("A code begins with a letter; letters, digits and '_' follow."),
)
_PLAIN = [ProhibitNullCharactersValidator()]


class UploadForm(forms.Form):
    """Either an existing dataflow, or all that a new one needs."""

    dataflow = forms.ModelChoiceField(
        Dataflow.objects.all(),
        required=False,
        label=_("Dataflow"),
        empty_label=_("a new one, named below"),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, or any form that is read. The content decides, not the name."
        ),
    )
    mode = forms.ChoiceField(
        label=_("The file"), choices=MODES, initial=MERGE, widget=forms.RadioSelect
    )
    agency = forms.CharField(
        label=_("Agency"),
        required=False,
        validators=[_AGENCY],
        help_text=_("Who publishes the data, in short: MIN_ECON."),
    )
    code = forms.CharField(
        label=_("Code"),
        required=False,
        validators=[_CODE],
        help_text=_("A short name without blanks: rd_by_firm_size."),
    )
    name = forms.CharField(
        label=_("Name"), required=False, max_length=400, validators=_PLAIN
    )
    licence = forms.CharField(
        label=_("Licence"),
        required=False,
        max_length=200,
        validators=_PLAIN,
        help_text=_("The terms under which the data may be used: CC BY 4.0."),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        required=False,
        label=_("Publisher"),
        empty_label=_("a new one, named below"),
    )
    publisher = forms.CharField(
        label=_("Name of the new publisher"),
        required=False,
        max_length=200,
        validators=_PLAIN,
    )
    publisher_url = forms.URLField(
        label=_("Its website"), required=False, assume_scheme="https"
    )

    EXISTING = ("dataflow", "file", "mode")
    NEW = ("agency", "code", "name", "licence", "source", "publisher", "publisher_url")

    @property
    def existing_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.EXISTING]

    @property
    def new_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.NEW]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s; at most %(limit)s are taken.")
                % {
                    "size": filesizeformat(file.size),
                    "limit": filesizeformat(settings.UPLOAD_MAX_BYTES),
                }
            )
        return file

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return code.lower()

    def clean(self) -> None:
        if self.cleaned_data.get("dataflow"):
            return
        for name in ("agency", "code", "name", "licence"):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("A new dataflow needs this."))
        if not self.cleaned_data.get("source"):
            self._clean_publisher()
        agency, code = self.cleaned_data.get("agency"), self.cleaned_data.get("code")
        if agency and Dataflow.objects.filter(agency=agency, code=code).exists():
            self.add_error("code", _("That dataflow is there; choose it above."))

    def _clean_publisher(self) -> None:
        publisher = self.cleaned_data.get("publisher", "")
        if not slugify(publisher):
            self.add_error("publisher", _("Name the publisher, or choose one above."))
        elif Source.objects.filter(code=slugify(publisher)[:50]).exists():
            self.add_error("publisher", _("That publisher is there; choose it above."))

    @property
    def is_complete(self) -> bool:
        return bool(self.cleaned_data["mode"] == COMPLETE)

    def new_dataflow(self) -> NewDataflow | None:
        """What was said of a new dataflow; None where one was chosen."""
        data = self.cleaned_data
        if data["dataflow"]:
            return None
        source = data["source"]
        return NewDataflow(
            agency=data["agency"],
            code=data["code"],
            name=data["name"],
            licence=data["licence"],
            source=source.code if source else "",
            publisher=data["publisher"],
            publisher_url=data["publisher_url"],
        )
