"""Terms become links where they stand, and nothing else of a text changes."""

from html import escape, unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from strategies.analysis.linking import Terms, link_html, link_text

TERMS = Terms(
    {
        "smart specialisation": "/g/#s3",
        "S3": "/g/#s3",
        "Monitoring": "/g/#monitoring",
        "Monitoring committee": "/g/#committee",
        "R&D": "/g/#rd",
        "amp": "/g/#amp",
    }
)


class Reader(HTMLParser):
    """The words of HTML, and its links."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.words, self.tags = "", []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


def linked(text, terms=TERMS):
    return link_text(text, terms, set())


def test_a_term_is_linked_once_whatever_its_form():
    found = linked("S3, or Smart Specialisation, is S3.")
    assert (
        found == '<a class="term" href="/g/#s3">S3</a>, or Smart Specialisation, is S3.'
    )


def test_the_longest_term_wins():
    assert 'href="/g/#committee">monitoring committee</a>' in linked(
        "the monitoring committee"
    )


def test_only_whole_words_and_short_forms_only_in_capitals():
    assert linked("US34, s3 and demonitoring") == "US34, s3 and demonitoring"


def test_terms_seen_on_the_page_are_not_linked_again():
    seen = set()
    assert "<a" in link_text("Monitoring", TERMS, seen)
    assert link_text("Monitoring", TERMS, seen) == "Monitoring"


def test_an_entity_is_no_term():
    assert link_html("<p>a &amp; b</p>", TERMS, set()) == "<p>a &amp; b</p>"
    assert 'href="/g/#rd">R&amp;D</a>' in link_html("<p>R&amp;D</p>", TERMS, set())


def test_links_headings_and_code_are_left_alone():
    markup = (
        '<h2>S3</h2><p><a href="/x">S3</a> <code>S3</code><br></p>'
        '<p title="S3">then S3</p>'
    )
    found = link_html(markup, TERMS, set())
    assert found.startswith(markup[: markup.index("then")])
    assert found.endswith('then <a class="term" href="/g/#s3">S3</a></p>')


def test_without_terms_text_is_only_escaped():
    assert linked("<S3>", Terms({})) == "&lt;S3&gt;"


words = st.text(max_size=40) | st.sampled_from([*TERMS.addresses, "<b>", "&amp;", '"'])
texts = st.lists(words, max_size=8).map(" ".join)


@given(texts)
def test_any_text_keeps_its_words_and_gains_only_links_to_terms(text):
    found = Reader(linked(text))
    assert found.words == unescape(escape(text))
    assert {tag for tag, _ in found.tags} <= {"a"}
    hrefs = [attrs["href"] for _, attrs in found.tags]
    assert len(hrefs) == len(set(hrefs))
    assert set(hrefs) <= set(TERMS.addresses.values())


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.text(max_size=12)), texts)
def test_any_terms_stay_inside_their_link(forms, text):
    found = Reader(linked(f"{text} {' '.join(forms)}", Terms(forms)))
    assert {tag for tag, _ in found.tags} <= {"a"}
    assert all(set(attrs) == {"class", "href"} for _, attrs in found.tags)
    assert {attrs["href"] for _, attrs in found.tags} <= set(forms.values())


@given(texts)
def test_escaped_text_in_html_keeps_its_words(text):
    markup = f"<p>{escape(text)}</p>"
    found = Reader(link_html(markup, TERMS, set()))
    assert found.words == Reader(markup).words
    assert {tag for tag, _ in found.tags} <= {"a", "p"}
