"""Query strings of the pages and figures of strategies and priorities."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboards.forms import LAYOUTS, PageQuery
from regions.countries import country_name
from strategies.listing import PERIODS, PRIORITIES, STRATEGIES, StrategiesQuery
from strategies.matrix import countries_with_priorities
from strategies.models import Domain

LIST, MAP = "list", "map"
VIEWS = [(LIST, _("List")), (MAP, _("Map"))]
KINDS = [
    (Domain.Kind.ECONOMIC.value, _("Economic domains")),
    (Domain.Kind.POLICY.value, _("Policy objectives")),
    (Domain.Kind.SCIENTIFIC.value, _("Scientific domains")),
]


class PrioritiesPageQuery(PageQuery):
    view = forms.ChoiceField(choices=VIEWS, initial=LIST)
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


class LayoutQuery(StrategiesQuery):
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


def _countries() -> list[tuple[str, str]]:
    """Every country that has a public priority, by name; first all of them."""
    named = [(code, country_name(code)) for code in countries_with_priorities()]
    return [("", str(_("All countries"))), *sorted(named, key=lambda item: item[1])]


class MatrixQuery(PageQuery):
    country = forms.ChoiceField(choices=_countries, required=False)
    kind = forms.ChoiceField(choices=KINDS, initial=Domain.Kind.ECONOMIC.value)
    period = forms.ChoiceField(
        choices=[("", _("All periods"))]
        + [(f"{first}-{last}", label) for first, last, label in PERIODS],
        required=False,
    )


PRIORITY_PAGES = replace(PRIORITIES, form=PrioritiesPageQuery)
PRIORITY_MAP_QUERY = replace(PRIORITIES, form=LayoutQuery).form_class()
STRATEGY_PAGES = replace(STRATEGIES, form=PageQuery)
