"""Since when the portal holds anything."""

from datetime import datetime

from django.db.models import Min, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.models import Vintage
from indicators.past import NothingHeld
from sources.models import IngestRun


def refuse_before_first_load(moment: datetime) -> None:
    """Raises NothingHeld, saying since when there are data, for an earlier moment."""
    opened = Vintage.objects.filter(opened_by=OuterRef("pk")).values("valid_from")[:1]
    first = (
        IngestRun.objects.finished_well()
        .annotate(first=Subquery(opened))
        .aggregate(Min("first"))["first__min"]
    )
    if first is None:
        raise NothingHeld(_("The portal held nothing then, and holds nothing yet."))
    if moment < first:
        raise NothingHeld(
            _("The portal held nothing then. Its first data were loaded on %(day)s.")
            % {"day": date_format(first, "j F Y, H:i e")}
        )
