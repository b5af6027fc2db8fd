"""Arrays and bulk rows come back as they went in, on whichever database runs."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from indicators.fields import FlagsField, SeriesArrayField
from indicators.models import Series, Slice, Vintage
from indicators.storage import insert_rows, last_id
from tests import factories
from tests.indicators.test_series import build, cell_lists

VINTAGE_COLUMNS = (
    "series", "opened_by", "closed_by", "valid_from", "valid_to", "frequency",
    "start", "values", "statuses", "confidentiality", "digest",
)  # fmt: skip
pytestmark = pytest.mark.django_db

EDGES = [None, 0.0, -0.5, 1e300, -1e300, 5e-324, 0.1 + 0.2, 123456789012345.6, 7.0]


@pytest.fixture
def place():
    """A series and a run; fresh series for further vintages stand beside it."""
    return factories.SeriesFactory(), factories.IngestRunFactory()


def write(series, run, item) -> Vintage:
    """The observations through the bulk path; read back as a model object."""
    insert_rows(
        Vintage,
        VINTAGE_COLUMNS,
        [
            (
                series.pk, run.pk, None, run.started_at, None, item.frequency,
                item.start, item.values, item.statuses, item.confidentiality,
                item.digest(),
            )
        ],
    )  # fmt: skip
    return Vintage.objects.current().get(series=series)


def as_written(row: Vintage):
    return row.frequency, row.start, row.values, row.statuses, row.confidentiality


def test_bulk_rows_keep_edge_values_and_flags(place):
    flags = ["", "b", "bep", "", "", "u", "", "", ""]
    secret = ["C", *[""] * 8]
    item = build(list(zip(EDGES, flags, secret, strict=True)))
    row = write(*place, item)
    assert as_written(row) == ("A", 2020, EDGES, flags, secret)
    assert row.digest == item.digest()
    assert row.valid_from == place[1].started_at
    assert row.closed_by_id is None


def test_no_flags_at_all_is_null_and_not_an_empty_array(place):
    row = write(*place, build([(1.0, "", "")]))
    assert as_written(row) == ("A", 2020, [1.0], None, None)


@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(cells=cell_lists)
def test_any_observations_come_back_with_the_same_digest(place, cells):
    item = build(cells)
    with transaction.atomic():
        row = write(*place, item)
        assert build(list(_cells(row)), start=row.start).digest() == item.digest()
        assert row.digest == item.digest()
        row.delete()


def _cells(row: Vintage):
    blank = [""] * len(row.values)
    return zip(
        row.values, row.statuses or blank, row.confidentiality or blank, strict=True
    )


def test_the_orm_writes_the_same_arrays(place):
    series, run = place
    row = factories.VintageFactory(
        series=series, opened_by=run, values=EDGES, statuses=["b", *[""] * 8]
    )
    row.refresh_from_db()
    assert (row.values, row.statuses) == (EDGES, ["b", *[""] * 8])
    assert row.confidentiality is None


def test_postgresql_holds_native_arrays_and_sqlite_text():
    def types(item: str) -> str:
        return SeriesArrayField(item=item).db_type(connection)

    expected = {
        "postgresql": ("double precision[]", "text[]"),
        "sqlite": ("text", "text"),
    }
    assert (types("float"), types("text")) == expected[connection.vendor]


def test_an_array_of_something_else_is_refused():
    with pytest.raises(ValueError, match="an array of 'date' is not supported"):
        SeriesArrayField(item="date")


def test_a_migration_can_write_the_field_down():
    _name, path, args, kwargs = SeriesArrayField(item="text", null=True).deconstruct()
    assert path == "indicators.fields.SeriesArrayField"
    assert SeriesArrayField(*args, **kwargs).item == "text"


def test_flags_are_one_text_on_every_database(place):
    series, run = place
    row = factories.VintageFactory(
        series=series, opened_by=run, values=[1.0, 2.0, 3.0], statuses=["", "b", ""]
    )
    assert FlagsField().db_type(connection) == "text"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statuses, confidentiality FROM indicators_vintage WHERE id = %s",
            [row.pk],
        )
        assert cursor.fetchone() == ("\tb\t", None)


def test_text_that_sql_would_misread_comes_back_unchanged(place):
    series, _run = place

    odd = "tab\tline\nreturn\rback\\slash \\N"
    insert_rows(Slice, ("dataflow", "key"), [(series.slice.dataflow_id, odd)])
    assert Slice.objects.filter(key=odd).exists()


def test_no_rows_are_no_work():
    insert_rows(Series, ("id", "slice", "area"), [])
    assert Series.objects.count() == 0


def test_ids_of_deleted_rows_never_come_back():
    made = factories.SeriesFactory()
    last = made.pk
    made.delete()
    if connection.vendor == "sqlite":
        assert last_id(Series) == last
    assert factories.SeriesFactory().pk > last
