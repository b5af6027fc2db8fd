from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count, F, ProtectedError

from regions.models import Correspondence, MapCell, Region, RegionChange
from regions.parsers.nuts import CellRow, ChangeRow, RegionRow
from regions.services import LoadCounts, NutsRows, load_nuts, load_starter_regions
from sources.exceptions import IngestError
from sources.models import IngestRun

ES = RegionRow(2024, "ES", 0, "ES", "España", "España", "", "EU", -3.6, 40.4)
ES2 = RegionRow(2024, "ES2", 1, "ES", "Noreste", "Noreste", "ES", "EU", -1.6, 42.2)
ES21 = RegionRow(
    2024, "ES21", 2, "ES", "País Vasco", "País Vasco", "ES2", "EU", -2.6, 43
)
OLD = [replace(row, version=2021) for row in (ES, ES2, ES21)]
SPAIN = [ES, ES2, ES21]
TILE = CellRow(2024, "ES21", "tile", 4, 20, None, False)
CHANGE = ChangeRow(2021, 2024, 2, "ES21", "ES21", "renamed", 1.0, 1.0)


def held():
    """Everything loaded, primary keys included: a repeat must not touch a row."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Region, RegionChange, MapCell, Correspondence)
    ]


def test_the_starter_set_has_all_versions_and_levels(nuts):
    counted = {
        (row["version"], row["level"]): row["regions"]
        for row in Region.objects.order_by("version", "level")
        .values("version", "level")
        .annotate(regions=Count("pk"))
    }
    assert [counted[year, 2] for year in (2010, 2013, 2016, 2021, 2024)] == [
        316, 320, 332, 334, 326,
    ]  # fmt: skip
    assert sum(counted.values()) == 2416
    assert Region.objects.current().in_eu().at_level(2).count() == 244
    assert Region.objects.in_version(2013).in_country("EL").at_level(2).count() == 13
    assert RegionChange.objects.count() == 243
    assert MapCell.objects.count() == 1320


def test_every_region_corresponds_to_itself(nuts):
    own = Correspondence.objects.filter(source_id=F("target_id"))
    assert own.filter(relation="same").count() == Region.objects.count()
    lorraine = Region.objects.get(version=2013, code="FR41")
    assert set(
        lorraine.targets.values_list("target__version", "target__code", "relation")
    ) == {
        (2010, "FR41", "same"),
        (2013, "FR41", "same"),
        (2016, "FRF3", "same"),
        (2021, "FRF3", "same"),
        (2024, "FRF3", "same"),
    }


def test_a_repeat_changes_nothing_and_leaves_no_run(nuts):
    before = held()
    runs = IngestRun.objects.count()
    counts = load_starter_regions()
    assert counts == LoadCounts(3979, 0, 0)
    assert counts.unchanged == 3979
    assert held() == before
    assert IngestRun.objects.count() == runs


@pytest.mark.django_db
def test_the_first_load_leaves_a_run_that_tells_of_it():
    said = []
    counts = load_starter_regions(said.append)
    run = IngestRun.objects.get(target="nuts")
    assert (run.read, run.new, run.state) == (3979, counts.new, "loaded")
    assert "3,979 read, 3,979 new, 0 changed, 0 unchanged" in said[0]


@pytest.mark.django_db
def test_only_what_differs_is_written():
    first = load_nuts(NutsRows([*SPAIN, *OLD], [CHANGE], [TILE]))
    keys = dict(Region.objects.values_list("code", "pk"))
    renamed = replace(ES21, name="Euskadi")
    second = load_nuts(NutsRows([ES, ES2, renamed, *OLD], [CHANGE], [TILE]))
    assert (first.new, first.changed) == (8, 0)
    assert (second.new, second.changed, second.unchanged) == (0, 1, 7)
    basque = Region.objects.get(version=2024, code="ES21")
    assert basque.search_text == "es21 euskadi pais vasco"
    assert keys == dict(Region.objects.values_list("code", "pk"))


@pytest.mark.django_db
def test_a_new_change_alters_the_correspondences():
    load_nuts(NutsRows([*SPAIN, *OLD], [CHANGE]))
    old = Region.objects.get(version=2021, code="ES21")
    assert old.targets.get(target__version=2024).relation == "same"
    shifted = replace(CHANGE, kind="boundary_shift", pop_share_of_old=0.97)
    load_nuts(NutsRows([*SPAIN, *OLD], [shifted]))
    assert old.targets.get(target__version=2024).relation == "shifted"
    load_nuts(NutsRows([*SPAIN, *OLD], [replace(shifted, pop_share_of_old=0.9)]))
    assert not old.targets.filter(target__version=2024).exists()


@pytest.mark.django_db
def test_regions_the_rows_do_not_name_stay():
    load_nuts(NutsRows(SPAIN))
    load_nuts(NutsRows([ES, ES2]))
    assert Region.objects.filter(code="ES21").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (NutsRows([*SPAIN, ES21]), "same region twice: NUTS 2024 ES21"),
        (NutsRows([ES, ES21]), "NUTS 2024 ES21: there is no region 'ES2'"),
        (
            NutsRows(SPAIN, cells=[replace(TILE, code="ES99")]),
            "tile: no region ES99 in NUTS 2024",
        ),
    ],
)
def test_rows_that_do_not_fit_load_nothing(rows, message):
    with pytest.raises(IngestError, match=message) as caught:
        load_nuts(rows)
    assert caught.value.rejections
    assert not Region.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("level", 1, "region_level_valid"),
        ("parent", None, "region_parent_valid"),
        ("lon", 200.0, "region_point_valid"),
        ("lat", None, "region_point_valid"),
    ],
)
def test_the_database_refuses_an_impossible_region(field, value, constraint):
    load_nuts(NutsRows(SPAIN))
    region = Region.objects.get(code="ES21")
    setattr(region, field, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        region.save()


@pytest.mark.django_db
def test_the_database_refuses_an_impossible_change():
    change = RegionChange(
        from_version=2021, to_version=2024, level=2, code_new="A", kind="split"
    )
    with pytest.raises(IntegrityError, match="kind_valid"), transaction.atomic():
        change.save()


@pytest.mark.django_db
def test_a_region_with_children_is_not_deleted():
    load_nuts(NutsRows(SPAIN))
    with pytest.raises(ProtectedError):
        Region.objects.get(code="ES2").delete()


@pytest.mark.django_db
def test_the_database_refuses_a_circle_without_a_radius():
    load_nuts(NutsRows(SPAIN))
    region = Region.objects.get(code="ES21")
    cell = MapCell(region=region, layout="dorling", x=1.0, y=1.0)
    with pytest.raises(IntegrityError, match="mapcell_r_valid"), transaction.atomic():
        cell.save()
