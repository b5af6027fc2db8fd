"""Grades, reasons and fields of practices in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.analysis.evidence import Grade, Reason, Why
from practices.models import GoodPractice
from practices.models.practice import GRADES
from practices.related import Bond, Related

GRADE_NAMES = dict(GRADES)
RULES = {
    Grade.COMPARED: gettext_lazy(
        "values before and after with their years, a source, and what the change is "
        "held against"
    ),
    Grade.MEASURED: gettext_lazy(
        "values before and after with their years, and a source"
    ),
    Grade.DOCUMENTED: gettext_lazy(
        "success is told, and a source, document or figure can be opened"
    ),
    Grade.CLAIMED: gettext_lazy("success is told"),
}
WHYS = {
    Why.HAS_COMPARISON: gettext_lazy("the change is held against something"),
    Why.HAS_VALUES: gettext_lazy("values before and after, with their years"),
    Why.HAS_SOURCE: gettext_lazy("a source that can be opened"),
    Why.HAS_DOCUMENT: gettext_lazy("the practice names a source or a document"),
    Why.IS_TOLD: gettext_lazy("success is told"),
    Why.NO_BASELINE: gettext_lazy("no value from before"),
    Why.NO_RESULT: gettext_lazy("no value from after"),
    Why.NO_YEARS: gettext_lazy("the years are not told"),
    Why.YEARS_NOT_APART: gettext_lazy("before and after are the same year"),
    Why.NO_SOURCE: gettext_lazy("no source that can be opened"),
    Why.NO_COMPARISON: gettext_lazy("nothing the change is compared with"),
    Why.NOTHING_TOLD: gettext_lazy("nothing is told of its success"),
    Why.LOWERED: gettext_lazy("lowered by a reviewer"),
}
BONDS = {
    Bond.PROJECT: gettext_lazy("the same project: %(names)s"),
    Bond.ORGANISATION: gettext_lazy("the same organisation: %(names)s"),
    Bond.REGION: gettext_lazy("the same region: %(names)s"),
    Bond.DOMAIN: gettext_lazy("the same domains: %(names)s"),
    Bond.THEME: gettext_lazy("the same topics: %(names)s"),
}
# Fields that are no column, or are called otherwise before readers.
FIELDS = {
    "start": gettext_lazy("Start"),
    "end": gettext_lazy("End"),
    "cost_eur": gettext_lazy("Cost"),
    "evidence": gettext_lazy("Evidence"),
    "attachments": gettext_lazy("Images and documents"),
    "themes": gettext_lazy("Topics"),
    "organisation_name": gettext_lazy("Organisation as given"),
    "project_name": gettext_lazy("Project as given"),
}


def grade_name(grade: Grade | None) -> str:
    """The grade for a badge; of none it says so."""
    return str(GRADE_NAMES[grade.value]) if grade else _("no evidence told")


def supports(reasons: Iterable[Reason]) -> list[str]:
    """What a grade rests on."""
    return [str(WHYS[reason.why]) for reason in reasons if not reason.is_lack]


def lacks(reasons: Iterable[Reason]) -> list[str]:
    """What the next grade would ask for, each once."""
    words = [str(WHYS[reason.why]) for reason in reasons if reason.is_lack]
    return list(dict.fromkeys(words))


def bonds(item: Related) -> list[str]:
    """Why a practice is shown as related, the most telling first."""
    return [
        str(BONDS[bond]) % {"names": ", ".join(names)}
        for bond, names in item.bonds.items()
    ]


def field_name(name: str) -> str:
    """A field of a content as readers know it."""
    if name in FIELDS:
        return str(FIELDS[name])
    found: Any = GoodPractice._meta.get_field(name)
    return str(capfirst(found.verbose_name))
