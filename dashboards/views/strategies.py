"""Pages of strategies and of the domains their priorities are about."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dashboards.addresses import page_params
from dashboards.forms import PageQuery
from dashboards.listing_page import ListPage, list_answer
from dashboards.strategy_forms import KINDS, STRATEGY_PAGES
from dashboards.strategy_page import domain_page, strategy_page
from sources.queryforms import validate
from strategies.models import Domain
from strategies.queries import (
    domain_tree,
    listed_strategies,
    taxonomy_note,
    whole_strategies,
)
from strategies.tables import strategy_table


def index(request: HttpRequest) -> HttpResponse:
    """Strategies narrowed by country, region, period and words."""
    page = ListPage(
        listing=STRATEGY_PAGES,
        template="strategies/strategy_index.html",
        table=lambda found, address: strategy_table(found, address=address),
    )
    return list_answer(request, page, listed_strategies())


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One strategy with its priorities, and what is not known of it."""
    validate(PageQuery, page_params(request))
    strategy = whole_strategies().filter(slug=slug).first()
    if strategy is None:
        raise Http404(_("There is no strategy %(slug)s.") % {"slug": slug})
    context = strategy_page(strategy)
    return render(request, "strategies/strategy_detail.html", context)


def domains(request: HttpRequest) -> HttpResponse:
    """The three code lists."""
    validate(PageQuery, page_params(request))
    context = {
        "trees": [(kind, label, domain_tree(kind)) for kind, label in KINDS],
        "taxonomy": taxonomy_note(),
    }
    return render(request, "strategies/domain_index.html", context)


def domain_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The short address of a domain whose code no other kind has."""
    found = list(Domain.objects.filter(code=code)[:2])
    if len(found) != 1:
        raise Http404(_("There is no one domain %(code)s.") % {"code": code})
    return redirect(found[0])


def domain(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One domain: what is part of it, and all that is tagged with it."""
    validate(PageQuery, page_params(request))
    found = (
        Domain.objects.filter(kind=kind, code=code)
        .select_related("parent")
        .prefetch_related("children")
        .first()
    )
    if found is None:
        raise Http404(_("There is no domain %(code)s.") % {"code": f"{kind} {code}"})
    return render(request, "strategies/domain_detail.html", domain_page(found))
