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
    if connection.vendor != "postgresql":
        assert len(captured) == 0
        return
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATE, [Vintage._meta.db_table])
        (rows,) = cursor.fetchone()
    assert rows == Vintage.objects.count() == 3
