"""The listener itself: what a page does wrong must not pass unheard."""

import pytest

from tests.browser.complaints import Complaints

pytestmark = pytest.mark.looks

POLICY = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html"}


@pytest.fixture
def hear(context, portal_url):
    """What is heard when the portal answers ``/`` with a body."""

    def hear(body: str) -> list[str]:
        complaints, page = Complaints(portal_url), context.new_page()
        page.route(
            f"{portal_url}/", lambda route: route.fulfill(body=body, headers=POLICY)
        )
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        complaints.listen(page)
        page.goto("/", wait_until="networkidle")
        return complaints.heard

    return hear


def test_a_good_page_is_not_complained_of(hear):
    assert hear("<p>hello</p>") == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p style='color:red'>hello", "inline style"),
        ("<script>1</script>", "inline script"),
        ("<img src='https://example.org/x.png'>", "another machine"),
        ("<img src='/no-such-thing.png'>", "answer 404"),
    ],
)
def test_a_bad_page_is_heard(hear, body, words):
    heard = hear(body)
    assert any(words in text for text in heard), heard
