"""Calls by their dates, programmes by who may apply."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from programmes.models import Call, Programme
from regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


def call(opens, closes):
    """Days from today, or None."""
    today = timezone.localdate()
    return factories.CallFactory(
        opens=None if opens is None else today + timedelta(days=opens),
        closes=None if closes is None else today + timedelta(days=closes),
    )


@pytest.mark.parametrize(
    ("opens", "closes", "is_open"),
    [
        (-1, 1, True),
        (0, 0, True),
        (None, 0, True),
        (1, 2, False),
        (-2, -1, False),
        (-2, None, False),
        (None, None, False),
    ],
)
def test_a_call_is_open_from_its_first_to_its_last_day(opens, closes, is_open):
    made = call(opens, closes)
    assert made.is_open is is_open
    assert Call.objects.open().exists() is is_open


def test_open_calls_come_first_and_the_nearest_deadline_before_all():
    calls = [call(-9, days) for days in (-5, 20, None, 3, -1)]
    closes = [c.closes and (c.closes - timezone.localdate()).days for c in calls]
    held = list(Call.objects.open_first())
    order = [c.closes and (c.closes - timezone.localdate()).days for c in held]
    assert sorted(closes, key=str) == sorted(order, key=str)
    assert order == [3, 20, -1, -5, None]
    assert list(Call.objects.upcoming()) == []


def test_a_call_cannot_close_before_it_opens():
    with pytest.raises(IntegrityError), transaction.atomic():
        call(2, 1)


def test_a_region_may_apply_where_it_or_its_country_is_eligible():
    region = factories.RegionFactory()
    other = factories.RegionFactory()
    country = factories.EligibleAreaFactory(country="ES").programme
    own = factories.EligibleAreaFactory(country="ES", region=region).programme
    factories.EligibleAreaFactory(country="ES", region=other)
    factories.EligibleAreaFactory(country="FR")
    factories.ProgrammeFactory()  # no area recorded: not known is not yes
    assert set(Programme.objects.open_to(region)) == {country, own}


def test_a_programme_is_one_in_each_period():
    held = factories.ProgrammeFactory(acronym="ERDF")
    factories.ProgrammeFactory(acronym="ERDF", period="2021-2027", last_year=2027)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ProgrammeFactory(acronym="ERDF")
    assert list(Programme.objects.in_period("2014-2020")) == [held]
    assert held.slug == "erdf-2014-2020"


def test_what_followed_a_programme(starter):
    frame = Programme.objects.get(slug="fp7-2007-2013")
    names = []
    while frame:
        names.append(frame.acronym)
        after = frame.successions.public().first()
        frame = after and after.after
    assert names == ["FP7", "H2020", "HORIZON EUROPE"]


def test_who_may_apply_in_the_starter(starter):

    norway = Region.objects.current().get(code="NO")
    open_to = Programme.objects.public().open_to(norway)
    assert {p.acronym for p in open_to} == {"INTERREG IVC", "INTERREG EUROPE"}
    croatia = Region.objects.current().get(code="HR")
    periods = {p.period for p in Programme.objects.open_to(croatia)}
    assert periods == {"2014-2020", "2021-2027"}
