"""The glossary: its terms for reading, and the forms under which texts name them."""

from collections.abc import Iterable
from functools import lru_cache

from django.core.cache import cache
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from regions.text import fold
from strategies.analysis.linking import Terms
from strategies.models import GlossaryTerm

KEY = "glossary-forms"
SECONDS = 300
SHORTEST = 2


def listed_terms() -> QuerySet[GlossaryTerm]:
    """Public terms with sources and public cross-references: three statements."""
    return (
        GlossaryTerm.objects.public()
        .prefetch_related(
            "references",
            Prefetch("see_also", GlossaryTerm.objects.public(), to_attr="seen_also"),
        )
        .order_by("term")
    )


def find_terms(words: str) -> list[GlossaryTerm]:
    """Terms in which all words are found, in term, short form, forms or definition."""
    wanted = fold(words).split()
    return [term for term in listed_terms() if _has(term, wanted)]


def linkable_terms() -> Terms:
    """The forms of all public terms; held for some minutes, until a term is saved."""
    forms: tuple[tuple[str, str], ...] | None = cache.get(KEY)
    if forms is None:
        forms = tuple(_forms(GlossaryTerm.objects.public().order_by("term")))
        cache.set(KEY, forms, SECONDS)
    return _terms(forms)


def term_address(slug: str) -> str:
    """The term's place on the page of the glossary."""
    return f"{reverse('guide:glossary')}#{slug}"


@lru_cache(maxsize=4)
def _terms(forms: tuple[tuple[str, str], ...]) -> Terms:
    return Terms(dict(forms))


def _forms(terms: Iterable[GlossaryTerm]) -> Iterable[tuple[str, str]]:
    for term in terms:
        for form in (term.term, term.abbreviation, *term.aliases):
            if len(form) >= SHORTEST:
                yield form, term_address(term.slug)


def _has(term: GlossaryTerm, wanted: Iterable[str]) -> bool:
    told = (term.term, term.abbreviation, *term.aliases, term.definition)
    text = fold(" ".join(told))
    return all(word in text for word in wanted)
