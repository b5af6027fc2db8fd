"""What is missing, and how far it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.analysis.completeness import FIELDS, Lack, completeness, words
from practices.content.fields import FIELDS as CONTENT
from practices.content.fields import blank_content


def whole():
    told = {
        field.name: " ".join(["word"] * max(field.min_words, 1))
        for field in FIELDS
        if field.name not in ("themes", "domains", "regions", "evidence", "attachments")
    }
    lists = {"themes": ["t"], "domains": ["economic:ict"], "regions": ["ES21@2024"]}
    evidence = [{"indicator": "Firms", "note": ""}]
    return {**blank_content(), **told, **lists, "evidence": evidence}


def test_every_field_asked_for_is_one_of_the_content():
    assert {field.name for field in FIELDS} - set(CONTENT) == {"attachments"}


def test_whole():
    found = completeness(whole())
    assert (found.percent, found.missing) == (100, ())


def test_blank():
    found = completeness(blank_content())
    # The language is proposed; all else is to be told.
    assert found.percent == 100 // sum(field.required for field in FIELDS)
    lacking = {missing.field for missing in found.missing}
    assert lacking == {f.name for f in FIELDS if f.required} - {"language"}
    assert {missing.lack for missing in found.missing} == {Lack.EMPTY}


@pytest.mark.parametrize(
    ("field", "value", "lack", "count", "limit"),
    [
        ("summary", "word " * 14, Lack.TOO_SHORT, 14, 15),
        ("summary", "word " * 101, Lack.TOO_LONG, 101, 100),
        ("preconditions", "word " * 401, Lack.TOO_LONG, 401, 400),
        ("not_worked", "  ", Lack.EMPTY, 0, 0),
        ("evidence", [{"indicator": " ", "unit": "%"}], Lack.ITEM_UNSAID, 0, 0),
        ("attachments", [{"kind": "image", "alt": ""}], Lack.NO_ALT, 0, 0),
    ],
)
def test_one_lack(field, value, lack, count, limit):
    found = completeness({**whole(), field: value})
    assert found.percent < 100
    (missing,) = found.missing
    assert (missing.field, missing.lack) == (field, lack)
    assert (missing.words, missing.limit) == (count, limit)


def test_an_organisation_or_project_may_be_named_in_words():
    told = {**whole(), "organisation": "", "organisation_name": "Agency"}
    assert completeness(told).is_complete
    assert not completeness({**told, "organisation_name": ""}).is_complete


@given(st.sets(st.sampled_from([field.name for field in FIELDS if field.required])))
def test_each_thing_told_brings_it_nearer(gone):
    blank = blank_content()
    found = completeness({**whole(), **{name: blank[name] for name in gone}})
    required = sum(field.required for field in FIELDS)
    told = required - len(gone - {"language"})
    assert found.percent == 100 * told // required


@given(st.lists(st.text(alphabet="ab", min_size=1)), st.sampled_from([" ", "\n", "  "]))
def test_words(parts, gap):
    assert words(gap.join(parts)) == len(parts)
