"""Catalogue: published and verified unless told otherwise."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Organisation, Scope
from practices.models import GoodPractice
from programmes.models import (
    Call,
    EligibleArea,
    InterventionType,
    PolicyArea,
    Programme,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeTheme,
    Succession,
    SupportActivity,
)
from projects.models import Partner, Project, ProjectEvent, ProjectOutput
from sources.curation import Publication
from sources.evidence import FieldCheck, Reference
from strategies.models import (
    CodeList,
    CodeListEntry,
    Domain,
    GlossaryTerm,
    Priority,
    Strategy,
    Theme,
)
from tests.factories.people import UserFactory
from tests.factories.regions import RegionFactory


class ReferenceFactory(DjangoModelFactory[Reference]):
    class Meta:
        model = Reference

    title = factory.Sequence("Page {}".format)
    url = factory.Sequence("https://example.org/page/{}".format)


class PublishedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    state = Publication.PUBLISHED


class CuratedFactory(PublishedFactory):
    class Meta:
        abstract = True

    is_verified = True


class OrganisationFactory(CuratedFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Agency {}".format)
    country = "ES"
    town = "Derio"


class ScopeFactory(DjangoModelFactory[Scope]):
    """A curator's; other roles need what they reach."""

    class Meta:
        model = Scope

    user = factory.SubFactory(UserFactory)
    role = Scope.Role.CURATOR


class DomainFactory(DjangoModelFactory[Domain]):
    class Meta:
        model = Domain

    kind = Domain.Kind.ECONOMIC
    code = factory.Sequence("domain_{}".format)
    name = factory.Sequence("Domain {}".format)


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    name = factory.Sequence("theme {}".format)


class StrategyFactory(CuratedFactory):
    """Of a region of its own, 2021-2027."""

    class Meta:
        model = Strategy

    region = factory.SubFactory(RegionFactory)
    nuts_code = factory.SelfAttribute("region.code")
    nuts_version = factory.SelfAttribute("region.version")
    area_name = factory.SelfAttribute("region.name")
    first_year = 2021
    last_year = 2027
    period = factory.LazyAttribute(lambda o: f"{o.first_year}-{o.last_year}")


class PriorityFactory(CuratedFactory):
    class Meta:
        model = Priority

    strategy = factory.SubFactory(StrategyFactory)
    name = factory.Sequence("Priority {}".format)


class GlossaryTermFactory(CuratedFactory):
    class Meta:
        model = GlossaryTerm

    term = factory.Sequence("Term {}".format)
    definition = "What it means, in plain words."


class CodeListFactory(CuratedFactory):
    class Meta:
        model = CodeList

    code = factory.Sequence("list-{}".format)
    title = factory.Sequence("List {}".format)


class CodeListEntryFactory(PublishedFactory):
    class Meta:
        model = CodeListEntry

    code_list = factory.SubFactory(CodeListFactory)
    code = factory.Sequence(str)
    name = factory.Sequence("Line {}".format)


class PolicyAreaFactory(DjangoModelFactory[PolicyArea]):
    class Meta:
        model = PolicyArea

    code = factory.Sequence("area-{}".format)
    name = factory.Sequence("Area {}".format)


class ProgrammeFactory(CuratedFactory):
    """A programme of 2014-2020 with a billion euro."""

    class Meta:
        model = Programme

    acronym = factory.Sequence("FUND {}".format)
    name = factory.Sequence("Fund number {}".format)
    period = "2014-2020"
    first_year = 2014
    last_year = 2020
    budget = 1


class SuccessionFactory(PublishedFactory):
    class Meta:
        model = Succession

    before = factory.SubFactory(ProgrammeFactory)
    after = factory.SubFactory(
        ProgrammeFactory, period="2021-2027", first_year=2021, last_year=2027
    )


class EligibleAreaFactory(DjangoModelFactory[EligibleArea]):
    class Meta:
        model = EligibleArea

    programme = factory.SubFactory(ProgrammeFactory)
    country = "ES"


class CallFactory(CuratedFactory):
    """Open since yesterday, for a month."""

    class Meta:
        model = Call

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(str)
    title = factory.Sequence("Call {}".format)
    opens = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    closes = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class ProgrammePriorityFactory(PublishedFactory):
    class Meta:
        model = ProgrammePriority

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda number: number % 30_000)
    name = factory.Sequence("Axis {}".format)


class ProgrammeThemeFactory(PublishedFactory):
    class Meta:
        model = ProgrammeTheme

    priority = factory.SubFactory(ProgrammePriorityFactory)
    name = factory.Sequence("Sub-theme {}".format)


class InterventionTypeFactory(PublishedFactory):
    class Meta:
        model = InterventionType

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda number: number % 30_000)
    name = factory.Sequence("Type {}".format)


class ProgrammeFactFactory(PublishedFactory):
    class Meta:
        model = ProgrammeFact

    programme = factory.SubFactory(ProgrammeFactory)
    heading = factory.Sequence("Heading {}".format)
    text = "What is known."


class SupportActivityFactory(CuratedFactory):
    class Meta:
        model = SupportActivity

    name = factory.Sequence("Platform {}".format)
    kind = "platform"
    description = "Help for regions."


class ProjectFactory(CuratedFactory):
    """Three years from 2012, with a budget of a million euro."""

    class Meta:
        model = Project

    acronym = factory.Sequence("PROJECT {}".format)
    name = factory.Sequence("Project number {}".format)
    programme = factory.SubFactory(ProgrammeFactory)
    start = factory.LazyFunction(lambda: date(2012, 1, 1))
    end = factory.LazyFunction(lambda: date(2014, 12, 31))
    total_budget = 1_000_000
    erdf_budget = 750_000


class PartnerFactory(CuratedFactory):
    """An organisation of its own, in its country."""

    class Meta:
        model = Partner

    project = factory.SubFactory(ProjectFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.SelfAttribute("organisation.name")
    country = factory.SelfAttribute("organisation.country")


class ProjectOutputFactory(PublishedFactory):
    class Meta:
        model = ProjectOutput

    project = factory.SubFactory(ProjectFactory)
    text = "guide"


class ProjectEventFactory(PublishedFactory):
    class Meta:
        model = ProjectEvent

    project = factory.SubFactory(ProjectFactory)
    title = "Kick-off meeting"


class GoodPracticeFactory(CuratedFactory):
    class Meta:
        model = GoodPractice

    title = factory.Sequence("Practice {}".format)
    description = "What was done."
    country = "ES"


class FieldCheckFactory(DjangoModelFactory[FieldCheck]):
    """A project's name that waits to be confirmed."""

    class Meta:
        model = FieldCheck

    record = factory.SubFactory(ProjectFactory, name="", uncertain_fields=["name"])
    field = "name"
    value = "Name in waiting"
    reason = "No page that was read confirms the name."
