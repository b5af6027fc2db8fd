"""The kinds of notices; each app adds its own when it starts.

A kind has a text, ``templates/mail/<name with _ for ->.txt``: its first line is the
subject, the rest the body.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models.notices import Delivery

# Stands for all kinds that someone gets in the mail of the day.
DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """``default`` holds for who chose nothing.

    Kinds for curators are in nobody else's preferences. ``label`` stands there and in
    the mail: "you get this because of ...".
    """

    name: str
    label: "str | Promise"
    default: Delivery = Delivery.AT_ONCE
    is_for_curators: bool = False

    @property
    def template(self) -> str:
        return f"mail/{self.name.replace('-', '_')}.txt"


_KINDS: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    """Call it in ``AppConfig.ready``; a name is given once."""
    if _KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"two kinds of notices are called {kind.name!r}")


def kind_named(name: str) -> NoticeKind:
    """KeyError for a name that no app registered."""
    return _KINDS[name]


def all_kinds() -> list[NoticeKind]:
    return list(_KINDS.values())


def label_of(name: str) -> str:
    """What stands in mails and forms; of a kind that is no longer made, its name."""
    if name == DIGEST:
        return _("notices once a day")
    kind = _KINDS.get(name)
    return str(kind.label) if kind else name
