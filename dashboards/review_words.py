"""Review of good practices in words: actions, ties, lacks and reasons."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dashboards.practice_words import WHYS
from practices.actors import Tie
from practices.analysis.completeness import Lack, Missing, Step
from practices.analysis.evidence import Reason
from practices.machine import Action, Actor

# What is decided on the page of one practice, in the order it is offered.
DECISIONS: dict[Action, Promise] = {
    Action.ASK_CHANGES: gettext_lazy("Ask for changes"),
    Action.PASS: gettext_lazy("Pass it on to the experts"),
    Action.APPROVE: gettext_lazy("Approve"),
    Action.PUBLISH: gettext_lazy("Publish now"),
    Action.SCHEDULE: gettext_lazy("Publish on a day to come"),
    Action.UNSCHEDULE: gettext_lazy("Take back the day of publication"),
    Action.ASK_REVISION: gettext_lazy("Ask for a revision"),
    Action.DECLINE: gettext_lazy("Decline"),
    Action.ARCHIVE: gettext_lazy("Archive: take it off the pages"),
    Action.REOPEN: gettext_lazy("Reopen as a draft"),
}
STORY: dict[str, Promise] = {
    "create": gettext_lazy("began it"),
    "join": gettext_lazy("joined as an author"),
    "leave": gettext_lazy("left the authors"),
    "appoint": gettext_lazy("named the lead author"),
    Action.EDIT: gettext_lazy("edited"),
    Action.SUBMIT: gettext_lazy("submitted"),
    Action.ASK_CHANGES: gettext_lazy("asked for changes"),
    Action.PASS: gettext_lazy("passed the completeness"),
    Action.APPROVE: gettext_lazy("approved"),
    Action.DECLINE: gettext_lazy("declined"),
    Action.PUBLISH: gettext_lazy("published"),
    Action.SCHEDULE: gettext_lazy("set a day of publication"),
    Action.UNSCHEDULE: gettext_lazy("took back the day of publication"),
    Action.ASK_REVISION: gettext_lazy("asked for a revision"),
    Action.START_REVISION: gettext_lazy("began a revision"),
    Action.DISCARD_REVISION: gettext_lazy("dropped the revision"),
    Action.WITHDRAW: gettext_lazy("withdrew"),
    Action.ARCHIVE: gettext_lazy("archived"),
    Action.REOPEN: gettext_lazy("reopened"),
}
ROLES: dict[str, Promise] = {
    Actor.LEAD: gettext_lazy("lead author"),
    Actor.CO_AUTHOR: gettext_lazy("co-author"),
    Actor.CURATOR: gettext_lazy("curator"),
    Actor.SECRETARIAT: gettext_lazy("secretariat"),
    Actor.EXPERT: gettext_lazy("expert"),
    Actor.SYSTEM: gettext_lazy("the portal"),
}
TIES: dict[Tie, Promise] = {
    Tie.AUTHOR: gettext_lazy("you are one of its authors"),
    Tie.ORGANISATION: gettext_lazy(
        "you work in its organisation, or in that of an author"
    ),
    Tie.PROJECT: gettext_lazy("your organisation is a partner of its project"),
}
STEPS: dict[str, Promise] = {
    Step.BASICS: gettext_lazy("In short"),
    Step.PLACE: gettext_lazy("Where and by whom"),
    Step.TOPICS: gettext_lazy("Topics and domains"),
    Step.STORY: gettext_lazy("What was done"),
    Step.RESOURCES: gettext_lazy("Cost and resources"),
    Step.EVIDENCE: gettext_lazy("Evidence of success"),
    Step.TRANSFER: gettext_lazy("For other regions"),
    Step.FILES: gettext_lazy("Images and documents"),
}


def reason_words(reason: Reason) -> str:
    """ "Evidence 2: no value before"; of the whole text without the number."""
    said = str(WHYS[reason.why])
    if reason.item is None:
        return said
    return _("evidence %(n)d: %(said)s") % {"n": reason.item + 1, "said": said}


def missing_words(missing: Missing) -> str:
    """What one field lacks, without the name of the field."""
    match missing.lack:
        case Lack.TOO_SHORT:
            return ngettext(
                "%(words)d word of at least %(limit)d",
                "%(words)d words of at least %(limit)d",
                missing.words,
            ) % {"words": missing.words, "limit": missing.limit}
        case Lack.TOO_LONG:
            return _("%(words)d words, at most %(limit)d") % {
                "words": missing.words,
                "limit": missing.limit,
            }
        case Lack.NO_ALT:
            return _("an image has no text alternative")
        case Lack.ITEM_UNSAID:
            return _("a piece does not say what it shows")
    return _("nothing is said")
