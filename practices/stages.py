"""Where a practice stands on its way to readers, and what of it they see. Pure.

``stage`` says who has to act next; ``state`` (``sources.curation``) says what readers
see. A practice under revision goes through review again while its published text
stays public, so one stage may go with two states; which, stands here and nowhere else.
"""

from enum import StrEnum


class Stage(StrEnum):
    DRAFT = "draft"
    COMPLETENESS = "completeness"
    CHANGES_ASKED = "changes_asked"
    SUBSTANCE = "substance"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    REVISION_ASKED = "revision_asked"
    REVISING = "revising"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


IN_REVIEW = frozenset({Stage.COMPLETENESS, Stage.SUBSTANCE})
ON_THE_WAY = IN_REVIEW | {Stage.CHANGES_ASKED, Stage.APPROVED}
STANDING = frozenset({Stage.PUBLISHED, Stage.REVISION_ASKED, Stage.REVISING})
CLOSED = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.ARCHIVED})
# In these the text is open to its authors.
EDITABLE = frozenset({Stage.DRAFT, Stage.CHANGES_ASKED, Stage.REVISING})

# The stages that go with each state; the database holds the same as a constraint.
STAGES_OF: dict[str, frozenset[Stage]] = {
    "draft": frozenset({Stage.DRAFT}),
    "in_review": frozenset(ON_THE_WAY),
    "scheduled": frozenset({Stage.SCHEDULED}),
    "published": STANDING | ON_THE_WAY | {Stage.SCHEDULED},
    "archived": CLOSED,
}
# Where a record stands whose state was set by the starter, an import or the admin.
_HOME = {
    "draft": Stage.DRAFT,
    "in_review": Stage.COMPLETENESS,
    "scheduled": Stage.SCHEDULED,
    "published": Stage.PUBLISHED,
    "archived": Stage.ARCHIVED,
}


def stage_for(state: str, stage: str) -> Stage:
    """The stage as it is, or the home of the state where the two contradict."""
    held = Stage(stage)
    return held if held in STAGES_OF[state] else _HOME[state]


def state_for(stage: Stage, *, is_public: bool) -> str:
    """What readers see at a stage; ``is_public``: a text of it is published now."""
    if stage in CLOSED:
        return "archived"
    if stage in STANDING or (is_public and stage != Stage.DRAFT):
        return "published"
    if stage in ON_THE_WAY:
        return "in_review"
    return stage.value
