"""The page of results, and the suggestions under a search box."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from search.services import rebuild
from tests.factories import OrganisationFactory


def kinds(page):
    """The kinds offered, with their counts, and where each leads."""
    return {
        link: parse_qs(urlsplit(link).query)
        for link in page.links
        if link.startswith("?") and "q=" in link and "page=" not in link
    }


class TestResults:
    def test_kinds_keep_the_words_and_give_up_the_page(self, page):
        found = page("/search/?q=innovation&page=2")
        links = kinds(found).values()
        assert {"q": ["innovation"]} in links
        assert {"q": ["innovation"], "kind": ["project"]} in links
        assert all(link["q"] == ["innovation"] for link in links)

    def test_a_kind_shows_as_many_as_it_says(self, page, client):
        counts = {
            item["kind"]: item["count"]
            for item in client.get("/api/v1/search/?q=innovation").json()["kinds"]
        }
        for kind, count in counts.items():
            text = page(f"/search/?q=innovation&kind={kind}").text
            assert f"{count} result" in text

    def test_pages_lead_on(self, page):
        first, second = (
            page("/search/?q=innovation"),
            page("/search/?q=innovation&page=2"),
        )
        assert "?q=innovation&page=2" in first.links
        assert "1–20 of" in first.text
        assert "21–" in second.text

    def test_a_page_after_the_last_is_none(self, page):
        page("/search/?q=innovation&page=999", 404)

    def test_another_spelling_is_said(self, page):
        found = page("/search/?q=tosacna")
        assert "Nothing is written “tosacna”" in found.text
        assert "/regions/ITI1/" in found.links
        assert "Nothing is written" not in page("/search/?q=toscana").text

    def test_nothing_found_helps_on(self, page):
        found = page("/search/?q=toscana+xqxqxq")
        assert "Nothing found" in found.text
        assert "?q=toscana" in found.links

    def test_a_kind_without_results_leads_to_the_others(self, page):
        found = page("/search/?q=FR41&kind=term")
        assert "Nothing of this kind" in found.text
        assert "?q=FR41" in found.links

    def test_links_carry_the_moment(self, page):
        found = page("/search/?q=toscana&series=converted")
        assert "/regions/ITI1/?series=converted" in found.links


class TestSafety:
    def test_texts_and_words_are_escaped(self, starter, client):
        OrganisationFactory(name="<b>Quetzal</b> & <script>alert(1)</script>")
        rebuild()
        content = client.get("/search/", {"q": "quetzal <script>"}).content.decode()
        assert "&lt;b&gt;<mark>Quetzal</mark>&lt;/b&gt; &amp; " in content
        assert "<script>alert(1)" not in content
        assert "“quetzal &lt;script&gt;”" in content

    @pytest.mark.parametrize("path", ["/search/", "/search/suggest/"])
    @pytest.mark.parametrize("q", ["x" * 10_000, "a\0b"])
    def test_what_is_no_word_is_refused(self, starter, client, path, q):
        assert client.get(path, {"q": q}).status_code == 400

    def test_an_unknown_kind_names_those_there_are(self, page):
        assert "organisation" in page("/search/?q=a&kind=people", 400).text


class TestSuggestions:
    def test_each_has_its_label_in_parts(self, starter, client):
        results = client.get("/search/suggest/?q=tosc").json()["results"]
        first = results[0]
        assert first["label"] == "Toscana (ITI1)"
        assert first["kind"] == "Region"
        assert first["parts"] == [["Toscana", True], [" (ITI1)", False]]
        assert len(results) <= 8

    def test_markup_stays_text(self, starter, client):
        OrganisationFactory(name="<img src=x onerror=alert(1)> Quetzal")
        rebuild()
        body = client.get("/search/suggest/?q=quetzal").content
        (result,) = json.loads(body)["results"]
        assert result["parts"][-1] == ["Quetzal", True]
