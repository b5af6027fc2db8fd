"""What can stand in the way of a change; each says it in a sentence for people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.analysis.completeness import Completeness
from practices.machine import Action, Condition
from practices.stages import Stage


class PracticeError(Exception):
    """``str()`` is fit to be shown."""


class NotAllowed(PracticeError):  # noqa: N818  # reads as what it says
    """Not theirs to do, or not now.

    ``condition`` is what is not met, None where the part or the stage forbids it.
    ``is_ever`` tells whether it could be theirs at another stage: 409, not 403.
    """

    def __init__(
        self,
        text: str,
        action: Action | None = None,
        stage: Stage | None = None,
        condition: Condition | None = None,
        *,
        is_ever: bool = True,
    ) -> None:
        super().__init__(text)
        self.action, self.stage, self.condition = action, stage, condition
        self.is_ever = is_ever


class Incomplete(NotAllowed):
    """Not everything is said that has to be; ``completeness`` says what is missing."""

    def __init__(self, text: str, completeness: Completeness, stage: Stage) -> None:
        super().__init__(text, Action.SUBMIT, stage, Condition.COMPLETE)
        self.completeness = completeness


class Conflict(PracticeError):  # noqa: N818  # as above
    """Somebody else changed it since it was read; nothing was written.

    ``who`` is a name ("" where not known) and ``at`` the time of that change,
    ``revision`` the one of now. ``theirs`` and ``yours`` are the fields in question,
    as they are kept now and as they were sent; empty where no text was saved.
    """

    def __init__(
        self,
        who: str,
        at: datetime | None,
        revision: int,
        theirs: Mapping[str, Any] | None = None,
        yours: Mapping[str, Any] | None = None,
    ) -> None:
        self.who, self.at, self.revision = who, at, revision
        self.theirs, self.yours = dict(theirs or {}), dict(yours or {})
        super().__init__(self._text())

    def _text(self) -> str:
        said = {
            "who": self.who or _("Somebody"),
            "at": date_format(localtime(self.at), "j F Y, H:i") if self.at else "",
        }
        return (
            _(
                "%(who)s changed this practice on %(at)s, after you opened it. "
                "Nothing of yours was written over it: compare the two and save again."
            )
            % said
        )
