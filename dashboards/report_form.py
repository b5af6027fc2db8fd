"""The form by which a reader reports an error, and what it can be about."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from dashboards.catalogue_words import address_of
from dashboards.forms import PageQuery
from indicators.models import Indicator
from practices.models import GoodPractice
from programmes.models import Programme, SupportActivity
from projects.models import Project
from regions.models import Region
from sources.visitors import HoneypotMixin, within_limit
from strategies.models import GlossaryTerm, Strategy

ABOUT = re.compile(r"^[a-z]+:[\w.+-]{1,90}$")
MOST_AN_HOUR = 5
HOUR = 3600
SHORTEST, LONGEST = 10, 4000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: a record that readers may see, or the whole portal."""

    record: Model | None
    label: str
    address: str


class ReportQuery(PageQuery):
    about = forms.RegexField(regex=ABOUT, required=False)


class ReportForm(HoneypotMixin):
    field = forms.CharField(
        label=gettext_lazy("What is wrong"),
        help_text=gettext_lazy("Such as: budget, lead partner, link."),
        max_length=120,
        required=False,
    )
    message = forms.CharField(
        label=gettext_lazy("What should it say, and where can that be read?"),
        widget=forms.Textarea(attrs={"rows": 7}),
        min_length=SHORTEST,
        max_length=LONGEST,
    )
    contact = forms.EmailField(
        label=gettext_lazy("Your e-mail address, for questions (optional)"),
        help_text=gettext_lazy("Only curators see it; it is never published."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("field", "message", "contact"):
            self.fields[name].widget.attrs["class"] = "input"


def subject_of(about: str) -> Subject:
    """The record that ``about`` names, such as ``project:tres``; 404 for none.

    Drafts are none: a report must not tell that they exist.
    """
    if not about:
        return Subject(None, _("The portal as a whole"), "")
    kind, key = about.split(":", 1)
    found = _kinds().get(kind)
    record = found[0].filter(**{found[1]: key}).first() if found else None
    if record is None:
        raise Http404(_("There is nothing called %(about)s here.") % {"about": about})
    return Subject(record, str(record)[:250], address_of(record))


def may_report(request: HttpRequest) -> bool:
    """Whether the reader's address has sent less than its share within the hour."""
    return within_limit(request, "reports", most=MOST_AN_HOUR, seconds=HOUR)


def _kinds() -> dict[str, tuple[QuerySet[Any], str]]:
    """Kind -> the records that readers may see, and the field that names one."""
    return {
        "project": (Project.objects.public(), "slug"),
        "organisation": (Organisation.objects.public(), "slug"),
        "practice": (GoodPractice.objects.public(), "slug"),
        "programme": (Programme.objects.public(), "slug"),
        "support": (SupportActivity.objects.public(), "slug"),
        "strategy": (Strategy.objects.public(), "slug"),
        "term": (GlossaryTerm.objects.public(), "slug"),
        "region": (Region.objects.current(), "code"),
        "indicator": (Indicator.objects.all(), "slug"),
    }
