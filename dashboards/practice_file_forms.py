"""What authors say of a file of their practice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import Attachment
from practices.services.files import LONGEST
from practices.uploads.files import Format

ACCEPTED = ",".join(kind.suffix for kind in Format) + ",.jpeg"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class UploadForm(forms.Form):
    """Whether the file may be kept is asked of the service, by its content."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    alt = forms.CharField(
        label=_("What the image shows, or what the document is called"),
        help_text=_(
            "Of an image, what somebody who cannot see it has to know. Of a document, "
            "its title."
        ),
        widget=_area(2),
        max_length=LONGEST,
        error_messages={
            "required": _("Say what the image shows, or what the document is called.")
        },
    )
    caption = forms.CharField(
        label=_("Caption (optional)"),
        help_text=_("Stands below the file, such as who made the image."),
        widget=_area(2),
        max_length=LONGEST,
        required=False,
    )


class WordsForm(forms.Form):
    """The words of one file; its prefix tells which."""

    alt = forms.CharField(widget=_area(2), max_length=LONGEST)
    caption = forms.CharField(
        label=_("Caption (optional)"),
        widget=_area(2),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, data: Any, attachment: Attachment) -> None:
        super().__init__(
            data,
            prefix=f"file-{attachment.pk}",
            initial={"alt": attachment.alt, "caption": attachment.caption},
        )
        is_image = attachment.kind == Attachment.Kind.IMAGE
        field = self.fields["alt"]
        field.label = _("What the image shows") if is_image else _("Title")
        field.error_messages["required"] = (
            _("Say what the image shows, for people who cannot see it.")
            if is_image
            else _("Say what the document is called.")
        )
