"""The inputs of the ranking, from the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.analysis.transfer import Part
from practices.stages import Stage
from practices.transfers import STRUCTURE, transfers
from strategies.models import Domain
from tests import factories
from tests.factories.practices import whole_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    """A region with one priority, and indicators of it and two others."""
    regions = [factories.RegionFactory() for _ in range(3)]
    for slug in STRUCTURE[1:3]:
        item = factories.IndicatorFactory(slug=slug)
        cut = factories.SliceFactory(dataflow=item.dataflow, key=item.slice_key)
        for region, value in zip(regions, (10.0, 12.0, 40.0), strict=True):
            area = factories.ReferenceAreaFactory(dataflow=item.dataflow, region=region)
            series = factories.SeriesFactory(slice=cut, area=area)
            factories.VintageFactory(series=series, values=[value])
    priority = factories.PriorityFactory(strategy__region=regions[0])
    priority.domains.add(factories.DomainFactory(code="ict"))
    hidden = factories.PriorityFactory(strategy=priority.strategy, state="draft")
    hidden.domains.add(factories.DomainFactory(code="secret"))
    return regions, priority.domains.get()


def practice_of(region, domain=None, **given):
    practice = whole_practice(given.pop("stage", Stage.PUBLISHED), **given)
    practice.regions.set([region])
    if domain:
        practice.domains.set([domain])
    return practice


def test_what_fits_comes_first_and_drafts_never(here):
    (home, near, far), domain = here
    best = practice_of(near, domain, evidence_grade="measured")
    worse = practice_of(far, domain, evidence_grade="claimed")
    practice_of(home, domain)
    practice_of(near, domain, stage=Stage.DRAFT)
    found = transfers(home)
    assert [practice for practice, _ in found] == [best, worse]
    values = found[0][1].values
    assert values[Part.DOMAINS] == 1
    assert values[Part.EVIDENCE] == 0.8


def test_drafts_among_priorities_say_nothing(here):
    (home, near, _far), _ict = here
    secret = Domain.objects.get(code="secret")
    practice_of(near, secret)
    ((_, found),) = transfers(home)
    assert found.values[Part.DOMAINS] == 0


def test_statements_do_not_grow_with_practices(here):
    (home, near, far), domain = here
    counts = []
    for _ in range(2):
        practice_of(near, domain)
        practice_of(far, domain)
        transfers(home)  # frames are cached
        with CaptureQueriesContext(
            connection,
        ) as caught:
            transfers(home)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12
