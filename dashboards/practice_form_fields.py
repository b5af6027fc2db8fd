"""Fields of the authors' form; each takes what one types and gives what is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from dashboards.practice_links import key_of, label_of, labels_of
from practices.content.fields import MOST_ITEMS
from practices.models import GoodPractice
from programmes.models import Programme
from regions.countries import COUNTRIES
from strategies.models import Domain, Theme

SUGGEST = "practices:suggest"


class LinkField(forms.CharField):
    """A record by its name; without a script its name, code or key is typed."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=400, **kwargs)
        self.kind = kind
        self.widget.attrs.update(suggesting(kind))

    def prepare_value(self, value: Any) -> Any:
        return label_of(self.kind, value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return key_of(self.kind, text) if text else ""


class Lines(forms.Widget):
    """One text field for each of several; empty ones say nothing."""

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[str]:
        return [text.strip() for text in data.getlist(name) if text.strip()]


class LinksField(forms.Field):
    """Several records by their names."""

    widget = Lines

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.kind = kind

    def prepare_value(self, value: Any) -> list[str]:
        return labels_of(self.kind, value or [])

    def clean(self, value: Iterable[str]) -> list[str]:
        keys: list[str] = []
        wrong: list[forms.ValidationError] = []
        for text in list(value)[: MOST_ITEMS + 1]:
            try:
                keys.append(key_of(self.kind, text))
            except forms.ValidationError as error:
                wrong.append(error)
        if wrong:
            raise forms.ValidationError(wrong)
        return sorted(set(keys))


class AmountField(forms.CharField):
    """An amount as one writes it, "7 500" or "€ 7500"; the service reads the rest."""

    def clean(self, value: Any) -> str | None:
        text = "".join(super().clean(value).replace("€", "").split())
        return text or None


class KeysField(forms.MultipleChoiceField):
    """Boxes to tick, in the order in which keys are kept."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        return sorted(super().clean(value))


def suggesting(kind: str) -> dict[str, Any]:
    """Attributes by which the script finds the field; it works without."""
    return {
        "data-suggest": reverse_lazy(SUGGEST, args=[kind]),
        "data-fill": "",
        "autocomplete": "off",
    }


def text_area(rows: int) -> forms.CharField:
    return forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": rows}), strip=True
    )


def text_line(name: str, **attrs: Any) -> forms.CharField:
    column: Any = GoodPractice._meta.get_field(name)
    attrs = {"maxlength": column.max_length, **attrs}
    return forms.CharField(required=False, widget=forms.TextInput(attrs=attrs))


def date_line() -> forms.CharField:
    attrs = {"maxlength": 10, "inputmode": "numeric", "size": 12}
    return forms.CharField(required=False, widget=forms.TextInput(attrs=attrs))


def country_choice() -> forms.ChoiceField:
    known = sorted(((code, str(name)) for code, name in COUNTRIES.items()),
                   key=lambda pair: pair[1])  # fmt: skip
    choices = [("", _("not told, or several")), *known]
    return forms.ChoiceField(required=False, choices=choices)


def programme_choice(held: str) -> forms.ChoiceField:
    """All programmes that readers see, and the one that is kept."""
    rows = Programme.objects.public().order_by("acronym", "period", "pk")
    known = [(row.slug, str(row)) for row in rows]
    if held and held not in dict(known):
        known.append((held, held))
    return forms.ChoiceField(required=False, choices=[("", _("none")), *known])


def theme_choice() -> KeysField:
    rows = Theme.objects.values_list("slug", "name")
    return KeysField(required=False, choices=list(rows))


def domain_choice() -> KeysField:
    """Kind, then heading, then the domains below it; the page groups them again."""
    rows = Domain.objects.values_list("kind", "code", "name")
    choices = [(f"{kind}:{code}", name) for kind, code, name in rows]
    return KeysField(required=False, choices=choices)


def domain_groups(chosen: Iterable[str]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Kinds with their headings: key, name, parts, and whether any is ticked."""
    ticked = set(chosen)
    kinds: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Domain.Kind.values}
    by_pk: dict[int, dict[str, Any]] = {}
    for row in Domain.objects.order_by("kind", "position", "code"):
        key = f"{row.kind}:{row.code}"
        item: dict[str, Any] = {
            "key": key,
            "name": row.name,
            "is_on": key in ticked,
            "parts": [],
        }
        by_pk[row.pk] = item
        item["above"] = row.parent_id
        if row.parent_id is None:
            kinds[row.kind].append(item)
    for item in by_pk.values():
        if item["above"] in by_pk:
            by_pk[item["above"]]["parts"].append(item)
    for item in by_pk.values():
        inside = [item, *item["parts"]]
        item["count"] = sum(part["is_on"] for part in inside)
    names = {
        Domain.Kind.ECONOMIC: _("Economic domains"),
        Domain.Kind.SCIENTIFIC: _("Scientific domains"),
        Domain.Kind.POLICY: _("Policy objectives"),
    }
    return [(str(names[Domain.Kind(kind)]), list(items)) for kind, items in
            kinds.items() if items]  # fmt: skip
