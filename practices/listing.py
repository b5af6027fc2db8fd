"""How practices are searched: the facets, words and orders of pages and API alike."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from practices.analysis.evidence import Grade
from practices.facets import PlaceFacet, ProgrammeFacet, region_rows
from practices.models import GoodPractice, PublishedVersion
from practices.models.practice import GRADES
from programmes.models import Programme
from projects.models import Project
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
    Listing,
    RelatedFacet,
    Sort,
)
from sources.queryforms import QueryForm
from strategies.domain_facet import DomainFacet
from strategies.listing import PERIODS
from strategies.models import Domain, Theme

TAGS = GoodPractice.domains.through._default_manager
PUBLISHED = Publication.PUBLISHED


class PracticesQuery(QueryForm):
    """The list is that of today: a moment of the past has no effect."""

    asOf = AsOfField()  # noqa: N815  # the parameter's name in addresses


def matching(words: str) -> Q:
    """All words, each in the practice's texts, its organisation or a domain's name."""
    wanted = Q()
    names = dict(Domain.objects.values_list("pk", "name"))
    for word in fold(words).split():
        domains = [pk for pk, name in names.items() if word in fold(name)]
        wanted &= (
            Q(search_text__contains=word)
            | Q(
                organisation__state=PUBLISHED,
                organisation__normalised_name__contains=word,
            )
            | Q(pk__in=TAGS.filter(domain__in=domains).values("goodpractice"))
        )
    return wanted


def first_published() -> Coalesce:
    """When readers first saw it; without a version yet, when it came in."""
    versions = PublishedVersion.objects.filter(practice=OuterRef("pk"))
    first = versions.order_by("number").values("published_at")[:1]
    return Coalesce(Subquery(first), F("created_at"))


def _strength() -> Case:
    """Evidence as a number: 0 where nothing is told."""
    grades = [Grade.CLAIMED, Grade.DOCUMENTED, Grade.MEASURED, Grade.COMPARED]
    return Case(
        *(
            When(evidence_grade=grade.value, then=Value(place))
            for place, grade in enumerate(grades, start=1)
        ),
        default=0,
        output_field=IntegerField(),
    )


def _domains(kind: str, label: Any, *, is_open: bool = False) -> DomainFacet:
    return DomainFacet(
        name=kind,
        label=label,
        rows=lambda: TAGS.filter(domain__kind=kind),
        link="goodpractice",
        is_open=is_open,
    )


def _touches(first: int, last: int) -> Q:
    """Years of a practice that lie in a period; of an end not known, the start does."""
    start, end = date(first, 1, 1), date(last, 12, 31)
    return (
        Q(start__lte=end, end__gte=start)
        | Q(start__range=(start, end), end__isnull=True)
        | Q(end__range=(start, end), start__isnull=True)
    )


GRADE_PARTS = (
    *(Bucket(value, label, Q(evidence_grade=value)) for value, label in GRADES),
    Bucket(NOT_RECORDED, _("No evidence told"), Q(evidence_grade="")),
)
FAILURES = (
    Bucket("failure", _("Told as a failure"), Q(is_failure=True)),
    Bucket("told", _("Says what did not work"), ~Q(not_worked="")),
)
YEARS = (
    *(
        Bucket(f"{first}-{last}", label, _touches(first, last))
        for first, last, label in PERIODS
    ),
    Bucket(NOT_RECORDED, _("Not recorded"), Q(start__isnull=True, end__isnull=True)),
)

FACETS = (
    RelatedFacet(
        name="theme",
        label=_("Topic"),
        rows=GoodPractice.themes.through.objects.all,
        link="goodpractice",
        field="theme__slug",
        label_field="theme__name",
    ),
    BucketFacet(name="evidence", label=_("Evidence"), buckets=GRADE_PARTS),
    ColumnFacet(
        name="country", label=_("Country"), field="country", missing=Q(country=""),
        wording=country_name,
    ),
    PlaceFacet(
        name="region",
        label=_("Region"),
        rows=region_rows,
        version=settings.NUTS_VERSION,
        is_open=False,
    ),
    _domains(Domain.Kind.ECONOMIC.value, _("Economic domain")),
    _domains(Domain.Kind.SCIENTIFIC.value, _("Scientific domain")),
    _domains(Domain.Kind.POLICY.value, _("Policy objective")),
    ColumnFacet(
        name="project",
        label=_("Project"),
        field="project__slug",
        label_field="project__acronym",
        seen=Q(project__state=PUBLISHED),
        is_open=False,
    ),
    ProgrammeFacet(name="programme", label=_("Programme"), is_open=False),
    ColumnFacet(
        name="organisation",
        label=_("Organisation"),
        field="organisation__slug",
        label_field="organisation__name",
        seen=Q(organisation__state=PUBLISHED),
        is_open=False,
    ),
    BucketFacet(name="not_worked", label=_("What did not work"), buckets=FAILURES),
    BucketFacet(name="period", label=_("Period"), buckets=YEARS, is_open=False),
)  # fmt: skip

PRACTICES = Listing(
    facets=FACETS,
    sorts={
        "newest": Sort(_("Newest first"), (first_published().desc(), "title")),
        "evidence": Sort(_("Best evidence first"), (_strength().desc(), "title")),
        "title": Sort(_("By title"), ("title",)),
        "start": Sort(
            _("Latest start first"), (F("start").desc(nulls_last=True), "title")
        ),
    },
    text=matching,
    form=PracticesQuery,
    watched=(
        GoodPractice,
        GoodPractice.themes.through,
        GoodPractice.domains.through,
        GoodPractice.regions.through,
        Project,
        Programme,
        Organisation,
        Theme,
        Domain,
        Region,
    ),
)
