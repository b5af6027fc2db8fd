"""The languages a practice may be written in."""

from django.utils.translation import gettext_lazy as _

# ISO 639-1; the official languages of the Union, then those of its neighbours.
LANGUAGES = [
    ("bg", _("Bulgarian")), ("cs", _("Czech")), ("da", _("Danish")),
    ("de", _("German")), ("el", _("Greek")), ("en", _("English")),
    ("es", _("Spanish")), ("et", _("Estonian")), ("fi", _("Finnish")),
    ("fr", _("French")), ("ga", _("Irish")), ("hr", _("Croatian")),
    ("hu", _("Hungarian")), ("it", _("Italian")), ("lt", _("Lithuanian")),
    ("lv", _("Latvian")), ("mt", _("Maltese")), ("nl", _("Dutch")),
    ("pl", _("Polish")), ("pt", _("Portuguese")), ("ro", _("Romanian")),
    ("sk", _("Slovak")), ("sl", _("Slovenian")), ("sv", _("Swedish")),
    ("ca", _("Catalan")), ("eu", _("Basque")), ("gl", _("Galician")),
    ("is", _("Icelandic")), ("no", _("Norwegian")), ("mk", _("Macedonian")),
    ("sq", _("Albanian")), ("sr", _("Serbian")), ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
]  # fmt: skip
