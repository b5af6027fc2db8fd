"""Query strings of pages and figures: one form each, the same names everywhere."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.forms import ReadingQuery
from indicators.models import Indicator
from regions.api.views import default_version
from search.forms import WordsQuery

MAX_REGIONS = 6
# Versions that have schematic layouts, newest first.
VERSIONS = [("2024", "NUTS 2024"), ("2021", "NUTS 2021")]
LAYOUTS = [
    ("dorling", gettext_lazy("Circles by population")),
    ("tile", gettext_lazy("Tiles")),
    ("boundaries", gettext_lazy("Boundaries")),
]
CLASSES = [
    ("quantile", gettext_lazy("Equal number of regions")),
    ("equal", gettext_lazy("Equal steps")),
]
VIEWS = [
    ("trend", gettext_lazy("Trend")),
    ("bar", gettext_lazy("Bars")),
    ("table", gettext_lazy("Table")),
]
CODE = re.compile(r"^[A-Z]{2}[0-9A-Z]{0,3}$")


def indicator_choices() -> list[tuple[str, str]]:
    return list(Indicator.objects.values_list("slug", "name"))


class CodesField(forms.Field):
    """Region codes, given repeatedly; at most ``MAX_REGIONS``, each once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        codes = [str(item).strip().upper() for item in value or [] if str(item).strip()]
        return list(dict.fromkeys(codes))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MAX_REGIONS:
            raise ValidationError(
                _("At most %(limit)d regions can be compared.") % {"limit": MAX_REGIONS}
            )
        for code in value:
            check_code(code)


class CodeField(forms.CharField):
    """One region code, or nothing."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").strip().upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            check_code(value)


def check_code(code: str) -> None:
    if not CODE.fullmatch(code):
        raise ValidationError(_("%(code)s is no region code.") % {"code": code})


class YearField(forms.RegexField):
    """A period as four digits; empty for the newest well-covered one."""

    def __init__(self) -> None:
        super().__init__(
            regex=r"^\d{4}$",
            required=False,
            error_messages={"invalid": gettext_lazy("A year has four digits.")},
        )


class FigureQuery(ReadingQuery):
    """Figures know the versions that have schematic layouts."""

    version = forms.ChoiceField(choices=VERSIONS, initial=default_version)


class PageQuery(ReadingQuery):
    """A page in the classification in force; it knows no other version."""

    version = None  # type: ignore[assignment]  # a form's way to drop a parent's field


class IndicatorQuery(FigureQuery):
    """One indicator in one year, with a region of the reader's own."""

    indicator = forms.ChoiceField(choices=indicator_choices, initial="gerd-pc-gdp")
    year = YearField()
    region = CodeField(required=False)


class MapQuery(IndicatorQuery):
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)
    classes = forms.ChoiceField(choices=CLASSES, initial="quantile")


class RevisionsQuery(FigureQuery):
    indicator = forms.ChoiceField(choices=indicator_choices, initial="gerd-pc-gdp")


class TrendQuery(FigureQuery):
    indicator = forms.ChoiceField(choices=indicator_choices, initial="gerd-pc-gdp")
    region = CodesField()


class ComparisonQuery(TrendQuery):
    year = YearField()


class SpecialisationQuery(FigureQuery):
    region = CodeField()
    year = YearField()


class RegionsPageQuery(MapQuery):
    """The page of all regions: map, sorting, and one country of the funnel."""

    country = forms.RegexField(regex=r"^[A-Z]{2}$", required=False)
    sort = forms.ChoiceField(
        choices=[("value", "value"), ("name", "name"), ("code", "code")],
        initial="value",
    )
    order = forms.ChoiceField(
        choices=[("asc", "asc"), ("desc", "desc")], required=False
    )


class RegionPageQuery(PageQuery):
    """One region; ``was`` is the old code a reader came with."""

    was = CodeField(required=False)


class IndicatorPageQuery(MapQuery):
    """The page of one indicator; the slug in the path names it."""

    show = forms.ChoiceField(choices=[("all", "all")], required=False)


class ComparePageQuery(FigureQuery):
    indicator = forms.MultipleChoiceField(choices=indicator_choices, required=False)
    region = CodesField(required=False)
    year = YearField()
    view = forms.ChoiceField(
        choices=VIEWS,
        initial="trend",
    )


class SearchQuery(PageQuery, WordsQuery):
    """The page of results: the parameters of the API's search, and a reading."""


class SourcesQuery(PageQuery):
    """The page of sources: the order of its datasets."""

    sort = forms.ChoiceField(
        choices=[
            (name, name)
            for name in (
                "name", "publisher", "release", "fetched", "checked", "next", "state",
            )
        ],
        initial="name",
    )  # fmt: skip
    order = forms.ChoiceField(choices=[("asc", "asc"), ("desc", "desc")], initial="asc")
