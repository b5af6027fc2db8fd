"""Why a file was refused, in a sentence: what, which file, what to do."""

from django.core.exceptions import SuspiciousFileOperation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.uploads import Reason, Refused

LONGEST_NAME = 120
TAKEN = gettext_lazy("JPEG, PNG and WebP images, PDF, DOCX, XLSX and ODT documents")

_WORDS = {
    Reason.EMPTY: gettext_lazy("“%(name)s” is empty. Choose the file again."),
    Reason.TOO_LARGE: gettext_lazy(
        "“%(name)s” has %(found)s MB; at most %(limit)s MB are taken. Make its images "
        "smaller, or give only the part that matters."
    ),
    Reason.UNKNOWN: gettext_lazy(
        "“%(name)s” is of no type that is taken, whatever its name says. Taken are "
        "%(taken)s."
    ),
    Reason.MARKUP: gettext_lazy(
        "“%(name)s” is a web page, an SVG drawing or another markup file, which may "
        "hold programs. Export it as PNG or PDF."
    ),
    Reason.DAMAGED: gettext_lazy(
        "“%(name)s” is damaged or not what it begins as. Open it in the program it "
        "comes from, save it anew and choose that file."
    ),
    Reason.TOO_MANY_PIXELS: gettext_lazy(
        "“%(name)s” has too many pixels (%(found)s); at most %(limit)s million are "
        "taken. Save it in a smaller size."
    ),
    Reason.MOVES: gettext_lazy(
        "“%(name)s” is an animation. Save one of its pictures and choose that."
    ),
    Reason.TOO_MANY_PAGES: gettext_lazy(
        "“%(name)s” has %(found)s pages; from 1 to %(limit)s are taken. Give only the "
        "part that matters, or link to the whole."
    ),
    Reason.ENCRYPTED: gettext_lazy(
        "“%(name)s” is protected by a password or of the form before 2007. Save it "
        "without a password, as PDF, DOCX or XLSX."
    ),
    Reason.ACTIVE: gettext_lazy(
        "“%(name)s” does something by itself (%(found)s). Print it to a new PDF and "
        "choose that."
    ),
    Reason.ENCLOSED: gettext_lazy(
        "“%(name)s” has another file inside (%(found)s). Save it as PDF without "
        "attachments, or upload that file by itself."
    ),
    Reason.EXTERNAL: gettext_lazy(
        "“%(name)s” loads something from elsewhere (%(found)s). Break that link in the "
        "program it comes from, or save it as PDF."
    ),
    Reason.MACROS: gettext_lazy(
        "“%(name)s” has macros. Save it without them, as DOCX, XLSX or PDF."
    ),
    Reason.BOMB: gettext_lazy(
        "“%(name)s” unpacks to far more than it should (%(found)s). Save it anew in "
        "the program it comes from."
    ),
    Reason.STRANGE_NAME: gettext_lazy(
        "“%(name)s” holds a part whose name leads out of it (%(found)s). Save it anew "
        "in the program it comes from."
    ),
    Reason.ENTITIES: gettext_lazy(
        "“%(name)s” holds definitions that could unfold without end. Save it anew in "
        "the program it comes from."
    ),
    Reason.PICTURE: gettext_lazy(
        "“%(name)s” holds a part of a kind that is not taken (%(found)s), such as a "
        "drawing or a font. Turn it into a PNG picture, or save the document as PDF."
    ),
}


def sentence(error: Refused, name: str) -> str:
    """For people; ``name`` is the one the file came under."""
    return str(_WORDS[error.reason]) % {
        "name": shown_name(name),
        "found": error.found or _("not told"),
        "limit": error.limit,
        "taken": TAKEN,
    }


def shown_name(name: str, suffix: str = "") -> str:
    """A name for reading and for saving, never a path; with ``suffix`` as its ending.

    >>> shown_name("../../etc/passwd", ".pdf")
    'passwd.pdf'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last if suffix else last
    try:
        safe = get_valid_filename(stem).lstrip(".-")
    except SuspiciousFileOperation:  # nothing was left of it
        safe = ""
    return (safe[:LONGEST_NAME] or _("file")) + suffix
