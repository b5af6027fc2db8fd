"""Evidence in the authors' form: a group of fields for each piece."""

from collections.abc import Set
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.practice_figures import figure_address, figure_over_time
from dashboards.practice_form_fields import LinkField
from practices.content.cleaning import YEARS
from practices.content.fields import EVIDENCE, MOST_ITEMS
from practices.models import EvidenceItem


def _column(name: str) -> Any:
    return EvidenceItem._meta.get_field(name)


def _line(name: str, label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False,
                           max_length=_column(name).max_length)  # fmt: skip


def _value(label: Any) -> forms.FloatField:
    attrs = {"inputmode": "decimal"}
    return forms.FloatField(label=label, required=False, widget=forms.TextInput(attrs))


def _year(label: Any) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "maxlength": 4}
    return forms.IntegerField(label=label, required=False, min_value=YEARS.start,
                              max_value=YEARS.stop - 1,
                              widget=forms.TextInput(attrs))  # fmt: skip


class EvidenceForm(forms.Form):
    """One piece; ``item`` is what is kept of it, None where nothing is said."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of evidence"),
        choices=EvidenceItem.Kind.choices,
        initial=EvidenceItem.Kind.FIGURE,
        required=False,
    )
    indicator = _line(
        "indicator",
        gettext_lazy("What it shows"),
        gettext_lazy("In a few words: “Firms with a first joint project”."),
    )
    unit = _line("unit", gettext_lazy("Unit"), gettext_lazy("firms, %, EUR a year"))
    baseline_value = _value(gettext_lazy("Value before"))
    baseline_year = _year(gettext_lazy("Year before"))
    result_value = _value(gettext_lazy("Value after"))
    result_year = _year(gettext_lazy("Year after"))
    comparison = _line(
        "comparison",
        gettext_lazy("Compared with"),
        gettext_lazy("A control group, other regions, or the trend of before."),
    )
    source_title = _line("source_title", gettext_lazy("Source"))
    source_url = forms.URLField(
        label=gettext_lazy("Address of the source"),
        required=False,
        max_length=_column("source_url").max_length,
        assume_scheme="https",
        widget=forms.TextInput({"inputmode": "url"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    indicator_slug = LinkField("indicator", label=gettext_lazy("Indicator"))
    figure_region = LinkField(
        "region",
        label=gettext_lazy("Region"),
        help_text=gettext_lazy("With both, the indicator is shown there over time."),
    )
    figure = forms.CharField(
        label=gettext_lazy("Or the address of a figure of the portal"),
        help_text=gettext_lazy(
            "Open “Download” at a figure and copy the address of its JSON, or copy the "
            "address of the page of an indicator."
        ),
        required=False,
        max_length=2000,
    )

    def __init__(
        self, *args: Any, host: str = "", held: Set[str] = frozenset(), **kwargs: Any
    ) -> None:
        """``held`` are the figures that are kept already; they are not asked again."""
        super().__init__(*args, **kwargs)
        self.host, self.held = host, held

    def clean_figure(self) -> str:
        text: str = self.cleaned_data["figure"]
        return text if text in self.held else figure_address(text, self.host)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        before, after = data.get("baseline_year"), data.get("result_year")
        if before is not None and after is not None and before > after:
            text = _("The year after lies before the year before.")
            self.add_error("result_year", text)
        self._draw(data)
        return data

    def _draw(self, data: dict[str, Any]) -> None:
        """An indicator and a region make a figure, unless one is named."""
        region = data.get("figure_region")
        if not region or data.get("figure") or "figure" in self.errors:
            return
        slug = data.get("indicator_slug")
        if not slug:
            if "indicator_slug" not in self.errors:
                text = _("Choose the indicator to show in that region, too.")
                self.add_error("indicator_slug", text)
            return
        try:
            data["figure"] = figure_over_time(slug, region)
        except forms.ValidationError as error:
            self.add_error("figure_region", error)

    @property
    def item(self) -> dict[str, Any] | None:
        data = getattr(self, "cleaned_data", {})
        if data.get("DELETE"):
            return None
        item = {name: data.get(name) for name in EVIDENCE}
        said = [value for name, value in item.items() if name != "kind"]
        return None if all(value in ("", None) for value in said) else item


class EvidenceSet(forms.BaseFormSet):  # type: ignore[type-arg]  # of EvidenceForm
    """All pieces; ``items`` are those that say something, in their order."""

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item for form in self.forms if (item := form.item) is not None]


def evidence_set(content: list[dict[str, Any]], data: Any, host: str) -> Any:
    """An ``EvidenceSet``, bound where ``data`` is given; with one empty piece more."""
    factory = forms.formset_factory(
        EvidenceForm, formset=EvidenceSet, extra=1,
        can_delete=True, max_num=MOST_ITEMS, validate_max=True,
    )  # fmt: skip
    held = {item["figure"] for item in content}
    # Without initial values where something was sent: a piece that is kept already and
    # sent again would count as not filled in.
    return factory(data, initial=None if data else content, prefix="evidence",
                   form_kwargs={"host": host, "held": held})  # fmt: skip
