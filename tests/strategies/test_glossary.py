"""The glossary's terms in running text: public ones, the first time on a page."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from strategies.glossary import find_terms
from tests.factories.catalogue import GlossaryTermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def render(rf: RequestFactory):
    def rendered(template, **context):
        source = "{% load glossary %}" + template
        return Template(source).render(Context({"request": rf.get("/"), **context}))

    return rendered


def test_the_first_occurrence_on_a_page_is_a_link(render):
    GlossaryTermFactory(slug="cluster", term="Cluster")
    found = render("{{ a|glossary:request }} {{ a|glossary:request }}", a="A cluster.")
    link = '<a class="term" href="/guide/glossary/#cluster">cluster</a>'
    assert found == f"A {link}. A cluster."


def test_plain_text_is_escaped_and_safe_html_stays(render):
    GlossaryTermFactory(slug="cluster", term="Cluster")
    assert "&lt;script&gt;" in render("{{ a|glossary:request }}", a="<script>")
    found = render("{{ a|safe|glossary:request }}", a="<p>cluster</p>")
    assert found.startswith("<p><a ")


def test_drafts_and_terms_taken_away_are_not_linked(render):
    GlossaryTermFactory(term="Secret", state="draft")
    term = GlossaryTermFactory(term="Cluster", abbreviation="CLU")
    assert "<a" not in render("{{ a|glossary:request }}", a="Secret")
    assert "<a" in render("{{ a|glossary:request }}", a="CLU")
    term.delete()
    assert "<a" not in render("{{ a|glossary:request }}", a="Cluster")


def test_one_statement_and_none_once_the_forms_are_held(
    render, django_assert_num_queries
):
    for number in range(4):
        GlossaryTermFactory(term=f"Term{number}")
    with django_assert_num_queries(1):
        render("{{ a|glossary:request }}{{ a|glossary:request }}", a="Term1 Term2")
    with django_assert_num_queries(0):
        render("{{ a|glossary:request }}", a="Term3")


def test_search_knows_no_accents():
    term = GlossaryTermFactory(term="Réseau", definition="Firms that work together.")
    assert find_terms("reseau firms") == [term]
    assert find_terms("reseau nothing") == []
