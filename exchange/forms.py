"""Forms of an import: the file, then by hand what its columns mean."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from exchange.mapping import MOST_PARTNERS
from exchange.mappings_held import mapping_choices
from exchange.models import ImportBatch, SavedMapping
from exchange.parsers import RawSheet
from exchange.resources import RESOURCES
from exchange.rights import Reach
from exchange.services.plan import CLEAR, KEEP

EMPTIES = [
    (KEEP, _("leaves the value that is held")),
    (CLEAR, _("removes the value that is held")),
]


def kind_choices(kinds: Any) -> list[tuple[str, Any]]:
    return [(kind, RESOURCES[kind].model._meta.verbose_name_plural) for kind in kinds]


class UploadForm(forms.Form):
    """``reach`` bounds the kinds, and whether new records may be published."""

    kind = forms.ChoiceField(label=_("Kind of records"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX or JSON. The content decides, not the name."),
    )
    mapping = forms.ChoiceField(
        label=_("Columns"),
        required=False,
        help_text=_("Columns can be matched by hand after the upload, too."),
    )
    empties = forms.ChoiceField(
        label=_("An empty cell"),
        choices=EMPTIES,
        initial=KEEP,
        widget=forms.RadioSelect,
    )
    publish = forms.BooleanField(
        label=_("Publish new records at once"),
        required=False,
        help_text=_("Otherwise they are drafts. Good practices always are."),
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices(reach.kinds)  # type: ignore[attr-defined]
        self.fields["mapping"].choices = [  # type: ignore[attr-defined]
            ("", _("as in the template")),
            *mapping_choices(),
        ]
        if not reach.may_publish:
            del self.fields["publish"]

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

    def options(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "mapping": data["mapping"],
            "empties": data["empties"],
            "publish": data.get("publish", False),
        }


class ColumnsForm(forms.Form):
    """One choice for each heading of the file, and how its cells are written."""

    dates = forms.CharField(
        label=_("Dates"),
        required=False,
        max_length=100,
        help_text=_(
            "Forms to try besides 2024-03-31, parted by blanks: %d/%m/%Y %d.%m.%Y %m/%Y"
        ),
    )
    decimal = forms.ChoiceField(
        label=_("Decimals"), choices=[(".", "1,234.50"), (",", "1.234,50")]
    )
    lists = forms.CharField(
        label=_("Between the items of a cell"),
        required=False,
        max_length=3,
        help_text=_("Such as ; or |. Empty: as in the template."),
    )
    programme = forms.CharField(
        label=_("Programme of all rows"),
        required=False,
        max_length=120,
        help_text=_("Where the file has no column for it: key, or acronym and period."),
    )
    save_as = forms.CharField(
        label=_("Save these columns as"),
        required=False,
        max_length=80,
        help_text=_("A name under which they can be chosen for the next file."),
    )

    def __init__(
        self, *args: Any, batch: ImportBatch, sheet: RawSheet, **kwargs: Any
    ) -> None:
        options = batch.options
        kwargs["initial"] = {
            "dates": " ".join(options["formats"]["dates"]),
            "decimal": options["formats"]["decimal"],
            "lists": options["formats"]["lists"],
            "programme": options["fixed"].get("programme", ""),
        }
        super().__init__(*args, **kwargs)
        self.batch = batch
        self.headings = {
            f"column{index}": heading
            for index, heading in enumerate(sheet.header)
            if heading
        }
        if "programme" not in RESOURCES[batch.kind]().columns:
            del self.fields["programme"]
        choices = target_choices(batch.kind)
        for name, heading in self.headings.items():
            self.fields[name] = forms.ChoiceField(
                label=heading,
                required=False,
                choices=choices,
                initial=options["targets"].get(heading, ""),
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.headings]

    @property
    def format_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.headings]

    def clean(self) -> None:
        chosen: dict[str, str] = {}
        for name in self.headings:
            target = self.cleaned_data.get(name, "")
            if target and target in chosen:
                text = _("“%(heading)s” means this already.")
                self.add_error(name, text % {"heading": chosen[target]})
            chosen.setdefault(target, self.headings[name])

    def clean_save_as(self) -> str:
        name: str = self.cleaned_data["save_as"].strip()
        others = SavedMapping.objects.exclude(owner=self.batch.user)
        if name and others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Somebody else's mapping has this name."))
        return name

    def options(self) -> dict[str, Any]:
        data = self.cleaned_data
        programme = data.get("programme", "").strip()
        return {
            "targets": {
                heading: data[name]
                for name, heading in self.headings.items()
                if data[name]
            },
            "formats": {
                "dates": data["dates"].split(),
                "decimal": data["decimal"],
                "lists": data["lists"].strip(),
            },
            "fixed": {"programme": programme} if programme else {},
        }


def target_choices(kind: str) -> list[tuple[str, Any]]:
    """What a column may mean: nothing, a column of the kind, or one of a partner."""
    own: list[tuple[str, Any]] = [
        (c.name, c.label) for c in RESOURCES[kind]().columns.values()
    ]
    choices: list[tuple[str, Any]] = [("", _("nothing: leave it out")), *own]
    if kind != "projects":
        return choices
    partner = [
        c for c in RESOURCES["partners"]().columns.values() if c.name != "project"
    ]
    groups: list[tuple[str, Any]] = [
        ("lead", _("Lead partner")),
        ("partner", _("Partner of the row")),
    ]
    groups += [
        (f"partner{n}", f"{_('Partner')} {n}") for n in range(1, MOST_PARTNERS + 1)
    ]
    for group, label in groups:
        choices.append(
            (label, [(f"{group}.{c.name}", f"{label}: {c.label}") for c in partner])
        )
    return choices
