"""Query strings of the pages and figures of programmes."""

from dataclasses import replace

from dashboards.forms import PageQuery
from programmes.listing import PROGRAMMES, RegionField


class ProgrammesPageQuery(PageQuery):
    region = RegionField()


PROGRAMME_PAGES = replace(PROGRAMMES, form=ProgrammesPageQuery)
BUDGETS_QUERY = PROGRAMMES.form_class()
