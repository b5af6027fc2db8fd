"""The two questions of a match request, and what is written about one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, User
from accounts.services.tokens import organisations_of
from practices.analysis.completeness import words
from practices.content.reading import domain_key
from practices.services.matching import LEAST_WORDS
from regions.models import Region
from sources.visitors import HoneypotMixin
from strategies.models import Domain

LONGEST = 4000
LEVEL = 2  # of regions that can be compared
FINER = "\u2013 "


def domain_choices() -> list[tuple[Any, Any]]:
    """By kind; each broad domain with its finer ones below it."""
    found = list(Domain.objects.all())
    choices: list[tuple[Any, Any]] = [("", gettext_lazy("Choose a domain"))]
    for kind, label in Domain.Kind.choices:
        rows = []
        for domain in (d for d in found if d.kind == kind and d.parent_id is None):
            rows.append((domain_key(domain), domain.name))
            finer = [d for d in found if d.parent_id == domain.pk]
            rows += [(domain_key(d), FINER + d.name) for d in finer]
        choices.append((str(label).capitalize(), rows))
    return choices


def region_choices() -> list[tuple[Any, Any]]:
    rows = Region.objects.current().at_level(LEVEL).order_by("code")
    named = [
        (code, f"{code} {name}") for code, name in rows.values_list("code", "name")
    ]
    return [("", gettext_lazy("Choose a region")), *named]


class MatchForm(HoneypotMixin):
    """``user`` is None for who is not signed in."""

    challenge = forms.CharField(
        label=gettext_lazy("What is your challenge?"),
        help_text=gettext_lazy(
            "What you want to change, for whom, and what stands in the way: a few "
            "sentences, without names of persons."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
    )
    domain = forms.ChoiceField(
        label=gettext_lazy("In which domain?"), choices=domain_choices
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Your region"),
        help_text=gettext_lazy("Others are compared with it."),
        choices=region_choices,
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation (optional)"),
        queryset=Organisation.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies: Any = self.fields["organisation"]
        if user is not None and (mine := organisations_of(user)).exists():
            bodies.queryset = mine
        else:
            del self.fields["organisation"]

    def clean_challenge(self) -> str:
        told: str = self.cleaned_data["challenge"]
        if words(told) < LEAST_WORDS:
            said = _("Use at least %(least)d words, so that others understand it.")
            raise forms.ValidationError(said % {"least": LEAST_WORDS})
        return told

    def clean_domain(self) -> Domain:
        kind, _colon, code = self.cleaned_data["domain"].partition(":")
        return Domain.objects.select_related("parent").get(kind=kind, code=code)

    def clean_region(self) -> Region:
        return Region.objects.current().get(code=self.cleaned_data["region"])

    @property
    def asked(self) -> dict[str, Any]:
        """The two questions as the service and the ranking take them."""
        return {
            name: self.cleaned_data[name] for name in ("region", "domain", "challenge")
        }
