"""How support activities are searched."""

from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programmes.listing import CatalogueQuery
from programmes.models import SupportActivity
from sources.facets import ColumnFacet, Listing, RelatedFacet, Sort


def matching(words: str) -> Q:
    """All words, each in the name, the text or the body that offers it."""
    wanted = Q()
    for word in words.split():
        found = Q()
        for field in ("name", "acronym", "provider", "description"):
            found |= Q(**{f"{field}__icontains": word})
        wanted &= found
    return wanted


SUPPORT = Listing(
    facets=(
        ColumnFacet(name="kind", label=_("Kind"), field="kind", wording=capfirst),
        RelatedFacet(
            name="area",
            label=_("Policy area"),
            rows=SupportActivity.policy_areas.through.objects.all,
            link="supportactivity",
            field="policyarea__code",
            label_field="policyarea__name",
        ),
        ColumnFacet(
            name="provider",
            label=_("Organisation"),
            field="provider",
            missing=Q(provider=""),
            is_open=False,
        ),
    ),
    sorts={
        "name": Sort(_("Name"), ("name",)),
        "start": Sort(
            _("Latest start first"), (F("start").desc(nulls_last=True), "name")
        ),
    },
    text=matching,
    form=CatalogueQuery,
)
