"""Why a file is refused; the sentences are ``practices.refusals``. Pure."""

from enum import StrEnum


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    MARKUP = "markup"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    MOVES = "moves"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    ENCLOSED = "enclosed"
    EXTERNAL = "external"
    MACROS = "macros"
    BOMB = "bomb"
    STRANGE_NAME = "strange_name"
    ENTITIES = "entities"
    PICTURE = "picture"


class Refused(Exception):  # noqa: N818  # reads as what it says
    """``found`` is what was met, ``limit`` what is allowed, in words of the reason."""

    def __init__(self, reason: Reason, found: str = "", limit: str = "") -> None:
        super().__init__(reason.value, found, limit)
        self.reason, self.found, self.limit = reason, found, limit
