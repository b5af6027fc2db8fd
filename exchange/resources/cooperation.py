"""Projects and their partners."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from exchange import widgets
from exchange.resources.base import (
    CatalogueResource,
    Column,
    Key,
    Problem,
    column,
    in_order,
    reference,
)
from exchange.resources.funding import KEY_MEANING, NOTE_MEANING, SLUG, nuts_column
from practices.models import GoodPractice
from programmes.models import Call, Programme
from projects.models import Partner, Project
from strategies.models import Domain, Theme

THEMES = _("Names of themes, parted by semicolons.")
DOMAINS = _("Such as economic:ict, parted by semicolons.")


def date_columns() -> tuple[Column, Column]:
    """``start`` and ``end`` of a dated record."""
    meaning = _("As exact as is known: 2012, 2012-03 or 2012-03-11.")
    return (
        Column("start", ("start", "start_precision"), widgets.PartialDate(),
               label=_("start"), meaning=meaning),
        Column("end", ("end", "end_precision"), widgets.PartialDate(is_end=True),
               label=_("end"), meaning=meaning),
    )  # fmt: skip


def theme_columns(model: Any) -> tuple[Column, Column]:
    return (
        column(model, "themes", THEMES, widget=widgets.Records(Theme, "{0.slug}")),
        column(
            model, "domains", DOMAINS,
            widget=widgets.Records(Domain, "{0.kind}:{0.code}"),
        ),
    )  # fmt: skip


class ProjectResource(CatalogueResource):
    kind = "projects"
    model = Project
    related = ("programme", "call")
    has_slug = True
    keys = (
        SLUG,
        Key(
            ("programme", "acronym"),
            "programme__in",
            lambda row: row["programme"].pk,
            lambda row: (row["programme"].pk, row["acronym"]),
            lambda record: (record.programme_id, record.acronym),
        ),
    )

    key = column(Project, "key", KEY_MEANING, attribute="slug")
    acronym = column(
        Project, "acronym", _("As the project calls itself."), required=True
    )
    also_known_as = column(Project, "also_known_as", _("Another acronym."))
    name = column(Project, "name", _("The full title."))
    programme = column(
        Project, "programme", _("Key of the programme, or acronym and period."),
        widget=widgets.Record(Programme), required=True,
    )  # fmt: skip
    call = column(
        Project, "call", _("Code of the call within the programme."),
        widget=widgets.Record(Call, "code", below="programme"),
    )  # fmt: skip
    programme_number = column(
        Project, "programme_number", _("The number the programme gave it.")
    )
    start, end = date_columns()
    dates_note = column(Project, "dates_note", _("A remark on the dates."))
    duration_months = column(Project, "duration_months", _("How many."))
    total_budget = column(Project, "total_budget", _("EUR."))
    erdf_budget = column(Project, "erdf_budget", _("EUR."))
    partners_stated = column(Project, "partners_stated", _("As the programme says."))
    regions_stated = column(Project, "regions_stated", _("As the programme says."))
    countries_stated = column(Project, "countries_stated", _("As the programme says."))
    summary = column(Project, "summary", _("A paragraph."))
    objectives = column(Project, "objectives", _("One a line."))
    methods = column(Project, "methods", _("One a line."))
    results = column(Project, "results", _("One a line."))
    follow_up = column(Project, "follow_up", _("What came after it."))
    website = column(Project, "website", _("A full address with https://."))
    contact_office = column(Project, "contact_office", _("An office, no person."))
    themes, domains = theme_columns(Project)
    note = column(Project, "note", NOTE_MEANING)

    def programme_of(self, record: Any) -> str | None:
        return str(record.programme.slug)

    def check(self, record: Any) -> list[Problem]:
        return in_order(record, "start", "end", "end") + in_order(
            record, "erdf_budget", "total_budget", "total_budget"
        )


class PartnerResource(CatalogueResource):
    kind = "partners"
    model = Partner
    related = ("project__programme", "organisation", "region")
    keys = (
        Key(
            ("project", "name"),
            "project__in",
            lambda row: row["project"].pk,
            lambda row: (reference(row["project"]), row["name"]),
            lambda record: (record.project_id, record.name),
        ),
    )

    project = column(
        Partner, "project", _("Key of the project, or programme/acronym."),
        widget=widgets.Record(Project), required=True,
    )  # fmt: skip
    name = column(Partner, "name", _("As the project names it."), required=True)
    organisation = column(
        Partner, "organisation", _("Key of the organisation, where it is known."),
        widget=widgets.Record(Organisation),
    )  # fmt: skip
    is_lead = column(Partner, "is_lead", _("yes for the one lead partner, else no."))
    role = column(Partner, "role", _("Another role, in words."))
    town = column(Partner, "town", _("Where it sits."))
    country = column(
        Partner, "country", _("NUTS code of the country, or its English name."),
        widget=widgets.Country(),
    )  # fmt: skip
    nuts = nuts_column()
    total_budget = column(Partner, "total_budget", _("EUR."))
    erdf_budget = column(Partner, "erdf_budget", _("EUR."))
    position = column(Partner, "position", _("The place in the project's list."))
    note = column(Partner, "note", NOTE_MEANING)

    def programme_of(self, record: Any) -> str | None:
        return str(record.project.programme.slug)

    def check_together(self, rows: Sequence[Any], held: Sequence[Any]) -> None:
        """One lead partner, and no organisation twice, in each project."""
        written = {row.record.pk for row in rows if row.record.pk}
        leads: set[Any] = set()
        seats: set[Any] = set()
        for record in held:
            if record.pk not in written:
                leads |= {record.project_id} if record.is_lead else set()
                seats.add((record.project_id, record.organisation_id))
        for row in rows:
            project = reference(row.record.project)
            if row.record.is_lead:
                if project in leads:
                    row.add(
                        "is_lead",
                        gettext("The project has another lead partner. Write no."),
                    )
                    continue
                leads.add(project)
            if row.record.organisation_id:
                seat = (project, row.record.organisation_id)
                if seat in seats:
                    row.add(
                        "organisation",
                        gettext("The organisation is in the project already."),
                    )
                seats.add(seat)


class PracticeResource(CatalogueResource):
    kind = "practices"
    model = GoodPractice
    related = ("organisation", "project", "programme")
    has_slug = True
    may_publish = False  # that is the review's to decide
    keys = (
        SLUG,
        Key(
            ("title",),
            "title__in",
            lambda row: row["title"],
            lambda row: row["title"],
            lambda record: record.title,
        ),
    )

    key = column(GoodPractice, "key", KEY_MEANING, attribute="slug")
    title = column(GoodPractice, "title", _("No other practice has it."), required=True)
    summary = column(GoodPractice, "summary", _("Two or three sentences."))
    description = column(GoodPractice, "description", _("What is done, and how."))
    organisation = column(
        GoodPractice, "organisation", _("Key of the organisation."),
        widget=widgets.Record(Organisation),
    )  # fmt: skip
    organisation_name = column(GoodPractice, "organisation_name", _("As given."))
    project = column(
        GoodPractice, "project", _("Key of the project."),
        widget=widgets.Record(Project),
    )  # fmt: skip
    project_name = column(GoodPractice, "project_name", _("As given."))
    programme = column(
        GoodPractice, "programme", _("Key of the programme."),
        widget=widgets.Record(Programme),
    )  # fmt: skip
    country = column(
        GoodPractice, "country", _("NUTS code of the country, or its English name."),
        widget=widgets.Country(),
    )  # fmt: skip
    nuts = Column(
        "nuts", ("nuts_codes", "nuts_version", "regions"), widgets.NutsList(),
        label=_("NUTS codes"), link=True,
        meaning=_("Such as ES21; ES22, all in one version of NUTS."),
    )  # fmt: skip
    themes, domains = theme_columns(GoodPractice)
    language = column(GoodPractice, "language", _("The language it is written in."))
    start, end = date_columns()
    status = column(GoodPractice, "status", _("Running, ended ..."))
    cost_eur = column(GoodPractice, "cost_eur", _("EUR."))
    cost_note = column(GoodPractice, "cost_note", _("What the cost covers."))
    resources_needed = column(GoodPractice, "resources_needed", _("In words."))
    evidence_of_success = column(GoodPractice, "evidence_of_success", _("In words."))
    difficulties = column(GoodPractice, "difficulties", _("In words."))
    not_worked = column(GoodPractice, "not_worked", _("In words."))
    transfer_potential = column(GoodPractice, "transfer_potential", _("In words."))
    preconditions = column(GoodPractice, "preconditions", _("In words."))
    contact_office = column(GoodPractice, "contact_office", _("An office, no person."))
    note = column(GoodPractice, "note", NOTE_MEANING)

    def refusal(self, record: Any) -> str:
        if record.stage in ("draft", "changes_asked"):
            return ""
        return gettext(
            "The practice is under review or published; its text changes by a revision."
        )

    def touch(self, record: Any) -> tuple[str, ...]:
        record.revision += 1
        return ("revision",)

    def check(self, record: Any) -> list[Problem]:
        found = in_order(record, "start", "end", "end")
        if record.cost_eur is not None and record.cost_eur < 0:
            found.append(("cost_eur", gettext("Write zero or more.")))
        return found
