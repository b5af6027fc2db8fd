"""Organisations, programmes and calls."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.names import normalised_name
from exchange import widgets
from exchange.resources.base import (
    CatalogueResource,
    Column,
    Key,
    Problem,
    column,
    in_order,
)
from programmes.models import Call, PolicyArea, Programme

KEY_MEANING = _(
    "The record's own key, as in its address. Leave it empty for a new record."
)
NOTE_MEANING = _("A remark for curators.")
SLUG = Key(
    ("key",),
    "slug__in",
    lambda row: row["key"],
    lambda row: row["key"],
    lambda record: record.slug,
)


def nuts_column() -> Column:
    return Column(
        "nuts",
        ("nuts_code", "nuts_version", "region"),
        widgets.Nuts(),
        label=_("NUTS code"),
        meaning=_("Such as ES21, or with the version of NUTS: ES21@2021."),
    )


class OrganisationResource(CatalogueResource):
    kind = "organisations"
    model = Organisation
    related = ("region",)
    has_slug = True
    keys = (
        SLUG,
        Key(
            ("name",),
            "normalised_name__in",
            lambda row: normalised_name(row["name"]),
            lambda row: (normalised_name(row["name"]), row.get("country", "")),
            lambda record: (record.normalised_name, record.country),
        ),
    )

    key = column(Organisation, "key", KEY_MEANING, attribute="slug")
    name = column(
        Organisation, "name", _("In English where there is one."), required=True
    )
    name_local = column(Organisation, "name_local", _("In the language of the place."))
    acronym = column(Organisation, "acronym", _("Without brackets."))
    # The attribute `kind` of the class is the kind of sheet.
    body = column(Organisation, "kind", _("What sort of body it is."))
    country = column(
        Organisation, "country", _("NUTS code of the country, or its English name."),
        widget=widgets.Country(),
    )  # fmt: skip
    town = column(Organisation, "town", _("Where it sits."))
    nuts = nuts_column()
    website = column(Organisation, "website", _("A full address with https://."))
    note = column(Organisation, "note", NOTE_MEANING)

    def records(self) -> Any:
        return super().records().standing()

    def slug_text(self, record: Any) -> str:
        return str(record.name)


class ProgrammeResource(CatalogueResource):
    kind = "programmes"
    model = Programme
    related = ("part_of",)
    has_slug = True
    keys = (
        SLUG,
        Key(
            ("acronym", "period"),
            "acronym__in",
            lambda row: row["acronym"],
            lambda row: (row["acronym"], row["period"]),
            lambda record: (record.acronym, record.period),
        ),
    )

    key = column(Programme, "key", KEY_MEANING, attribute="slug")
    acronym = column(Programme, "acronym", _("As it calls itself."), required=True)
    name = column(Programme, "name", _("The full name."), required=True)
    period = column(Programme, "period", _("The budget period."), required=True)
    first_year = column(Programme, "first_year", _("The year it began."), required=True)
    last_year = column(Programme, "last_year", _("The year it ends."), required=True)
    policy_areas = column(
        Programme, "policy_areas", _("Codes of policy areas, parted by semicolons."),
        widget=widgets.Records(PolicyArea, "{0.code}"),
    )  # fmt: skip
    part_of = column(
        Programme, "part_of", _("Key of the programme it is a part of."),
        widget=widgets.Record(Programme),
    )  # fmt: skip
    strand = column(Programme, "strand", _("The strand of the one it is part of."))
    budget = column(Programme, "budget", _("EUR billion at current prices."))
    budget_precision = column(Programme, "budget_precision", _("In words."))
    budget_2018_prices = column(
        Programme, "budget_2018_prices", _("EUR billion at prices of 2018.")
    )
    managing_body = column(Programme, "managing_body", _("Who answers for it."))
    secretariat = column(Programme, "secretariat", _("Where one asks."))
    who_can_apply = column(Programme, "who_can_apply", _("In words."))
    eligible_area = column(Programme, "eligible_area", _("In words."))
    funding_type = column(Programme, "funding_type", _("Grant, loan ..."))
    objective = column(Programme, "objective", _("One or two sentences."))
    summary = column(Programme, "summary", _("A paragraph."))
    legal_basis = column(Programme, "legal_basis", _("The regulation."))
    legal_basis_url = column(Programme, "legal_basis_url", _("A full address."))
    url = column(Programme, "url", _("A full address."))
    calls_stated = column(Programme, "calls_stated", _("As the programme says."))
    projects_stated = column(Programme, "projects_stated", _("As the programme says."))
    partners_stated = column(Programme, "partners_stated", _("As the programme says."))
    note = column(Programme, "note", NOTE_MEANING)

    def slug_text(self, record: Any) -> str:
        return f"{record.acronym} {record.period}"

    def programme_of(self, record: Any) -> str | None:
        return record.slug or None

    def check(self, record: Any) -> list[Problem]:
        found = in_order(record, "first_year", "last_year", "last_year")
        if record.budget is not None and record.budget < 0:
            found.append(("budget", str(_("Write zero or more."))))
        if record.part_of is not None and record.part_of.pk == record.pk is not None:
            found.append(("part_of", str(_("A programme is no part of itself."))))
        return found


class CallResource(CatalogueResource):
    kind = "calls"
    model = Call
    related = ("programme",)
    keys = (
        Key(
            ("programme", "code"),
            "programme__in",
            lambda row: row["programme"].pk,
            lambda row: (row["programme"].pk, row["code"]),
            lambda record: (record.programme_id, record.code),
        ),
    )

    programme = column(
        Call, "programme", _("Key of the programme, or acronym and period."),
        widget=widgets.Record(Programme), required=True,
    )  # fmt: skip
    code = column(
        Call, "code", _("Letters, digits and hyphens, such as call-2."), required=True
    )
    title = column(Call, "title", _("As it is published."), required=True)
    opens = column(Call, "opens", _("A day such as 2024-03-31."))
    closes = column(Call, "closes", _("A day such as 2024-06-30."))
    budget = column(Call, "budget", _("EUR."))
    url = column(Call, "url", _("A full address."))
    topics = column(Call, "topics", _("One a line."))
    projects_approved = column(Call, "projects_approved", _("How many."))
    note = column(Call, "note", NOTE_MEANING)

    def programme_of(self, record: Any) -> str | None:
        return str(record.programme.slug)

    def check(self, record: Any) -> list[Problem]:
        return in_order(record, "opens", "closes", "closes")
