"""How a person wants each kind of notice by e-mail."""

from typing import Any

from django import forms

from accounts.models import Delivery, User
from accounts.notices import preferences


class PreferencesForm(forms.Form):
    """One choice for each kind that an app registered."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, delivery in preferences(user):
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.label),
                choices=Delivery.choices,
                initial=delivery,
                widget=forms.RadioSelect,
            )
