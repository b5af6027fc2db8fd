"""Asking for an API token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, Organisation, User
from accounts.services.tokens import organisations_of

DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("one year")))


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for"),
        help_text=_("Such as the name of the system that will use it."),
        max_length=80,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For which organisation")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=ApiToken.Reach.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long it holds"), choices=DAYS, coerce=int, initial=90
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_of(user)  # type: ignore[attr-defined]
