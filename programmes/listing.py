"""How programmes are searched: the facets, words and orders of pages and API alike."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.models import Period, Programme
from programmes.words import APPLICANTS, FUNDING, buckets
from regions.models import Region
from sources.asof import AsOfField
from sources.curation import Publication
from sources.facets import (
    NOT_RECORDED,
    BucketFacet,
    ColumnFacet,
    Counts,
    Listing,
    RelatedFacet,
    Sort,
)
from sources.queryforms import QueryForm

LONGEST_CODE = 5


class RegionField(forms.CharField):
    """A country or region of today; ``None`` where none is given."""

    def __init__(self) -> None:
        super().__init__(max_length=LONGEST_CODE, required=False)

    def clean(self, value: Any) -> Any:
        code = super().clean(value).upper()
        if not code:
            return ""
        if not Region.objects.current().filter(code=code).exists():
            detail = gettext("There is no region %(code)s in the NUTS of today.")
            raise ValidationError(detail % {"code": code})
        return code


class CatalogueQuery(QueryForm):
    """Programmes are not versioned by day: a moment of the past has no effect."""

    asOf = AsOfField()  # noqa: N815  # the parameter's name in addresses


class ProgrammesQuery(CatalogueQuery):
    """With ``region``: only what bodies there can apply to."""

    region = RegionField()


@dataclass(frozen=True, kw_only=True)
class WholeFacet(ColumnFacet):
    """What a programme is part of; one that is part of nothing says so."""

    def words(self, value: str) -> str:
        return gettext("Not a part") if value == NOT_RECORDED else value

    def arranged(self, counts: Counts) -> Counts:
        counts = super().arranged(counts)
        if NOT_RECORDED in counts:
            counts[NOT_RECORDED] = (self.words(NOT_RECORDED), counts[NOT_RECORDED][1])
        return counts


def period_words(value: str) -> str:
    """ "2014–2020"; what is no period stays as it is."""
    return str(dict(Period.choices).get(value, value))


def matching(words: str) -> Q:
    """All words, each in the name, what it is for, who runs it or who may apply."""
    wanted = Q()
    for word in words.split():
        found = Q()
        for field in ("acronym", "name", "summary", "managing_body", "who_can_apply"):
            found |= Q(**{f"{field}__icontains": word})
        wanted &= found
    return wanted


PROGRAMMES = Listing(
    facets=(
        ColumnFacet(
            name="period",
            label=_("Period"),
            field="period",
            wording=period_words,
            by_value=True,
        ),
        RelatedFacet(
            name="area",
            label=_("Policy area"),
            rows=Programme.policy_areas.through.objects.all,
            link="programme",
            field="policyarea__code",
            label_field="policyarea__name",
        ),
        BucketFacet(
            name="funding",
            label=_("Type of funding"),
            buckets=buckets("funding_type", FUNDING),
        ),
        BucketFacet(
            name="applicant",
            label=_("Who can apply"),
            buckets=buckets("who_can_apply", APPLICANTS),
        ),
        WholeFacet(
            name="part_of",
            label=_("Part of"),
            field="part_of__slug",
            label_field="whole_label",
            seen=Q(part_of__state=Publication.PUBLISHED),
            is_open=False,
        ),
    ),
    sorts={
        "period": Sort(_("Newest period first"), ("-period", "acronym")),
        "acronym": Sort(_("Acronym"), ("acronym", "period")),
        "budget": Sort(
            _("Largest budget first"), (F("budget").desc(nulls_last=True), "acronym")
        ),
    },
    text=matching,
    form=ProgrammesQuery,
)
