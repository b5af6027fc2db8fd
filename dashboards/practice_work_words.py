"""One's own practice in words: what happens next, and what one may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.machine import Action
from practices.stages import Stage

NEXT: Mapping[Stage, Promise] = {
    Stage.DRAFT: _(
        "Only its authors see it. When nothing is missing any more, the lead author "
        "submits it."
    ),
    Stage.COMPLETENESS: _(
        "Somebody of the portal looks whether everything is told. You hear of it by "
        "notice and e-mail."
    ),
    Stage.CHANGES_ASKED: _(
        "The reviewers ask for changes: see their comments. Submit it again when they "
        "are made."
    ),
    Stage.SUBSTANCE: _(
        "An expert reads what was done and how sure its success is. You hear of it by "
        "notice and e-mail."
    ),
    Stage.APPROVED: _("It is approved. A curator publishes it."),
    Stage.SCHEDULED: _("It is approved, and is published by itself on its day."),
    Stage.PUBLISHED: _(
        "Readers see it. To change something, start a revision: the published text "
        "stays until the new one is approved."
    ),
    Stage.REVISION_ASKED: _(
        "Readers see it. A reviewer asks for a revision: start one, and submit it."
    ),
    Stage.REVISING: _(
        "Readers see the published text. Your revision is seen by its authors only, "
        "until it was submitted and published."
    ),
    Stage.DECLINED: _("It was declined. The reason stands in its story."),
    Stage.WITHDRAWN: _(
        "You took it back; nobody else sees it. Its lead author can reopen it."
    ),
    Stage.ARCHIVED: _("A curator took it off the pages. The reason is in its story."),
}
# What readers go on seeing while a revision is looked at.
BESIDE = _("Meanwhile readers see the text published before.")


@dataclass(frozen=True, slots=True)
class Offer:
    """An action of authors; ``about`` says what follows before it is confirmed."""

    action: Action
    label: Promise
    about: Promise
    button: Promise
    done: Promise
    has_reason: bool = False
    is_grave: bool = False


OFFERS = (
    Offer(
        Action.START_REVISION,
        _("Start a revision"),
        _("A new text beside the published one, which readers go on seeing."),
        _("Start the revision"),
        _("The revision is open. Readers see the published text until it is approved."),
    ),
    Offer(
        Action.REOPEN,
        _("Reopen it"),
        _("It becomes a draft again, with its text as it was."),
        _("Reopen it as a draft"),
        _("It is a draft again."),
        has_reason=True,
    ),
    Offer(
        Action.DISCARD_REVISION,
        _("Discard the revision"),
        _(
            "The new text is deleted and cannot be had back; the published one stays "
            "as it is."
        ),
        _("Discard the new text"),
        _("The revision is discarded; the published text stays."),
        is_grave=True,
    ),
    Offer(
        Action.WITHDRAW,
        _("Withdraw it"),
        _(
            "It is taken off the pages and out of review. Nothing is deleted: its lead "
            "author can reopen it."
        ),
        _("Withdraw the practice"),
        _("It is withdrawn."),
        has_reason=True,
        is_grave=True,
    ),
)
DECLARATION = _(
    "What is told is true to the best of our knowledge, all authors agree that it is "
    "published here, and it names no private person."
)
