"""How projects are searched: the facets, words and orders of pages and API alike."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Case, ExpressionWrapper, F, IntegerField, Q, Value, When
from django.db.models.expressions import Expression
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from programmes.models import (
    Call,
    InterventionType,
    Programme,
    ProgrammePriority,
    ProgrammeTheme,
)
from projects.models import Partner, Project
from projects.models.partners import PartnerQuerySet
from projects.territory_facet import TerritoryFacet
from regions.countries import country_name
from regions.models import Region
from regions.text import fold
from sources.asof import AsOfField
from sources.curation import Publication
from sources.facets import (
    NOT_RECORDED,
    Bucket,
    BucketFacet,
    ColumnFacet,
    HeldTexts,
    Listing,
    RelatedFacet,
    Sort,
)
from sources.queryforms import QueryForm
from strategies.models import Domain, Theme

# What a complete entry has, for the order "most complete first".
TEXTS = ("name", "summary", "website")
VALUES = ("start", "end", "total_budget", "erdf_budget", "call", "ivc_theme")
LISTS = ("objectives", "results")
YEAR_DIGITS = 4


class ProjectsQuery(QueryForm):
    """Projects are not versioned by day: a moment of the past has no effect."""

    asOf = AsOfField()  # noqa: N815  # the parameter's name in addresses


def texts() -> Iterator[tuple[int, str]]:
    """What a search looks into: the texts of projects and of their public partners."""
    projects = Project.objects.public().order_by()
    yield from projects.values_list("pk", "search_text").iterator()
    seats = Partner.objects.public().order_by()
    yield from seats.values_list("project_id", "search_text").iterator()
    # A name once, not with each of its seats.
    bodies = Organisation.objects.public().order_by()
    names = dict(bodies.values_list("pk", "normalised_name"))
    named = seats.filter(organisation__isnull=False)
    for project, body in named.values_list("project_id", "organisation_id").iterator():
        if body in names:
            yield project, names[body]


def completeness() -> Expression:
    """How many of the fields that a reader looks for are filled, as SQL."""
    filled = [~Q(**{name: ""}) for name in TEXTS]
    filled += [Q(**{f"{name}__isnull": False}) for name in VALUES]
    filled += [~Q(**{name: []}) for name in LISTS]
    filled += [Q(is_verified=True), Q(has_all_partners=True)]
    total: Any = Value(0)
    for condition in filled:
        total = total + Case(
            When(condition, then=1), default=0, output_field=IntegerField()
        )
    return ExpressionWrapper(total, output_field=IntegerField())


def _public(parent: str) -> Q:
    return Q(**{f"{parent}__state": Publication.PUBLISHED})


def _call(code: str) -> str:
    return gettext("Call %(code)s") % {"code": code}


def _year(text: str) -> int:
    """ValueError for what is no year: a column holds no larger number."""
    if len(text) != YEAR_DIGITS:
        raise ValueError(text)
    return int(text)


def _partners() -> PartnerQuerySet:
    return Partner.objects.public()


def _seats() -> PartnerQuerySet:
    """Partners whose country is known."""
    return _partners().exclude(country="")


def _lead_seats() -> PartnerQuerySet:
    return _seats().leads()


BUDGETS = (
    Bucket("small", _("under €1.5 million"), Q(total_budget__lt=1_500_000)),
    Bucket(
        "middle",
        _("€1.5 to 2.5 million"),
        Q(total_budget__gte=1_500_000, total_budget__lt=2_500_000),
    ),
    Bucket("large", _("€2.5 million or more"), Q(total_budget__gte=2_500_000)),
    Bucket(NOT_RECORDED, _("Not known"), Q(total_budget__isnull=True)),
)

FACETS = (
    ColumnFacet(
        name="programme",
        label=_("Programme"),
        field="programme__slug",
        label_field="programme__acronym",
        seen=_public("programme"),
    ),
    ColumnFacet(
        name="period",
        label=_("Period"),
        field="programme__period",
        wording=lambda value: value.replace("-", "\u2013"),
        seen=_public("programme"),
        by_value=True,
        is_open=False,
    ),
    ColumnFacet(
        name="call",
        label=_("Call"),
        field="call__code",
        wording=_call,
        seen=_public("call"),
        is_open=False,
    ),
    ColumnFacet(
        name="priority",
        label=_("Programme priority"),
        field="ivc_priority__name",
        seen=_public("ivc_priority"),
        is_open=False,
    ),
    ColumnFacet(
        name="programme_theme",
        label=_("Programme theme"),
        field="ivc_theme__name",
        seen=_public("ivc_theme"),
    ),
    RelatedFacet(
        name="theme",
        label=_("Topic"),
        rows=Project.themes.through.objects.all,
        link="project",
        field="theme__slug",
        label_field="theme__name",
    ),
    RelatedFacet(
        name="lead",
        label=_("Lead country"),
        rows=_lead_seats,
        link="project",
        field="country",
        wording=country_name,
        is_open=False,
    ),
    RelatedFacet(
        name="country",
        label=_("Country of any partner"),
        rows=_seats,
        link="project",
        field="country",
        wording=country_name,
    ),
    TerritoryFacet(
        name="region",
        label=_("Region"),
        rows=_partners,
        link="project",
        version=settings.NUTS_VERSION,
        is_open=False,
    ),
    ColumnFacet(
        name="year",
        label=_("Start year"),
        field="start__year",
        parse=_year,
        by_value=True,
    ),
    ColumnFacet(
        name="type",
        label=_("Type of intervention"),
        field="intervention_type__name",
        seen=_public("intervention_type"),
        is_open=False,
    ),
    RelatedFacet(
        name="domain",
        label=_("Domain"),
        rows=Project.domains.through.objects.all,
        link="project",
        field="domain__code",
        label_field="domain__name",
        is_open=False,
    ),
    BucketFacet(name="budget", label=_("Budget"), buckets=BUDGETS, is_open=False),
)

PROJECTS = Listing(
    facets=FACETS,
    sorts={
        "completeness": Sort(
            _("Most complete first"), (completeness().desc(), "acronym")
        ),
        "acronym": Sort(_("Acronym"), ("acronym",)),
        "start": Sort(
            _("Latest start first"), (F("start").desc(nulls_last=True), "acronym")
        ),
        "budget": Sort(
            _("Largest budget first"),
            (F("total_budget").desc(nulls_last=True), "acronym"),
        ),
    },
    text=HeldTexts(words=lambda typed: fold(typed).split(), rows=texts),
    form=ProjectsQuery,
    watched=(
        Project,
        Partner,
        Organisation,
        Project.themes.through,
        Project.domains.through,
        Programme,
        Call,
        ProgrammePriority,
        ProgrammeTheme,
        InterventionType,
        Theme,
        Domain,
        Region,
    ),
)
