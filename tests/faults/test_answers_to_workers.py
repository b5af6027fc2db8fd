"""What a publisher may answer to a worker: the run's story and the next run."""

import time

import pytest
from django.utils.http import http_date

from sources.services import confirm_run, discard_run
from tests.faults.portal import (
    NEW,
    NEW_SHOWN,
    OLD,
    OLD_SHOWN,
    packed,
    row,
    shown,
    state,
    story,
    vintages,
)
from tests.sources import eurostat as answers

pytestmark = [pytest.mark.services, pytest.mark.flaky(reruns=1)]

BODY = packed(NEW)
ELSEWHERE = "http://elsewhere.invalid/data"
TODAY = {"PC,ES21": "1|2|9", "PC,ES22": "4|:|6"}  # half of the regions


def later(handler: answers.Handler) -> None:
    answers.status(429, Retry_After=http_date(time.time() + 60))(handler)


def as_data(body: bytes):
    return lambda handler: answers.send(handler, 200, body, "application/octet-stream")


@pytest.mark.parametrize(
    ("answer", "reason", "attempts"),
    [
        (answers.status(500), "answered 500 (2 attempts)", 3),
        (answers.status(429, Retry_After="0"), "answered 429 (2 attempts)", 3),
        # It asks for more than a fetch may take: the next attempt of the run waits.
        (answers.status(429, Retry_After="60"), "answered 429 (1 attempts)", 3),
        (later, "answered 429 (1 attempts)", 3),
        (answers.status(413), "too much at once for the publisher's server", 1),
        (answers.cut_off(BODY), "no complete answer", 3),
        (answers.drip(BODY, every=0.2), "not complete after 1.5 seconds", 3),
        (answers.web_page, "a web page instead of data", 1),
        (answers.disguised_web_page, "tsv.gz", 1),
        (as_data(b"geo;year;value\nES21;2020;1\n"), "tsv.gz", 1),
        (as_data(BODY[:-20]), "tsv.gz", 1),
        (answers.redirect(ELSEWHERE), "redirected to another host", 1),
    ],
    ids=[
        "500", "429", "429 later", "429 with a date", "413", "cut off", "drip",
        "web page", "disguised", "header", "truncated", "redirect",
    ],
)  # fmt: skip
def test_a_bad_answer_is_told_and_the_next_run_is_right(
    portal, answer, reason, attempts
):
    """What may pass is tried by the run as often as it may be; the rest is not."""
    code = portal.loaded()
    portal.source.serve(code, NEW)
    portal.source.misbehave(_unless_asked_for_a_change(answer))
    run = portal.ask(code)
    portal.reaches(run, "failed", sweeping=True)
    assert shown(code) == OLD_SHOWN
    ended = row(run)
    assert reason in ended.message
    assert ended.attempt == attempts
    assert story(run).count("begins on") == attempts
    assert ended.finished_at is not None
    portal.source.behave()
    again = portal.ask(code)
    portal.reaches(again, "loaded", sweeping=True)
    assert shown(code) == NEW_SHOWN
    assert vintages(code).count() == 5


def _unless_asked_for_a_change(answer):
    """The question whether anything changed is answered; the data are the trouble."""

    def told(handler):
        if handler.headers.get("If-None-Match"):
            answers.send(handler, 200, BODY, "application/octet-stream")
        else:
            answer(handler)

    return told


def test_half_of_the_regions_gone_waits_for_a_yes_or_a_no(portal):
    code = portal.loaded()
    portal.source.serve(code, TODAY)
    first = portal.ask(code)
    portal.reaches(first, "held")
    assert shown(code) == OLD_SHOWN
    assert "would take away 6 of the 11 values" in row(first).message
    assert "No longer in it: ES23 (Region ES23), ES24" in row(first).message
    discard_run(first, asked_by="Ada")
    assert (state(first), shown(code)) == ("cancelled", OLD_SHOWN)
    second = portal.ask(code)
    portal.reaches(second, "held")  # a no holds for one run, not for ever
    confirm_run(second, asked_by="Ada")
    portal.reaches(second, "loaded", sweeping=True)
    assert shown(code) == NEW_SHOWN[:2]
    assert row(second).retired == 2
    assert "To be loaded all the same." in story(second)
    portal.source.serve(code, OLD)
    third = portal.ask(code)
    portal.reaches(third, "loaded")
    assert shown(code) == OLD_SHOWN
