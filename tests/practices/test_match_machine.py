"""Each part x each state x each act: allowed or refused, from a table of its own."""

import pytest

from practices.match_machine import (
    Act,
    IntroductionState,
    Part,
    RequestState,
    introduction_rule,
    is_ever,
    request_rule,
)

# act | part | state>target; "." where it stays. "!" after the part: with a reason.
REQUESTS = """
propose | system | open>proposed
arrange | curator | open>. proposed>. completed>. introduced>.
complete | curator | open>completed proposed>completed completed>. introduced>.
decline | curator! | open>declined proposed>declined
introduce | asker | completed>. introduced>.
meet | other | completed>introduced introduced>introduced
keep | asker | completed>. introduced>.
close | asker | open>closed proposed>closed completed>closed introduced>closed
close | curator! | completed>closed introduced>closed
close | system | completed>closed introduced>closed
"""
INTRODUCTIONS = """
agree | other | asked>agreed
refuse | other | asked>refused
write | asker | agreed>.
write | other | agreed>.
report | asker! | agreed>.
report | other! | agreed>.
settle | curator | asked>. agreed>. refused>. ended>.
end | asker | asked>ended agreed>ended
end | other | agreed>ended
end | system | asked>ended agreed>ended
end | curator! | asked>ended agreed>ended
"""


def _read(table):
    found = {}
    for line in table.strip().splitlines():
        act, part, steps = (cell.strip() for cell in line.split("|"))
        for step in steps.split():
            state, _, target = step.partition(">")
            is_told = part.endswith("!")
            found[act, part.rstrip("!"), state] = (target.replace(".", state), is_told)
    return found


@pytest.mark.parametrize(
    ("rule_of", "states", "table"),
    [
        (request_rule, RequestState, _read(REQUESTS)),
        (introduction_rule, IntroductionState, _read(INTRODUCTIONS)),
    ],
)
@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("act", Act)
def test_every_act_of_every_part_in_every_state(act, part, rule_of, states, table):
    for state in states:
        rule = rule_of(act, state, {part})
        found = rule and ((rule.target or state).value, rule.is_told)
        assert found == table.get((act.value, part.value, state.value)), state


def test_parts_add_up_and_what_is_nobody_s_is_never_theirs():
    assert request_rule(Act.CLOSE, RequestState.OPEN, {Part.CURATOR, Part.ASKER})
    assert is_ever(Act.AGREE, {Part.OTHER, Part.CURATOR})
    assert not is_ever(Act.AGREE, {Part.ASKER})
    assert not is_ever(Act.COMPLETE, frozenset())
