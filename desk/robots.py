"""What a host's robots.txt asks of programs, read once in a run (RFC 9309)."""

from collections.abc import Collection
from urllib.parse import urlsplit

from protego import Protego

from desk.probe import NAME, read

MOST = 500_000  # bytes; RFC 9309 asks for that many at least
LONGEST_DELAY = 60.0  # seconds that a host may ask for between two requests
ERRORS, SERVER_ERRORS = 400, 500


class Robots:
    """The rules of the hosts asked so far."""

    def __init__(self, private_hosts: Collection[str] = ()) -> None:
        self._private_hosts = private_hosts
        self._rules: dict[str, Protego | None] = {}

    def allows(self, url: str) -> bool:
        rules = self._of(url)
        return rules is None or rules.can_fetch(url, NAME)

    def delay(self, url: str) -> float:
        """The seconds that the host asks to pass between two requests; 0 if none."""
        rules = self._of(url)
        asked = rules.crawl_delay(NAME) if rules else None
        return min(max(asked or 0.0, 0.0), LONGEST_DELAY)

    def _of(self, url: str) -> Protego | None:
        try:
            parts = urlsplit(url)
        except ValueError:  # no address at all, as asking it will tell
            return None
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._rules:
            self._rules[root] = self._read(f"{root}/robots.txt")
        return self._rules[root]

    def _read(self, address: str) -> Protego | None:
        """None: nothing is forbidden, or the host cannot be reached, which asking the
        address itself has to tell.
        """
        answer, body = read(address, most=MOST, private_hosts=self._private_hosts)
        if answer.status is None:
            return None
        if answer.status >= SERVER_ERRORS:
            # A host that cannot say what it allows now is left alone.
            return Protego.parse("User-agent: *\nDisallow: /")
        if answer.status >= ERRORS:
            return None
        return Protego.parse(body.decode("utf-8", "replace"))
