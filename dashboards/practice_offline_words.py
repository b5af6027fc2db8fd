"""What the offline form says otherwise than the page: nothing can be chosen in it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practices.analysis.completeness import BY_NAME

OFFLINE_HINTS: dict[str, Promise] = {
    "language": gettext_lazy("The language you write in: English, or its code en."),
    "regions": gettext_lazy(
        "NUTS codes such as ES21, or names of regions, one a line."
    ),
    "themes": gettext_lazy("Topics of the list at the end, one a line."),
    "domains": gettext_lazy(
        "Domains of the list at the end, by name or by what stands in brackets, one a "
        "line."
    ),
    "organisation": gettext_lazy("Who keeps the practice, by its full name."),
    "project": gettext_lazy("Optional: the project it comes from, by its acronym."),
    "programme": gettext_lazy("Optional: what paid for it, by its acronym or name."),
    "is_failure": gettext_lazy("yes or no. Practices that failed are welcome."),
    "evidence.indicator_slug": gettext_lazy(
        "Optional: the last part of the address of an indicator of the portal."
    ),
    "evidence.figure": gettext_lazy(
        "Optional: the address of a figure, which begins with /api/v1/figures/."
    ),
    "evidence.baseline_value": gettext_lazy("A number."),
    "evidence.result_value": gettext_lazy("A number."),
    "evidence.source_title": gettext_lazy("The title of the report or data set."),
    "evidence.source_url": gettext_lazy("It begins with https://."),
}


def limit_text(name: str) -> str:
    """How long it may be and whether it has to be told, in a sentence."""
    field = BY_NAME.get(name)
    if field is None:
        return _("Optional.")
    said = [_("Required.") if field.required else _("Optional.")]
    least, most = field.min_words, field.max_words
    if least > 1 and most:
        said.append(_("%(least)d to %(most)d words.") % {"least": least, "most": most})
    elif most:
        text = ngettext("At most %(most)d word.", "At most %(most)d words.", most)
        said.append(text % {"most": most})
    return " ".join(said)
