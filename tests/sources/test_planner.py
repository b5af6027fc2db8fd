"""Statistics after a load, where the database keeps them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Vintage
from sources.planner import refresh_statistics
from tests.factories import VintageFactory

ESTIMATE = "SELECT reltuples FROM pg_class WHERE relname = %s"


@pytest.mark.django_db
def test_the_planner_knows_how_many_rows_there_are():
    VintageFactory.create_batch(3)
    with CaptureQueriesContext(connection) as captured:
        refresh_statistics([Vintage])
        refresh_statistics([Vintage], changed=1_000)
    if connection.vendor != "postgresql":
        assert len(captured) == 0
        return
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATE, [Vintage._meta.db_table])
        (rows,) = cursor.fetchone()
    assert rows == Vintage.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("changed", "looks"), [(40, 0), (49, 0), (60, 1), (None, 1)])
def test_a_small_change_is_not_worth_a_look(changed, looks):
    VintageFactory.create_batch(3)
    refresh_statistics([Vintage])
    with CaptureQueriesContext(connection) as captured:
        refresh_statistics([Vintage], changed=changed)
    asked = [query for query in captured if query["sql"].startswith("ANALYZE")]
    assert len(asked) == (looks if connection.vendor == "postgresql" else 0)
