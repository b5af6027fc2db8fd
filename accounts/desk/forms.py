"""Forms of the desk: within the person's reach, and with the reason of a change."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.reach import Act, may
from sources.curation import Publishable
from sources.services.publication import REASON_LENGTH
from sources.unchanged import SEEN, UnchangedForm

REASON = "change_reason"


class ScopedForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """``user`` is who works with the form; the admin sets it on a class of its own."""

    user: ClassVar[Any] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_what_is_there()

    def _keep_what_is_there(self) -> None:
        """What a record is linked to stays, though its person may not choose it."""
        for name, field in self.fields.items():
            found = getattr(field, "queryset", None)
            held = self.initial.get(name) if self.instance.pk else None
            if found is None or not held:
                continue
            keys = held if isinstance(held, list | tuple) else [held]
            keys = [getattr(key, "pk", key) for key in keys]
            rows = found.model._default_manager
            field.queryset = rows.filter(Q(pk__in=found.values("pk")) | Q(pk__in=keys))  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        act = Act.CHANGE if self.instance.pk else Act.ADD
        changed = not self.errors and self.has_changed()
        if changed and not may(self.user, act, type(self.instance), self.instance):
            self.add_error(
                None, _("This would lie outside what your role reaches. Choose again.")
            )


class RecordForm(UnchangedForm, ScopedForm):
    """Adds why: for the history, and asked of whoever changes what readers see."""

    change_reason = forms.CharField(
        label=_("Reason for this change"),
        required=False,
        max_length=REASON_LENGTH,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Kept in the history. Needed where readers see the record."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        record = self.instance
        is_public = record.pk and isinstance(record, Publishable) and record.is_public
        changed = set(self.changed_data) - {REASON, SEEN}
        if is_public and changed and not self.cleaned_data.get(REASON):
            text = _("Readers see this record: say in a few words why it changes.")
            self.add_error(REASON, ValidationError(text, code="required"))
        return cleaned
