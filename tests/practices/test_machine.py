"""Each part x each stage x each action: allowed or refused, from a table of its own.

The table was written from the issue, not from the code: one line an action and part,
with the stages at which it is allowed and where each leads.
"""

import pytest

from practices.machine import RULES, Action, Actor, actions_at, rule_for, stages_for
from practices.stages import STAGES_OF, Stage, stage_for, state_for

# action | part | stage>target (public target after a slash), "." where it stays
TABLE = """
edit | lead | draft>. changes_asked>. revising>.
edit | co_author | draft>. changes_asked>. revising>.
submit | lead | draft>completeness changes_asked>completeness revising>completeness
ask_changes | curator | completeness>changes_asked substance>changes_asked
ask_changes | secretariat | completeness>changes_asked
ask_changes | expert | substance>changes_asked
pass | curator | completeness>substance
pass | secretariat | completeness>substance
approve | expert | substance>approved
decline | curator | completeness>declined/published substance>declined/published
decline | expert | substance>declined/published
publish | curator | approved>published scheduled>published
publish | system | scheduled>published
schedule | curator | approved>scheduled scheduled>scheduled
unschedule | curator | scheduled>approved
ask_revision | curator | published>revision_asked
ask_revision | expert | published>revision_asked
start_revision | lead | published>revising revision_asked>revising
start_revision | co_author | published>revising revision_asked>revising
discard_revision | lead | revising>published completeness>published
discard_revision | lead | changes_asked>published substance>published
discard_revision | lead | approved>published scheduled>published
withdraw | lead | draft>withdrawn completeness>withdrawn changes_asked>withdrawn
withdraw | lead | substance>withdrawn approved>withdrawn scheduled>withdrawn
withdraw | lead | published>withdrawn revision_asked>withdrawn revising>withdrawn
archive | curator | draft>archived completeness>archived changes_asked>archived
archive | curator | substance>archived approved>archived scheduled>archived
archive | curator | published>archived revision_asked>archived revising>archived
archive | curator | declined>archived withdrawn>archived
reopen | lead | withdrawn>draft
reopen | curator | withdrawn>draft declined>draft archived>draft
invite | lead | draft>. completeness>. changes_asked>. substance>. approved>.
invite | lead | scheduled>. published>. revision_asked>. revising>.
assign | curator | completeness>. substance>.
sign | expert | substance>. approved>. scheduled>. published>. revision_asked>.
sign | expert | revising>.
"""


def _read() -> dict[tuple[str, str, str], tuple[str, str]]:
    found = {}
    for line in TABLE.strip().splitlines():
        action, actor, steps = (part.strip() for part in line.split("|"))
        for step in steps.split():
            stage, _, targets = step.partition(">")
            target, _, public = targets.replace(".", stage).partition("/")
            found[action, actor, stage] = (target, public or target)
    return found


ALLOWED = _read()


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("action", Action)
def test_every_action_of_every_part_at_every_stage(action, stage, actor):
    rule = rule_for(action, stage, {actor})
    wanted = ALLOWED.get((action, actor, stage))
    if wanted is None:
        assert rule is None
        return
    assert rule is not None
    assert rule.leads_to(stage, is_public=False) == wanted[0]
    assert rule.leads_to(stage, is_public=True) == wanted[1]


def test_conditions_stand_where_the_issue_asks_for_them():
    """By action: all its rules for people share them, but for what is named apart."""
    asked = {
        rule.action: {str(c) for c in rule.conditions}
        for rule in RULES
        if rule.who != {Actor.SYSTEM} and rule.action is not Action.REOPEN
    }
    judging = {"ask_changes", "pass", "approve", "decline", "publish", "schedule"}
    judging |= {"unschedule", "ask_revision", "sign"}
    assert {a for a, c in asked.items() if "no_conflict" in c} == judging
    reasons = {"ask_changes", "decline", "ask_revision", "archive"}
    assert {a for a, c in asked.items() if "comment" in c} == reasons
    assert asked[Action.SUBMIT] == {"complete"}
    assert asked[Action.PASS] == {"no_conflict", "first_post"}
    assert asked[Action.APPROVE] == {"no_conflict", "second_person"}
    assert asked[Action.SCHEDULE] == {"no_conflict", "future"}
    assert asked[Action.DISCARD_REVISION] == {"was_public"}


def test_several_parts_add_up():
    both = {Actor.LEAD, Actor.EXPERT}
    assert Action.SIGN in actions_at(Stage.SUBSTANCE, both)
    assert Action.WITHDRAW in actions_at(Stage.SUBSTANCE, both)
    assert actions_at(Stage.SUBSTANCE, {Actor.READER}) == []
    assert stages_for(Action.APPROVE, {Actor.LEAD}) == frozenset()


def test_every_step_ends_where_stage_and_state_agree():
    for rule in RULES:
        for stage in rule.at:
            for is_public in (False, True):
                target = rule.leads_to(stage, is_public=is_public)
                state = state_for(target, is_public=is_public)
                if rule.action is Action.DISCARD_REVISION and not is_public:
                    continue  # the condition forbids it
                assert target in STAGES_OF[state], (rule.action, stage, is_public)


def test_a_text_that_is_public_stays_so_until_it_is_closed_or_reopened():
    for stage in set(Stage) - {"draft", "declined", "withdrawn", "archived"}:
        assert state_for(stage, is_public=True) == "published"
    for stage in ("completeness", "changes_asked", "substance", "approved"):
        assert state_for(Stage(stage), is_public=False) == "in_review"


def test_who_sets_the_state_by_hand_gets_a_stage_that_goes_with_it():
    assert stage_for("published", "draft") == Stage.PUBLISHED
    assert stage_for("published", "substance") == Stage.SUBSTANCE
    assert stage_for("draft", "published") == Stage.DRAFT
    assert stage_for("archived", "published") == Stage.ARCHIVED
    assert stage_for("in_review", "draft") == Stage.COMPLETENESS
