"""Pages of projects: all of them, and one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.addresses import page_params
from dashboards.exhibits.projects import projects_exhibit
from dashboards.forms import PageQuery
from dashboards.listing_page import ListPage, list_answer, table_answer
from dashboards.project_forms import MAP, PROJECT_PAGES, VIEWS
from dashboards.project_page import project_document, project_page
from dashboards.views.answers import view_address
from projects.queries import listed_projects, whole_projects
from projects.tables import project_table
from sources.facets import Found, encode
from sources.queryforms import validate


def index(request: HttpRequest) -> HttpResponse:
    """Projects narrowed by facets and words, as a list or on a map."""
    page = ListPage(
        listing=PROJECT_PAGES,
        template="projects/project_index.html",
        table=lambda found, address: project_table(found, address=address),
        more=_views,
    )
    return list_answer(request, page, listed_projects())


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is known of one project, and what is not."""
    validate(PageQuery, page_params(request))
    project = whole_projects().filter(slug=slug).first()
    if project is None:
        raise Http404(_("There is no project %(slug)s.") % {"slug": slug})
    if file_format := request.GET.get("format"):
        table = project_document(project, address=view_address(request))
        return table_answer(table, file_format)
    context = project_page(project, request)
    return render(request, "projects/project_detail.html", context)


def _views(found: Found) -> dict[str, Any]:
    """The two ways to look at what was found, and the map where it is chosen."""
    asked = dict(found.query)
    is_map = asked.pop("view", "") == MAP
    return {
        "views": [
            (label, encode({**asked, "view": name if name == MAP else ""}), is_current)
            for (name, label), is_current in zip(
                VIEWS, (not is_map, is_map), strict=True
            )
        ],
        "exhibit": projects_exhibit(found.query) if is_map else None,
    }
