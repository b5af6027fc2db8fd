"""The first three fields of a new practice, proposed from what is known of a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from accounts.services.tokens import organisations_of
from dashboards.practice_form_fields import LinkField, text_line
from practices.content.lookup import choices_of
from practices.content.reading import region_key
from regions.models import Region


class ShareForm(forms.Form):
    """A title is needed; where and by whom can be told later."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = proposed(user)
        self.fields["title"] = text_line("title")
        self.fields["title"].label = _("Title of the practice")
        self.fields["title"].help_text = _(
            "What it is, in a few words. It can be changed later."
        )
        self.fields["organisation"] = LinkField(
            "organisation",
            label=_("Organisation (optional)"),
            help_text=_("Who keeps the practice. Type its name and choose."),
        )
        self.fields["region"] = LinkField(
            "region",
            label=_("Region (optional)"),
            help_text=_("Name or NUTS code. More of them can be told later."),
        )

    @property
    def content(self) -> dict[str, Any]:
        """As fields of a content."""
        data = self.cleaned_data
        regions = [data["region"]] if data["region"] else []
        return {"title": data["title"], "organisation": data["organisation"],
                "regions": regions}  # fmt: skip


def proposed(user: User) -> dict[str, str]:
    """Keys of the person's organisation and region, "" where none is known."""
    body = _organisation(user)
    region = user.region or (body.region if body else None)
    is_linked = body is not None and choices_of("organisation").filter(pk=body.pk)
    return {
        "organisation": body.slug if body and is_linked else "",
        "region": region_key(_current(region)) if region else "",
    }


def _organisation(user: User) -> Organisation | None:
    """The one they may write for, else the one they say they work in."""
    mine = organisations_of(user).select_related("region").first()
    named = user.memberships.exclude(state=Membership.State.DECLINED)
    asked = named.select_related("organisation__region").first()
    return mine or (asked.organisation if asked else None)


def _current(region: Region) -> Region:
    """The region of today with that code, where there is one."""
    return Region.objects.current().filter(code=region.code).first() or region
