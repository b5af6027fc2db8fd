"""Projects, organisations, practices, programmes and calls."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import NoReverseMatch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from practices.models import GoodPractice
from programmes.models import Call, Programme
from projects.models import Partner, Project
from projects.queries import public_partners, seen
from regions.countries import country_name
from regions.models import Region
from search.documents import Document, Maker, each


def joined(*parts: str) -> str:
    """What is said of the parts, between commas."""
    return ", ".join(part for part in parts if part)


def paragraphs(*parts: Any) -> str:
    """One text of texts and lists of texts."""
    texts: list[str] = []
    for part in parts:
        texts += [str(item) for item in part] if isinstance(part, list) else [part]
    return "\n".join(text for text in texts if text)


def _projects() -> QuerySet[Any]:
    return (
        Project.objects.public()
        .select_related("programme")
        .prefetch_related(
            Prefetch("partners", public_partners(), to_attr="seen_partners")
        )
    )


def _project(item: Any) -> Document:
    programme = seen(item.programme)
    return Document(
        key=item.pk,
        title=f"{item.acronym}: {item.name}" if item.name else item.acronym,
        note=str(programme) if programme else "",
        url=item.get_absolute_url(),
        names=(item.acronym, item.also_known_as, item.name, item.programme_number),
        text=paragraphs(item.summary, item.objectives, item.results, _partners(item)),
        weight=60,
    )


def _partners(item: Any) -> str:
    """Partners by all names that readers see."""
    names = []
    for partner in item.seen_partners:
        body = seen(partner.organisation)
        own = body.name if body and body.name != partner.name else ""
        names.append(joined(partner.name, own, partner.town))
    return gettext("Partners: %s") % "; ".join(names) if names else ""


def _organisation(item: Organisation) -> Document:
    return Document(
        key=item.pk,
        title=item.name,
        note=joined(item.town, country_name(item.country) if item.country else ""),
        url=item.get_absolute_url(),
        names=(item.name_local, item.acronym),
        text=str(item.get_kind_display()),
        weight=45,
    )


def _organisations() -> QuerySet[Any]:
    return Organisation.objects.public().standing()


def _practices() -> QuerySet[Any]:
    return (
        GoodPractice.objects.public()
        .select_related("project", "organisation")
        .prefetch_related("regions")
    )


def _practice(item: GoodPractice) -> Document | None:
    try:
        url = item.get_absolute_url()
    except NoReverseMatch:  # only what has a page is found
        return None
    project, body = seen(item.project), seen(item.organisation)
    regions = [region.name for region in item.regions.all()]
    return Document(
        key=item.pk,
        title=item.title,
        note=joined(*regions[:2], country_name(item.country) if item.country else ""),
        url=url,
        text=paragraphs(
            item.summary,
            item.description,
            item.evidence_of_success,
            joined(item.organisation_name, body.name if body else ""),
            joined(project.acronym if project else "", *regions),
        ),
        weight=58,
    )


def _programme(item: Programme) -> Document:
    return Document(
        key=item.pk,
        title=f"{item.acronym}: {item.name}" if item.name else item.acronym,
        note=str(item.get_period_display()),
        url=item.get_absolute_url(),
        names=(item.acronym, item.name, f"{item.acronym} {item.period}", item.strand),
        text=paragraphs(
            item.summary, item.objective, item.who_can_apply, item.managing_body
        ),
        weight=65,
    )


def _calls() -> QuerySet[Any]:
    return Call.objects.public().select_related("programme")


def _call(item: Call) -> Document:
    return Document(
        key=item.pk,
        title=item.title,
        note=str(item.programme),
        url=item.get_absolute_url(),
        names=(item.code, f"{item.programme.acronym} {item.code}"),
        text=paragraphs(item.topics),
        weight=55,
    )


PROJECT = Maker(
    kind="project",
    label=_("Project"),
    plural=_("Projects"),
    model=Project,
    records=_projects,
    make=each(_project),
    follows={
        Programme: "programme",
        Partner: "partners",
        Organisation: "partners__organisation",
    },
)
ORGANISATION = Maker(
    kind="organisation",
    label=_("Organisation"),
    plural=_("Organisations"),
    model=Organisation,
    records=_organisations,
    make=each(_organisation),
)
PRACTICE = Maker(
    kind="practice",
    label=_("Good practice"),
    plural=_("Good practices"),
    model=GoodPractice,
    records=_practices,
    make=each(_practice),
    follows={Project: "project", Organisation: "organisation", Region: "regions"},
    links=(GoodPractice.regions,),
)
PROGRAMME = Maker(
    kind="programme",
    label=_("Programme"),
    plural=_("Programmes"),
    model=Programme,
    records=Programme.objects.public,
    make=each(_programme),
)
CALL = Maker(
    kind="call",
    label=_("Call"),
    plural=_("Calls"),
    model=Call,
    records=_calls,
    make=each(_call),
    follows={Programme: "programme"},
)
