"""What signed-in readers tell the authors of a practice."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.services.tokens import organisations_of
from practices.voices import regions_to_speak_for
from regions.models import Region
from sources.visitors import HoneypotMixin

LONGEST = 4000
FIRST_YEAR = 1980


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SayForm(HoneypotMixin):
    """``user`` is who says it; ``said`` are the arguments of the service."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def said(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data.pop("nickname")
        return data


class InterestForm(SayForm):
    message = forms.CharField(
        label=_("Message to the authors (optional)"),
        help_text=_("What you plan, and what you would like to know."),
        widget=_area(6),
        max_length=LONGEST,
        required=False,
    )


class QuestionForm(SayForm):
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("The authors may publish it with their answer, without your name."),
        widget=_area(6),
        max_length=LONGEST,
    )


class AdoptionForm(SayForm):
    region = forms.ModelChoiceField(
        label=_("Region that adapted it"), queryset=Region.objects.none()
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation (optional)"),
        queryset=Organisation.objects.none(),
        required=False,
    )
    year = forms.IntegerField(label=_("Since which year"), min_value=FIRST_YEAR)
    changes = forms.CharField(
        label=_("What you changed"), widget=_area(5), max_length=LONGEST
    )
    outcome = forms.CharField(
        label=_("What came of it so far (optional)"),
        widget=_area(4),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions: Any = self.fields["region"]
        regions.queryset = regions_to_speak_for(self.user)
        bodies: Any = self.fields["organisation"]
        bodies.queryset = organisations_of(self.user)
        self.fields["year"].widget.attrs["max"] = timezone.localdate().year
