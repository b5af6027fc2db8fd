"""Query strings of the pages and figures of organisations."""

from dataclasses import replace

from django import forms

from dashboards.forms import LAYOUTS, PageQuery
from dashboards.project_forms import LIST, VIEWS, LayoutQuery
from projects.organisations import ORGANISATIONS


class OrganisationsPageQuery(PageQuery):
    view = forms.ChoiceField(choices=VIEWS, initial=LIST)
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


ORGANISATION_PAGES = replace(ORGANISATIONS, form=OrganisationsPageQuery)
ORGANISATION_MAP_QUERY = replace(ORGANISATIONS, form=LayoutQuery).form_class()
