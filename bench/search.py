"""Suggestions and pages of results with 10,000 records that are made up.

The words are made of syllables and fall like those of a language: few of them often,
most of them seldom. Suggestions are asked letter by letter, as a reader types them,
and with a slip of the pen.
"""

import random
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import product
from time import perf_counter

from django.core.management import call_command
from django.test import Client

from accounts.models import Organisation
from bench.result import Result
from programmes.models import Programme
from projects.models import Project
from search.makers import BY_KIND
from search.models import SearchWord
from search.services import rebuild, refresh
from sources.curation import Publication
from strategies.models import GlossaryTerm

PROJECTS, ORGANISATIONS, TERMS = 6_000, 3_000, 1_000
BOUND = 100.0  # ms
ASKED = 40  # names typed
SYLLABLES = ("ba", "cor", "di", "fel", "gra", "hun", "ka", "lim", "mo", "nes", "pri",
             "quo", "ra", "sti", "tur", "ve", "wol", "zy")  # fmt: skip
VOCABULARY = 20_000


class Words:
    """Made-up words, the first of them the most frequent."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        made = {
            "".join(item) for n in (2, 3, 4) for item in product(SYLLABLES, repeat=n)
        }
        self.words = rng.sample(sorted(made), VOCABULARY)
        self.weights = [1 / (place + 10) for place in range(VOCABULARY)]

    def text(self, count: int) -> str:
        return " ".join(self.rng.choices(self.words, self.weights, k=count))


def make(rng: random.Random) -> None:
    """Fill a database that holds the starter."""
    words = Words(rng)
    programme = Programme.objects.public()[0]
    _store(
        Project(
            acronym=f"{words.text(1).upper()} {number}",
            slug=f"made-{number}",
            name=words.text(5),
            summary=words.text(60),
            programme=programme,
            state=Publication.PUBLISHED,
        )
        for number in range(PROJECTS)
    )
    _store(
        Organisation(
            name=f"{words.text(3).title()} {number}",
            slug=f"made-{number}",
            country="ES",
            state=Publication.PUBLISHED,
        )
        for number in range(ORGANISATIONS)
    )
    _store(
        GlossaryTerm(
            term=f"{words.text(2)} {number}",
            slug=f"made-{number}",
            definition=words.text(30),
            state=Publication.PUBLISHED,
        )
        for number in range(TERMS)
    )


def _store(records: Iterator[Project | Organisation | GlossaryTerm]) -> None:
    made = list(records)
    for record in made:
        record.prepare()
    type(made[0]).objects.bulk_create(made, batch_size=1000)


def measure(rng: random.Random) -> list[Result]:
    """The 95th percentile of each kind of question, through the whole portal."""
    client = Client(headers={"host": "localhost"})
    made = Project.objects.filter(slug__startswith="made-").order_by("pk")
    names = rng.sample(list(made.values_list("name", flat=True)), ASKED)
    typed = [name[:length] for name in names for length in range(1, 13)]
    slips = [_slip(rng, name.split()[0]) for name in names]
    pages = [" ".join(name.split()[:2]) for name in names]
    kinds = (
        ("suggestions while typing", "/search/suggest/", typed),
        ("suggestions, misspelt", "/search/suggest/", slips),
        ("results, two words", "/search/", pages),
        ("results, one letter", "/search/", [name[0] for name in names]),
        ("results, misspelt", "/search/", slips),
        ("results of the API", "/api/v1/search/", pages),
    )
    return [
        Result(f"{name}, p95", _p95(client, path, asked), "ms", BOUND)
        for name, path, asked in kinds
    ]


def _slip(rng: random.Random, word: str) -> str:
    """The word with two neighbours swapped."""
    place = rng.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _p95(client: Client, path: str, asked: list[str]) -> float:
    for q in asked[:3]:  # warm up
        _ask(client, path, q)
    times = sorted(_timed(lambda q=q: _ask(client, path, q)) for q in asked)
    return times[int(0.95 * len(times))] * 1000


def _ask(client: Client, path: str, q: str) -> None:
    response = client.get(path, {"q": q}, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code} to {q}")


def _timed(function: Callable[[], object]) -> float:
    began = perf_counter()
    function()
    return perf_counter() - began


def prepared() -> list[Result]:
    """Load the starter, make the records, measure; on an empty database."""
    call_command("migrate", verbosity=0)
    call_command("load_starter", stdout=StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    rng = random.Random(11)
    make(rng)
    built = _timed(rebuild)
    checked = _timed(rebuild)
    keys = list(Project.objects.values_list("pk", flat=True)[:1])
    one = _timed(lambda: refresh(BY_KIND["project"], keys))
    print(f"{SearchWord.objects.count():,} words", flush=True)
    return [
        Result("search built, 10,000 records", built, "s", None),
        Result("search compared, nothing changed", checked, "s", None),
        Result("search after the save of a project", one * 1000, "ms", None),
        *measure(rng),
    ]
