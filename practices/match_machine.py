"""Who may do what to a match request and to an introduction: two tables. Pure.

A request goes from the portal's proposals through a curator to its asker; nobody else
hears of it before a curator sent it. An introduction asks the other side, and opens a
thread once both agreed. ``docs/practices.md`` shows the tables in words.
"""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class RequestState(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"
    COMPLETED = "completed"
    INTRODUCED = "introduced"
    CLOSED = "closed"
    DECLINED = "declined"


class IntroductionState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    ENDED = "ended"


class Part(StrEnum):
    """The part a person plays towards one request; a person may play several."""

    ASKER = "asker"
    OTHER = "other"
    CURATOR = "curator"
    SYSTEM = "system"


class Act(StrEnum):
    PROPOSE = "propose"
    ARRANGE = "arrange"
    COMPLETE = "complete"
    DECLINE = "decline"
    INTRODUCE = "introduce"
    MEET = "meet"
    KEEP = "keep"
    CLOSE = "close"
    AGREE = "agree"
    REFUSE = "refuse"
    WRITE = "write"
    REPORT = "report"
    SETTLE = "settle"
    END = "end"


State = TypeVar("State", RequestState, IntroductionState)


@dataclass(frozen=True, slots=True)
class Rule(Generic[State]):
    """``target`` is None where the state stays; ``is_told``: it takes a reason."""

    act: Act
    at: Set[State]
    target: State | None
    who: Set[Part]
    is_told: bool = False


R, N = RequestState, IntroductionState
UNDONE = {R.OPEN, R.PROPOSED}
SENT = {R.COMPLETED, R.INTRODUCED}
LIVE = UNDONE | SENT

REQUEST_RULES = (
    Rule(Act.PROPOSE, {R.OPEN}, R.PROPOSED, {Part.SYSTEM}),
    Rule(Act.ARRANGE, LIVE, None, {Part.CURATOR}),
    Rule(Act.COMPLETE, UNDONE, R.COMPLETED, {Part.CURATOR}),
    Rule(Act.COMPLETE, SENT, None, {Part.CURATOR}),
    Rule(Act.DECLINE, UNDONE, R.DECLINED, {Part.CURATOR}, is_told=True),
    Rule(Act.INTRODUCE, SENT, None, {Part.ASKER}),
    Rule(Act.MEET, SENT, R.INTRODUCED, {Part.OTHER}),
    Rule(Act.KEEP, SENT, None, {Part.ASKER}),
    Rule(Act.CLOSE, LIVE, R.CLOSED, {Part.ASKER}),
    Rule(Act.CLOSE, SENT, R.CLOSED, {Part.CURATOR}, is_told=True),
    Rule(Act.CLOSE, SENT, R.CLOSED, {Part.SYSTEM}),
)
INTRODUCTION_RULES = (
    Rule(Act.AGREE, {N.ASKED}, N.AGREED, {Part.OTHER}),
    Rule(Act.REFUSE, {N.ASKED}, N.REFUSED, {Part.OTHER}),
    Rule(Act.WRITE, {N.AGREED}, None, {Part.ASKER, Part.OTHER}),
    Rule(Act.REPORT, {N.AGREED}, None, {Part.ASKER, Part.OTHER}, is_told=True),
    Rule(Act.SETTLE, set(N), None, {Part.CURATOR}),
    Rule(Act.END, {N.ASKED}, N.ENDED, {Part.ASKER, Part.SYSTEM}),
    Rule(Act.END, {N.AGREED}, N.ENDED, {Part.ASKER, Part.OTHER, Part.SYSTEM}),
    Rule(Act.END, {N.ASKED, N.AGREED}, N.ENDED, {Part.CURATOR}, is_told=True),
)


def request_rule(
    act: Act, state: RequestState, parts: Set[Part]
) -> Rule[RequestState] | None:
    """The first rule that lets one of these parts do it in this state."""
    return _first(REQUEST_RULES, act, state, parts)


def introduction_rule(
    act: Act, state: IntroductionState, parts: Set[Part]
) -> Rule[IntroductionState] | None:
    return _first(INTRODUCTION_RULES, act, state, parts)


def is_ever(act: Act, parts: Set[Part]) -> bool:
    """Whether it is theirs to do in any state."""
    return any(
        rule.act is act and rule.who & parts
        for rule in (*REQUEST_RULES, *INTRODUCTION_RULES)
    )


def _first(
    rules: tuple[Rule[State], ...], act: Act, state: State, parts: Set[Part]
) -> Rule[State] | None:
    for rule in rules:
        if rule.act is act and state in rule.at and rule.who & parts:
            return rule
    return None
