"""The ranking of matches against hand-made cases and rules that always hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.analysis.challenge import LEAST_TEXTS, words_of
from practices.analysis.matching import (
    Asked,
    Domains,
    PracticeOffer,
    PracticePart,
    RegionOffer,
    RegionPart,
    matching_practices,
    matching_regions,
)
from practices.analysis.transfer import Part, Reason, Transfer, Verdict
from regions.text import fold

ICT = Domains(frozenset({"economic:ict"}), frozenset({"economic:ict.01"}))


def asked(**given):
    usual = {
        "code": "ES21",
        "domains": ICT,
        "words": words_of("vouchers for small firms"),
        "order": ("FR01", "DE02", "IT03", "PL04"),
        "direct": {"FR01": 3},
        "through": {"DE02": "FR01"},
        "has_partners": True,
    }
    return Asked(**{**usual, **given})


def offer(code="FR01", domains=("economic:ict",), practices=1, projects=2, records=9):
    return RegionOffer(code, frozenset(domains), practices, projects, records)


def practice(key="p", domains=("economic:ict",), text="", score=64.0):
    reason = Reason(Part.EVIDENCE, Verdict.MATCH, {"grade": "measured"})
    transfer = Transfer(key, score, {Part.EVIDENCE: score / 100}, (reason,))
    return PracticeOffer(key, frozenset(domains), fold(text), transfer)


def test_the_nearest_partner_with_the_priority_and_experience_is_a_hundred():
    (found,) = matching_regions(asked(), [offer()])
    assert found.score == pytest.approx(100)
    assert all(reason.verdict is Verdict.MATCH for reason in found.reasons)


def test_parts_of_a_region_by_hand():
    (found,) = matching_regions(
        asked(), [offer("DE02", ["economic:ict.01"], practices=0, projects=1)]
    )
    assert found.values == {
        RegionPart.STRUCTURE: 0.75,
        RegionPart.PRIORITY: 0.5,
        RegionPart.EXPERIENCE: pytest.approx(1 / 3),
        RegionPart.TIES: 0.6,
    }
    # (0.75 x 0.5 x 1/3 x 0.6^0.5) ^ (1 / 3.5)
    assert found.score == pytest.approx(100 * 0.0968245837 ** (1 / 3.5), rel=1e-6)
    facts = {reason.part: reason.facts for reason in found.reasons}
    assert facts[RegionPart.TIES] == {"via": "FR01"}
    assert facts[RegionPart.EXPERIENCE] == {"practices": 0, "projects": 1}


def test_what_is_not_known_has_no_say_and_is_said():
    (found,) = matching_regions(
        asked(order=(), has_partners=False), [offer(practices=0, projects=0, records=0)]
    )
    assert set(found.values) == {RegionPart.PRIORITY}
    assert found.score == pytest.approx(100)
    verdicts = {reason.part: reason.verdict for reason in found.reasons}
    assert verdicts[RegionPart.STRUCTURE] is Verdict.UNKNOWN
    assert verdicts[RegionPart.TIES] is Verdict.UNKNOWN


def test_closeness_alone_proposes_nobody_and_nobody_is_matched_with_themselves():
    nothing = offer(domains=["economic:other"], practices=0, projects=0)
    silent = offer("DE02", [], 0, 0, 0)
    assert matching_regions(asked(), [nothing, silent, offer("ES21")]) == []


def test_practices_by_domain_and_words():
    best = practice("best", text="Innovation vouchers let small firms buy advice")
    other = practice("other", ["economic:x"], text="Vouchers for a firm that is small")
    alone = practice("alone", ["economic:x"], text="Vouchers for schools")
    found = matching_practices(asked(), [alone, other, best])
    assert [match.key for match in found] == ["best", "other"]
    assert found[0].values == {
        PracticePart.TRANSFER: 0.64,
        PracticePart.DOMAIN: 1.0,
        PracticePart.WORDS: 1.0,
    }
    assert found[0].score == pytest.approx(100 * 0.64 ** (1 / 3))
    words = next(r for r in found[0].reasons if r.part is PracticePart.WORDS)
    assert words.facts == {"found": ["vouchers", "small", "firms"], "of": 3}


def test_words_are_folded_cut_and_common_ones_left_out():
    words = words_of("Digitalización of the régions, digital tools with others")
    assert words.telling == ("digitalizacion", "regions", "tools", "others")
    assert words.found_in(fold("A digitalised RÉGION")) == ["digitalizacion", "regions"]
    texts = ["region of tools"] * 6 + ["region"] * (LEAST_TEXTS - 6)
    assert words_of("regions and tools and firms", texts).telling == ("firms",)
    assert words_of("regions and tools", texts[:5]).telling == ("regions", "tools")


codes = st.sampled_from(["FR01", "DE02", "IT03", "PL04", "ES21", "XX99"])
keys = st.frozensets(
    st.sampled_from(["economic:ict", "economic:ict.01", "policy:a"]), max_size=3
)
small = st.integers(0, 4)


@given(
    st.lists(st.builds(RegionOffer, codes, keys, small, small, st.integers(0, 9))),
    st.booleans(),
)
def test_scores_are_in_order_and_between_0_and_100_and_can_be_kept(
    offers, has_partners
):
    found = matching_regions(asked(has_partners=has_partners), offers)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    for match in found:
        assert 0 < match.score <= 100 + 1e-9
        assert json.loads(json.dumps(match.told())) == match.told()
        unknown = {r.part for r in match.reasons if r.verdict is Verdict.UNKNOWN}
        assert unknown == set(RegionPart) - set(match.values)


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_word_found_stands_in_the_challenge_and_in_the_text(challenge, text):
    words = words_of(challenge)
    for word in words.found_in(fold(text)):
        assert word in fold(challenge).split()
        assert any(held.startswith(word[:6]) for held in fold(text).split())
