"""Support activities."""

from django.utils.translation import gettext_lazy as _

from programmes.models import SupportActivity
from search.documents import Document, Maker, each
from search.makers.catalogue import joined


def _support(item: SupportActivity) -> Document:
    return Document(
        key=item.pk,
        title=item.name,
        note=joined(item.kind, item.provider),
        url=item.get_absolute_url(),
        names=(item.acronym,),
        text=item.description,
        weight=50,
    )


SUPPORT = Maker(
    kind="support",
    label=_("Support"),
    plural=_("Support activities"),
    model=SupportActivity,
    records=SupportActivity.objects.public,
    make=each(_support),
)
