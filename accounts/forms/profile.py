"""The profile and the naming of an organisation."""

from itertools import groupby
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from regions.countries import COUNTRIES, country_name
from regions.models import Region

# Regions make strategies at these levels of NUTS; smaller ones would be 1,200 more.
LEVELS = (1, 2)
Choice = tuple[str, "str | Promise | list[tuple[str, str]]"]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """``region`` is a code of today's NUTS; "" for none."""

    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("Where you work (optional)."),
        required=False,
    )

    class Meta:
        model = User
        fields = ("name", "language")
        help_texts = {
            "name": _("Optional. It stands beside what you publish here."),
        }

    field_order = ("name", "region", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["region"].choices = region_choices()  # type: ignore[attr-defined]
        region = self.instance.region
        self.initial["region"] = region.code if region else ""
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]

    def clean_region(self) -> Region | None:
        code = self.cleaned_data["region"]
        return Region.objects.current().get(code=code) if code else None

    def save(self, commit: bool = True) -> User:
        self.instance.region = self.cleaned_data["region"]
        return cast(User, super().save(commit))


class OrganisationForm(forms.Form):
    """Step one: a name and a country."""

    name = forms.CharField(
        label=_("Name of your organisation"),
        help_text=_("In full, in English or in its own language."),
        min_length=3,
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((str(name), code) for code, name in COUNTRIES.items())
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((code, name) for name, code in named),
        ]


class ChoiceForm(OrganisationForm):
    """Step two: one of the similar ones, or none of them.

    ``choice`` is a key of an organisation that readers may see, or "new".
    """

    NEW = "new"
    choice = forms.ChoiceField(
        label=_("Which one do you mean?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, similar: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "country"):
            self.fields[name].widget = forms.HiddenInput()
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *((str(found.pk), _described(found)) for found in similar),
            (self.NEW, _("None of these: add mine")),
        ]


def region_choices() -> list[Choice]:
    """Grouped by country; one query."""
    rows = Region.objects.current().filter(level__in=LEVELS)
    found = sorted(
        (country_name(country), code, name)
        for country, code, name in rows.values_list("country", "code", "name")
    )
    groups = groupby(found, key=lambda row: row[0])
    return [
        ("", _("None")),
        *((country, [(c, f"{n} ({c})") for _c, c, n in rs]) for country, rs in groups),
    ]


def _described(found: Organisation) -> str:
    place = ", ".join(part for part in (found.town, str(found.country_name)) if part)
    return f"{found.name} ({place})" if place else found.name
