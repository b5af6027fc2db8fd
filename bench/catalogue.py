"""Pages of projects with 10,000 projects and 50,000 partners that are made up."""

import random
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.core.management import call_command
from django.test import Client

from accounts.models import Organisation
from bench.result import Result, median_ms
from programmes.models import Call, Programme, ProgrammeTheme
from projects.models import Partner, Project
from regions.models import Region
from sources.curation import Publication
from strategies.models import Domain, Theme

PROJECTS, PARTNERS, ORGANISATIONS = 10_000, 50_000, 8_000
BOUND = 150.0  # ms of server time
RUNS = 7
PAGES = {
    "all projects": "/projects/",
    "projects, three facets": "/projects/?country=ES&country=FR&region=ITI1&year=2012",
    "projects, words": "/projects/?q=barent+digion+focer+nyndic",
    "projects, page 300": "/projects/?page=300&sort=budget",
    "projects of the API": "/api/v1/projects/?country=ES&page_size=20",
    "projects of the API, words": "/api/v1/projects/?q=barent+digion&page_size=20",
    "all organisations": "/organisations/",
    "network": "/network/",
    "network of a region": "/regions/ITI1/network/",
}
# A region with a partner in every other one: hundreds of rows with their projects.
BOUNDS = {"network of a region": 300.0}
WORDS = [f"{first}{last}" for first in "bcdfglmnprst" for last in (
    "arent", "esolin", "ivatum", "ocer", "ustral", "yndic", "ameter", "igion",
)]  # fmt: skip


def make(rng: random.Random) -> None:
    """Fill a database that holds the starter."""
    regions = list(Region.objects.current().at_level(2))
    organisations = _organisations(rng, regions)
    projects = _projects(rng)
    Partner.objects.bulk_create(
        _partners(rng, projects, organisations), batch_size=2000
    )
    _topics(rng, projects)


def measure() -> list[Result]:
    """The median time of each page, in process."""
    client = Client(headers={"host": "localhost"})
    return [
        Result(
            name,
            median_ms(partial(_get, client, path), runs=RUNS),
            "ms",
            BOUNDS.get(name, BOUND),
        )
        for name, path in PAGES.items()
    ]


def _get(client: Client, path: str) -> None:
    response = client.get(path, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")


def _organisations(rng: random.Random, regions: list[Region]) -> list[Organisation]:
    made = []
    for number in range(ORGANISATIONS):
        region = rng.choice(regions)
        item = Organisation(
            name=f"{rng.choice(WORDS).title()} Agency {number}",
            slug=f"made-{number}",
            country=region.country,
            region=region,
            nuts_code=region.code,
            nuts_version=region.version,
            kind=rng.choice(Organisation.Kind.values),
            state=Publication.PUBLISHED,
        )
        item.prepare()
        made.append(item)
    return Organisation.objects.bulk_create(made, batch_size=2000)


def _projects(rng: random.Random) -> list[Project]:
    programmes = list(Programme.objects.public())
    calls = list(Call.objects.public())
    themes = list(ProgrammeTheme.objects.all())
    made = []
    for number in range(PROJECTS):
        year = rng.randint(2008, 2024)
        item = Project(
            acronym=f"MADE {number}",
            slug=f"made-{number}",
            name=" ".join(rng.sample(WORDS, 4)),
            summary=" ".join(rng.choices(WORDS, k=60)),
            programme=rng.choice(programmes),
            call=rng.choice([*calls, None]),
            ivc_theme=rng.choice([*themes, None]),
            start=date(year, rng.randint(1, 12), 1),
            end=date(year + 3, 12, 31),
            total_budget=rng.choice([None, rng.randint(200_000, 9_000_000)]),
            state=Publication.PUBLISHED,
        )
        item.prepare()
        made.append(item)
    return Project.objects.bulk_create(made, batch_size=2000)


def _partners(
    rng: random.Random, projects: list[Project], organisations: list[Organisation]
) -> Iterator[Partner]:
    for project in projects:
        for place, body in enumerate(rng.sample(organisations, PARTNERS // PROJECTS)):
            item = Partner(
                project=project,
                organisation=body,
                name=body.name,
                country=body.country,
                region_id=body.region_id,
                is_lead=place == 0,
                position=place,
                state=Publication.PUBLISHED,
            )
            item.prepare()
            yield item


def _topics(rng: random.Random, projects: list[Project]) -> None:
    for field, known in (
        ("theme", list(Theme.objects.values_list("pk", flat=True))),
        ("domain", list(Domain.objects.values_list("pk", flat=True))),
    ):
        through = getattr(Project, f"{field}s").through
        through._default_manager.bulk_create(
            (
                through(project_id=project.pk, **{f"{field}_id": key})
                for project in projects
                for key in rng.sample(known, 2)
            ),
            batch_size=5000,
        )


def prepared() -> list[Result]:
    """Load the starter, make the records, measure; on an empty database."""
    call_command("migrate", verbosity=0)
    call_command("load_starter", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    make(random.Random(7))
    return measure()
