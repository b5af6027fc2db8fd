"""Seats in projects: how they are searched."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from projects.listing import ProjectsQuery
from projects.models import Partner, Project
from projects.models.partners import PartnerQuerySet
from projects.queries import public_partners
from projects.territory_facet import TerritoryFacet
from regions.countries import country_name
from regions.models import Region
from regions.text import fold
from sources.facets import ColumnFacet, Listing, Sort


def listed_partners() -> PartnerQuerySet:
    """Public partners with project, organisation and region: one statement."""
    found: PartnerQuerySet = public_partners().select_related("project")  # type: ignore[assignment]  # the manager's own
    return found.defer("project__search_text")


def matching(words: str) -> Q:
    """All words, each in the name as the project has it, or in the town."""
    wanted = Q()
    for word in fold(words).split():
        wanted &= Q(search_text__contains=word)
    return wanted


def _rows() -> PartnerQuerySet:
    return Partner.objects.public()


PARTNERS = Listing(
    facets=(
        ColumnFacet(
            name="country",
            label=_("Country"),
            field="country",
            wording=country_name,
            missing=Q(country=""),
        ),
        TerritoryFacet(
            name="region",
            label=_("Region"),
            rows=_rows,
            link="pk",
            version=settings.NUTS_VERSION,
        ),
        ColumnFacet(
            name="project",
            label=_("Project"),
            field="project__slug",
            label_field="project__acronym",
        ),
    ),
    sorts={
        "project": Sort(_("By project"), ("project__acronym", "-is_lead", "position")),
        "name": Sort(_("By name"), ("name", "project__acronym")),
    },
    text=matching,
    form=ProjectsQuery,
    watched=(Partner, Project, Programme, Region),
)
