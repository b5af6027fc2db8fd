"""Query strings of the pages and figures of projects."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboards.forms import LAYOUTS, PageQuery
from projects.listing import PROJECTS, ProjectsQuery
from sources.queryforms import QueryForm

LIST, MAP = "list", "map"
VIEWS = [(LIST, _("List")), (MAP, _("Map"))]


class ProjectsPageQuery(PageQuery):
    view = forms.ChoiceField(choices=VIEWS, initial=LIST)
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


class LayoutQuery(ProjectsQuery):
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


class PartnersQuery(QueryForm):
    """The map of one project."""

    project = forms.SlugField(max_length=90)
    layout = forms.ChoiceField(choices=LAYOUTS, required=False)


PROJECT_PAGES = replace(PROJECTS, form=ProjectsPageQuery)
PROJECT_MAP_QUERY = replace(PROJECTS, form=LayoutQuery).form_class()
