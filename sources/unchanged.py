"""A form of the desk that overwrites nobody: of two who save, the second is told."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.translation import gettext as _

SEEN = "seen"


class UnchangedForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """``seen`` stands for the values that the form was opened with.

    Where the record has others by now, nothing is saved, and what was typed stays in
    the form; saving once more is then a decision. To be cleaned in a transaction.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput, label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial[SEEN] = _digest(self.instance, self.fields)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen = self.cleaned_data.get(SEEN)
        if self.instance.pk and seen:
            held = type(self.instance)._base_manager.select_for_update()
            found = _digest(held.get(pk=self.instance.pk), self.fields)
            if found != seen:
                self._tell(found)
        return cleaned

    def _tell(self, found: str) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(SEEN)] = found
        self.data = data
        text = _(
            "Somebody changed this record after you had opened it. Nothing was saved. "
            "Open it in a second window to see the change; saving here once more puts "
            "what you typed in its place."
        )
        self.add_error(None, ValidationError(text, code="changed"))


def _digest(record: Model, fields: Iterable[str]) -> str:
    values = model_to_dict(record, fields=[name for name in fields if name != SEEN])
    told = [(name, _plain(values[name])) for name in sorted(values)]
    return sha256(repr(told).encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    """Records of a many-to-many field by their keys, whatever their order."""
    if isinstance(value, list) and all(isinstance(item, Model) for item in value):
        return sorted(item.pk for item in value)
    return value
