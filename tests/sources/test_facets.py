"""Facets against counting by hand, on the starter's regions and their data."""

import itertools
import random

import pytest
from django.db.models import Q
from django.http import QueryDict

from indicators.models import ReferenceArea
from regions.countries import country_name
from regions.models import Region
from sources.facets import (
    NOT_RECORDED,
    Bucket,
    BucketFacet,
    ColumnFacet,
    Listing,
    RelatedFacet,
    Sort,
    encode,
)
from sources.queryforms import InvalidQuery, validate

LISTING = Listing(
    facets=(
        ColumnFacet(
            name="country", label="Country", field="country", wording=country_name
        ),
        ColumnFacet(
            name="level", label="Level", field="level", parse=int, by_value=True
        ),
        ColumnFacet(
            name="parent", label="Within", field="parent__code",
            label_field="parent__name",
        ),
        RelatedFacet(
            name="dataflow", label="Data", rows=ReferenceArea.objects.all,
            link="region", field="dataflow__code", label_field="dataflow__name",
        ),
        BucketFacet(
            name="size", label="Size",
            buckets=(
                Bucket("large", "Large", Q(level__lte=1)),
                Bucket("small", "Small", Q(level__gt=1)),
            ),
        ),
    ),
    sorts={"code": Sort("Code", ("code",)), "name": Sort("Name", ("-name",))},
    text=lambda words: Q(name__icontains=words),
)  # fmt: skip


@pytest.fixture
def regions(starter):
    return Region.objects.filter(version=2024)


def values_of(regions):
    """By hand: every region's value or values in each facet."""
    data = {}
    for area in ReferenceArea.objects.select_related("dataflow"):
        data.setdefault(area.region_id, set()).add(area.dataflow.code)
    return {
        region: {
            "country": {region.country or NOT_RECORDED},
            "level": {str(region.level)},
            "parent": {region.parent.code if region.parent else NOT_RECORDED},
            "dataflow": data.get(region.pk, {NOT_RECORDED}),
            "size": {"large" if region.level <= 1 else "small"},
        }
        for region in regions.select_related("parent")
    }


def meets(values, query, but=""):
    return all(
        name == but or not chosen or values[name] & set(chosen)
        for name, chosen in query.items()
    )


def random_query(held, rng):
    query = {}
    for facet in LISTING.facets:
        known = sorted({v for values in held.values() for v in values[facet.name]})
        query[facet.name] = rng.sample(known, min(len(known), rng.choice([0, 0, 1, 3])))
    return query


def test_counts_are_those_of_counting_by_hand(regions):
    held = values_of(regions)
    rng = random.Random(7)  # noqa: S311  # no secret
    for _round in range(12):
        query = random_query(held, rng)
        found = LISTING.search(regions, query)
        wanted = {region for region, values in held.items() if meets(values, query)}
        assert set(found.records) == wanted
        assert (found.total, found.of) == (len(wanted), len(held))
        for view in found.facets:
            rest = [v for v in held.values() if meets(v, query, but=view.name)]
            for option in view.options:
                by_hand = sum(option.value in values[view.name] for values in rest)
                assert option.count == by_hand, (query, view.name, option)
                assert option.is_chosen == (option.value in query[view.name])


def test_statements_do_not_grow_with_the_records(regions, django_assert_num_queries):
    # The keys, each facet, the words.
    with django_assert_num_queries(len(LISTING.facets) + 2):
        LISTING.search(regions, {"country": ["ES", "FR"], "level": ["2"], "q": "a"})


def test_chips_take_back_one_value_each(regions):
    query = {"country": ["ES", "FR"], "q": "a b", "sort": "name"}
    found = LISTING.search(regions, query)
    assert [chip.label for chip in found.chips] == [
        "Words: a b", "Country: Spain", "Country: France",
    ]  # fmt: skip
    taken_back = QueryDict(found.chips[1].query)
    assert taken_back.getlist("country") == ["FR"]
    assert taken_back["q"] == "a b"
    assert taken_back["sort"] == "name"


def test_value_that_nothing_has_stays_on_the_list(regions):
    (country, *_others) = LISTING.search(regions, {"country": ["XX"]}).facets
    (chosen,) = country.chosen
    assert (chosen.value, chosen.count) == ("XX", 0)


def test_values_of_another_type_match_nothing(regions):
    assert LISTING.search(regions, {"level": ["two"]}).total == 0


def test_orders_are_total(regions):
    for name, reverse in (("code", False), ("name", True)):
        records = list(LISTING.search(regions, {"sort": name}).records)
        keys = [(getattr(record, name), record.pk) for record in records]
        assert all(
            (a[0] >= b[0] if reverse else a[0] <= b[0])
            for a, b in itertools.pairwise(keys)
        )


def test_long_facets_keep_the_chosen_in_sight(regions):
    countries = list(dict.fromkeys(regions.values_list("country", flat=True)))
    view = LISTING.search(regions, {"country": [countries[-1]]}).facets[0]
    assert countries[-1] in [option.value for option in view.first]
    assert set(view.first) | set(view.more) == set(view.options)
    assert not set(view.first) & set(view.more)


class TestForm:
    def cleaned(self, text):
        return validate(LISTING.form_class(), QueryDict(text))

    def test_absent_parameters_take_their_usual_values(self, db):
        cleaned = self.cleaned("country=ES&country=FR&country=ES")
        assert cleaned["country"] == ["ES", "FR"]
        assert cleaned["level"] == []
        assert cleaned["sort"] == "code"

    @pytest.mark.parametrize(
        "text",
        [
            "sort=size",
            "colour=red",
            "country=" + "x" * 251,
            "country=%00",
            "q=" + "x" * 101,
            "&".join(f"country={i}" for i in range(41)),
        ],
    )
    def test_what_cannot_be_answered_is_refused(self, text, db):
        with pytest.raises(InvalidQuery):
            self.cleaned(text)

    def test_query_string_gives_the_same_again(self, db):
        cleaned = self.cleaned("country=ES&country=FR&q=a%26b&sort=name")
        assert self.cleaned(encode(cleaned)) == cleaned
