"""How one is told: how often, by mail, by a webhook; and proposing a webhook."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from watches.models import Endpoint, Watch

BY_MAIL, BY_HOOK, BY_BOTH = "mail", "hook", "both"


class WatchForm(forms.Form):
    """The way is asked only of who has a webhook; everybody else gets mails.

    ``endpoints`` are those the person may use now. The one that a watch has stays a
    choice when it was switched off.
    """

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Watch.Frequency.choices,
        initial=Watch.Frequency.WEEKLY,
    )
    way = forms.ChoiceField(label=gettext_lazy("How"))

    def __init__(
        self,
        data: Any = None,
        *,
        watch: Watch | None = None,
        endpoints: Sequence[Endpoint] = (),
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix)
        held = watch.endpoint if watch else None
        self.endpoints = {str(item.pk): item for item in (*endpoints, held) if item}
        if watch:
            self.initial = {"frequency": watch.frequency, "way": _way(watch)}
        if not self.endpoints:
            del self.fields["way"]
            return
        way: Any = self.fields["way"]
        way.choices = [(BY_MAIL, _("By e-mail"))]
        for pk, item in self.endpoints.items():
            words = {"url": item.url}
            way.choices += [
                (f"{BY_HOOK}:{pk}", _("To %(url)s") % words),
                (f"{BY_BOTH}:{pk}", _("By e-mail and to %(url)s") % words),
            ]

    @property
    def chosen(self) -> dict[str, Any]:
        """``frequency``, ``is_mailed`` and ``endpoint`` of a valid form."""
        way, _colon, pk = self.cleaned_data.get("way", BY_MAIL).partition(":")
        return {
            "frequency": self.cleaned_data["frequency"],
            "is_mailed": way != BY_HOOK,
            "endpoint": self.endpoints.get(pk),
        }


class EndpointForm(forms.Form):
    """The service says whether the address may be told."""

    url = forms.URLField(
        label=gettext_lazy("Address"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("For which organisation")
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


def _way(watch: Watch) -> str:
    if watch.endpoint_id is None:
        return BY_MAIL
    return f"{BY_BOTH if watch.is_mailed else BY_HOOK}:{watch.endpoint_id}"
