"""References that the database does not guard are found when they lead nowhere."""

import pytest
from django.db import connection

from indicators.integrity import REFERENCES, orphans
from tests import factories

pytestmark = pytest.mark.django_db


def closed_vintage(run):
    return factories.VintageFactory(
        valid_from=run.started_at, valid_to=run.started_at, closed_by=run
    )


def test_whole_data_have_no_orphans(django_assert_num_queries):
    run = factories.IngestRunFactory()
    closed_vintage(run)
    with django_assert_num_queries(len(REFERENCES)):
        assert orphans() == {}


@pytest.mark.parametrize(("model", "name"), [item[:2] for item in REFERENCES])
def test_a_reference_to_nothing_is_counted(model, name):
    run = factories.IngestRunFactory()
    row = closed_vintage(run)
    pk = row.pk if model._meta.model_name == "vintage" else row.series_id
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} "  # noqa: S608  # names are the model's
            f"SET {name}_id = 999999 WHERE id = %s",
            [pk],
        )
    assert orphans() == {f"{model._meta.model_name}.{name}": 1}
