"""Priorities of smart specialisation strategies."""

from django.utils.translation import gettext_lazy as _

from exchange import widgets
from exchange.resources.base import CatalogueResource, Key, column
from exchange.resources.cooperation import DOMAINS
from exchange.resources.funding import NOTE_MEANING
from strategies.models import Domain, Priority, Strategy


class PriorityResource(CatalogueResource):
    kind = "priorities"
    model = Priority
    related = ("strategy",)
    keys = (
        Key(
            ("strategy", "name"),
            "strategy__in",
            lambda row: row["strategy"].pk,
            lambda row: (row["strategy"].pk, row["name"]),
            lambda record: (record.strategy_id, record.name),
        ),
    )

    strategy = column(
        Priority, "strategy", _("Key of the strategy."),
        widget=widgets.Record(Strategy), required=True,
    )  # fmt: skip
    name = column(Priority, "name", _("In the strategy's own words."), required=True)
    description = column(Priority, "description", _("A paragraph."))
    position = column(Priority, "position", _("The place in the strategy's order."))
    domains = column(
        Priority, "domains", DOMAINS,
        widget=widgets.Records(Domain, "{0.kind}:{0.code}"),
    )  # fmt: skip
    note = column(Priority, "note", NOTE_MEANING)
