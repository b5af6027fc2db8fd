"""Query strings of the pages and figures of the partnership network."""

from django import forms

from dashboards.forms import LAYOUTS, CodeField, PageQuery
from projects.network import NetworkQuery, SharedQuery


class NetworkPageQuery(NetworkQuery, PageQuery):
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


class NetworkFigureQuery(NetworkQuery):
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


class RegionNetworkPageQuery(SharedQuery, PageQuery):
    """The network as one region sees it."""

    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


class RegionNetworkFigureQuery(SharedQuery):
    region = CodeField()
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)
