"""The mails of the embedded default: files under var/outbox, one for each sending."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

FILES = "django.core.mail.backends.filebased.EmailBackend"
# The backend ends each mail with a line of 79 hyphens.
END = re.compile(rb"^-{79}\n?", re.MULTILINE)
NAME = re.compile(r"[0-9A-Za-z-]+")
LARGEST = 5_000_000
SHOWN_HEADERS = ("From", "To", "Cc", "Reply-To", "Date", "Subject", "List-Unsubscribe")


@dataclass(frozen=True, slots=True)
class StoredMail:
    """``key`` is the file's name and the place in it, such as 20261122-100000-1.0."""

    key: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def sent(self) -> datetime | None:
        try:
            return parsedate_to_datetime(str(self.message["Date"]))
        except ValueError:
            return None

    @property
    def headers(self) -> list[tuple[str, str]]:
        values = ((name, self.message[name]) for name in SHOWN_HEADERS)
        return [(name, str(value)) for name, value in values if value]

    @property
    def text(self) -> str:
        body = self.message.get_body(preferencelist=("plain",))
        return str(body.get_content()) if body else ""

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or "" for part in self.message.iter_attachments()]


def is_there() -> bool:
    """Whether mails are written to files; with a mail server there is no outbox."""
    return bool(settings.EMAIL_BACKEND == FILES)


def newest(most: int) -> list[StoredMail]:
    """The last ones, the newest first."""
    found: list[StoredMail] = []
    for file in sorted(_folder().glob("*.log"), key=_age, reverse=True):
        found.extend(reversed(list(_mails(file))))
        if len(found) >= most:
            break
    return found[:most]


def find(key: str) -> StoredMail | None:
    """A mail by its key; None for one that is not in the outbox."""
    name, _, _place = key.rpartition(".")
    if not NAME.fullmatch(name):
        return None
    file = _folder() / f"{name}.log"
    if not file.is_file():
        return None
    return next((mail for mail in _mails(file) if mail.key == key), None)


def _folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", ""))


def _age(file: Path) -> tuple[float, str]:
    return file.stat().st_mtime, file.name


def _mails(file: Path) -> Iterator[StoredMail]:
    if file.stat().st_size > LARGEST:
        return
    for place, raw in enumerate(END.split(file.read_bytes())):
        if raw.strip():
            message = message_from_bytes(raw, policy=policy.default)
            yield StoredMail(f"{file.stem}.{place}", message)
