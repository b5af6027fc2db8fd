"""Which organisations may be one and the same."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.analysis.duplicates import Entry, candidates, compare, host_of
from desk.models import DuplicatePair
from desk.services.duplicates import dismiss, find_duplicates
from tests.factories import OrganisationFactory

NAMES = st.lists(
    st.sampled_from(
        ["agency", "basque", "council", "development", "energy", "institute", "lab"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
ENTRIES = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "ES", "IT"]), st.sampled_from(["", "derio"])),
    max_size=25,
).map(
    lambda rows: [
        Entry(pk=pk, name=name, country=country, town=town)
        for pk, (name, country, town) in enumerate(rows, start=1)
    ]
)


@given(ENTRIES)
def test_blocks_lose_no_pair_that_shares_a_word(entries):
    found = {(c.first, c.second): c for c in candidates(entries)}
    for one in entries:
        for other in entries:
            if one.pk < other.pk and (candidate := compare(one, other)):
                assert found[one.pk, other.pk] == candidate


@given(ENTRIES)
def test_the_order_of_the_entries_does_not_matter(entries):
    assert candidates(entries) == candidates(entries[::-1])


def test_the_score_has_its_reasons():
    one = Entry(1, "tecnalia", country="ES", town="derio", host="tecnalia.com")
    other = Entry(2, "tecnalia", country="ES", town="derio", host="tecnalia.com")
    found = compare(one, other)
    assert found
    assert found.score == 100
    assert found.reasons == ("same_name", "same_website", "same_town")
    assert compare(one, Entry(3, "tecnalia", country="IT")) is None


def test_hosts():
    assert host_of("https://www.tecnalia.com/en") == "tecnalia.com"
    assert host_of("http://[broken") == ""


def test_twenty_thousand_take_seconds():
    chance = random.Random(7)  # noqa: S311  # the same names every time
    words = [f"w{n}" for n in range(4000)]
    usual = ["university", "region", "development", "agency", "innovation"]
    entries = [
        Entry(
            pk,
            " ".join([*chance.sample(words, 2), *chance.sample(usual, 2)]),
            country="ES",
        )
        for pk in range(20_000)
    ]
    began = time.process_time()
    candidates(entries)
    assert time.process_time() - began < 30


@pytest.mark.django_db
def test_what_is_no_duplicate_is_not_proposed_again():
    OrganisationFactory(name="Tecnalia Research", town="")
    OrganisationFactory(name="TECNALIA Research", town="")
    OrganisationFactory(name="Council of Ávila", town="")
    assert find_duplicates() == 1
    pair = DuplicatePair.objects.get()
    dismiss(pair, by="curator")
    assert find_duplicates() == 0
    pair.refresh_from_db()
    assert pair.dismissed_by == "curator"
