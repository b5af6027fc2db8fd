"""What a browser minds about a page: errors, failed and foreign requests."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response


class Complaints:
    """Listens to a page; ``heard`` must be empty when the test is over.

    The console carries script errors and violations of the content security policy.
    """

    def __init__(self, portal_url: str) -> None:
        self.portal = urlsplit(portal_url).netloc
        self.heard: list[str] = []
        self._allowed: set[str] = set()

    def allow(self, status: int, path: str) -> None:
        """An answer that the test asks for, such as a page that is not there."""
        self._allowed.add(f"{status} {path}")

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        url = urlsplit(str(message.location.get("url", "")))
        expected = any(text.endswith(f" {url.path}") for text in self._allowed)
        if message.type in ("error", "warning") and not expected:
            self.heard.append(f"console: {message.text} ({url.path})")

    def _request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws") and url.netloc != self.portal:
            self.heard.append(f"request to another machine: {request.url}")

    def _failed(self, request: Request) -> None:
        # A request that the next page or a newer one made pointless is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status >= 400 and f"{response.status} {path}" not in self._allowed:
            self.heard.append(f"answer {response.status}: {response.url}")
