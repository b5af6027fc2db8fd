"""Organisations with their projects: how they are searched, shown and taken away."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from projects.listing import ProjectsQuery
from projects.models import Partner
from projects.territory_facet import TerritoryFacet
from regions.countries import country_name
from regions.models import Region
from regions.text import fold
from sources.facets import ColumnFacet, Listing, Sort
from sources.tables import Column, Table


def public_organisations() -> QuerySet[Organisation]:
    """Those that readers may see and that were not merged into another."""
    return Organisation.objects.public().filter(merged_into__isnull=True)


def successor_of(slug: str) -> Organisation | None:
    """The organisation into which the one of this address was merged, if it was."""
    rows = Organisation.objects.select_related("merged_into")
    found = rows.filter(slug=slug).first()
    passed: set[int] = set()
    while found and found.merged_into_id and found.pk not in passed:
        passed.add(found.pk)
        found = rows.filter(pk=found.merged_into_id).first()
    return found if passed and found and found.is_public else None


def listed_organisations() -> QuerySet[Organisation]:
    """With ``projects_held``: in how many public projects each takes part."""
    # Not a join: only the organisations of one page are counted for.
    seats = (
        Partner.objects.public()
        .filter(organisation=OuterRef("pk"))
        .order_by()
        .values("organisation")
        .annotate(number=Count("project", distinct=True))
    )
    held = Coalesce(Subquery(seats.values("number")), 0)
    return public_organisations().select_related("region").annotate(projects_held=held)


def whole_organisations() -> QuerySet[Organisation]:
    """With ``seats``: their public partnerships, and their references."""
    seats = (
        Partner.objects.public()
        .select_related("project__programme", "region")
        .order_by("-project__start", "project__acronym")
    )
    return (
        public_organisations()
        .select_related("region")
        .prefetch_related(Prefetch("partners", seats, to_attr="seats"), "references")
    )


def matching(words: str) -> Q:
    """All words, each in the name, however it is written, the acronym or the town."""
    wanted = Q()
    for word in fold(words).split():
        wanted &= (
            Q(normalised_name__contains=word)
            | Q(acronym__icontains=word)
            | Q(name_local__icontains=word)
            | Q(town__icontains=word)
        )
    return wanted


def _kind(value: str) -> str:
    return str(dict(Organisation.Kind.choices).get(value, value))


def _rows() -> QuerySet[Organisation]:
    return Organisation.objects.all()


ORGANISATIONS = Listing(
    facets=(
        ColumnFacet(
            name="country",
            label=_("Country"),
            field="country",
            wording=country_name,
            missing=Q(country=""),
        ),
        ColumnFacet(
            name="kind",
            label=_("Kind"),
            field="kind",
            wording=_kind,
            missing=Q(kind=""),
        ),
        TerritoryFacet(
            name="region",
            label=_("Region"),
            rows=_rows,
            link="pk",
            version=settings.NUTS_VERSION,
        ),
    ),
    sorts={
        "name": Sort(_("Name"), ("name",)),
        "projects": Sort(_("Most projects first"), ("-projects_held", "name")),
        "country": Sort(_("Country"), ("country", "name")),
    },
    text=matching,
    form=ProjectsQuery,
    watched=(Organisation, Region),
)


def organisation_table(found: Iterable[Any], *, address: str) -> Table:
    """One row an organisation, as the list has them."""
    return Table(
        title=gettext("Organisations"),
        columns=[
            Column("slug", gettext("Address")),
            Column("name", gettext("Name")),
            Column("acronym", gettext("Acronym")),
            Column("kind", gettext("Kind")),
            Column("country", gettext("Country")),
            Column("town", gettext("Town")),
            Column("region", gettext("Region")),
            Column("region_name", gettext("Name of the region")),
            Column("website", gettext("Website")),
            Column("projects", gettext("Projects"), kind="integer"),
        ],
        rows=[organisation_row(item) for item in found],
        metadata=[
            (
                gettext("What is missing"),
                gettext("An empty cell is not known; it does not mean none."),
            ),
            (gettext("Address of this view"), address),
        ],
        filename_parts=["organisations"],
    )


def organisation_row(item: Any) -> Mapping[str, Any]:
    """``item`` comes from ``listed_organisations``."""
    return {
        "slug": item.slug,
        "name": item.name,
        "acronym": item.acronym,
        "kind": item.kind,
        "country": item.country,
        "town": item.town,
        "region": item.region.code if item.region else "",
        "region_name": item.region.name if item.region else "",
        "website": item.website,
        "projects": item.projects_held,
    }
