"""What the database itself refuses, whoever writes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from indicators.models import Indicator, ReferenceArea, Vintage
from tests import factories

pytestmark = pytest.mark.django_db


def refused(constraint: str, make, **fields: object) -> None:
    """The write fails, for that reason; SQLite names columns instead of a rule."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make(**fields)
    told = str(caught.value)
    assert constraint in told or "UNIQUE constraint failed" in told


def test_one_row_for_a_dataflow_of_an_agency():
    factories.DataflowFactory(code="tgs00042")
    factories.DataflowFactory(code="tgs00042", agency="OECD")
    refused("dataflow_agency_code_unique", factories.DataflowFactory, code="tgs00042")


def test_one_row_for_a_slice_of_a_dataflow():
    made = factories.SliceFactory()
    factories.SliceFactory(key=made.key)
    refused(
        "slice_dataflow_key_unique",
        factories.SliceFactory,
        dataflow=made.dataflow,
        key=made.key,
    )


def test_one_row_for_a_code_of_a_dataflow():
    made = factories.ReferenceAreaFactory()
    factories.ReferenceAreaFactory(region=made.region)
    refused(
        "referencearea_dataflow_code_unique",
        factories.ReferenceAreaFactory,
        dataflow=made.dataflow,
        region=made.region,
    )


@pytest.mark.parametrize("kind", ReferenceArea.Kind.values)
def test_only_a_region_has_a_region(kind):
    region = factories.RegionFactory()
    fields = {"code": "X", "kind": kind}
    if kind == ReferenceArea.Kind.REGION:
        factories.ReferenceAreaFactory(region=region, **fields)
        fields["region"] = None
    else:
        factories.ReferenceAreaFactory(region=None, **fields)
        fields["region"] = region
    refused("referencearea_region_valid", factories.ReferenceAreaFactory, **fields)


def test_one_series_for_a_slice_and_an_area():
    made = factories.SeriesFactory()
    refused(
        "series_slice_area_unique",
        factories.SeriesFactory,
        slice=made.slice,
        area=made.area,
    )


def test_a_series_has_one_current_vintage_and_any_number_of_old_ones():
    made = factories.VintageFactory()
    refused("vintage_current_unique", factories.VintageFactory, series=made.series)
    closed = {
        "series": made.series,
        "valid_to": made.valid_from,
        "closed_by": made.opened_by,
        "valid_from": made.valid_from - timedelta(days=1),
    }
    factories.VintageFactory(**closed)
    factories.VintageFactory(**closed)
    assert list(Vintage.objects.current()) == [made]


@pytest.mark.parametrize("broken", ["no run", "no moment", "ends before it begins"])
def test_a_closed_vintage_says_when_and_by_which_run(broken):
    run = factories.IngestRunFactory()
    fields = {"opened_by": run, "closed_by": run, "valid_to": run.started_at}
    if broken == "no run":
        fields["closed_by"] = None
    elif broken == "no moment":
        fields["valid_to"] = None
    else:
        fields["valid_to"] = run.started_at - timedelta(seconds=1)
    refused("vintage_valid_to_valid", factories.VintageFactory, **fields)


def test_a_run_that_opened_data_cannot_be_deleted():
    made = factories.VintageFactory()
    with pytest.raises(ProtectedError):
        made.opened_by.delete()


def test_a_region_with_data_cannot_be_deleted():
    area = factories.ReferenceAreaFactory()
    with pytest.raises(ProtectedError):
        area.region.delete()


ORIGINS = {
    "nothing": {"dataflow": None, "slice_key": ""},
    "numerator only": {"dataflow": None, "slice_key": "", "numerator": True},
    "dataflow and ratio": {"numerator": True, "denominator": True},
    "ratio with a slice": {"dataflow": None, "numerator": True, "denominator": True},
}


@pytest.mark.parametrize("name", ORIGINS)
def test_an_indicator_is_a_slice_or_a_ratio_and_never_both(name):
    other = factories.IndicatorFactory()
    fields = {k: other if v is True else v for k, v in ORIGINS[name].items()}
    refused("indicator_origin_valid", factories.IndicatorFactory, **fields)


def test_a_ratio_is_derived_and_its_parts_stay():
    ratio = factories.DerivedIndicatorFactory()
    assert ratio.is_derived
    assert not ratio.numerator.is_derived
    with pytest.raises(ProtectedError):
        ratio.numerator.delete()


def test_names_for_people():
    made = factories.VintageFactory()
    assert str(made.series) == f"A.PC_GDP.{made.series.area.code}"
    assert str(made).endswith("from 2020")
    dataflow = made.series.slice.dataflow
    assert str(dataflow) == dataflow.target == f"ESTAT:{dataflow.code}"
    indicator = factories.IndicatorFactory(slug="gerd", name="R&D intensity")
    assert str(indicator) == "R&D intensity"
    assert indicator.get_absolute_url() == "/indicators/gerd/"
    assert Indicator.objects.get() == indicator
