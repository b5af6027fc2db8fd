"""Query strings of the pages and figures of practices."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboards.forms import LAYOUTS, CodeField, PageQuery
from practices.analysis.transfer import WEIGHTS, Part
from practices.listing import PRACTICES, PracticesQuery

CARDS, TABLE, MAP = "cards", "table", "map"
VIEWS = [(CARDS, _("Cards")), (TABLE, _("Table")), (MAP, _("Map"))]
MOST_WEIGHT = 10


class PracticesPageQuery(PageQuery):
    view = forms.ChoiceField(choices=VIEWS, initial=CARDS)
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


class LayoutQuery(PracticesQuery):
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


def _weight(part: Part) -> forms.FloatField:
    return forms.FloatField(
        required=False, initial=WEIGHTS[part], min_value=0, max_value=MOST_WEIGHT
    )


class TransferQuery(PageQuery):
    """A region, and how much each part of the ranking counts."""

    region = CodeField(required=False)
    w_structure = _weight(Part.STRUCTURE)
    w_domains = _weight(Part.DOMAINS)
    w_resources = _weight(Part.RESOURCES)
    w_evidence = _weight(Part.EVIDENCE)


PRACTICE_PAGES = replace(PRACTICES, form=PracticesPageQuery)
PRACTICE_MAP_QUERY = replace(PRACTICES, form=LayoutQuery).form_class()
