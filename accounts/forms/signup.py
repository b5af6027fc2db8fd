"""What is asked besides address and password when someone signs up."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class SignupFields(forms.Form):
    """Mixed into allauth's own form; organisation and region are asked later."""

    field_order = ("email", "name", "password1", "password2")

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Optional. It stands beside what you publish here."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
