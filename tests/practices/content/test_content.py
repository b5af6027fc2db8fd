"""What is taken, what is refused, and that nothing is lost on the way."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from practices.content import cleaned, content_of, write
from practices.models import GoodPractice
from practices.stages import Stage
from tests import factories
from tests.factories.practices import whole_practice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("nothing", "x", "no field"),
        ("title", "  ", "needs a title"),
        ("title", "x" * 201, "at most 200"),
        ("summary", 5, "Text is expected"),
        ("summary", "x" * 20_001, "20000"),
        ("language", "xx", "not a valid choice"),
        ("start", "12/2015", "is no date"),
        ("cost_eur", "much", "amount in euro"),
        ("cost_eur", "-1", "from 0"),
        ("cost_eur", "NaN", "from 0"),
        ("is_failure", "yes", "Yes or no"),
        ("organisation", "nobody", "nobody"),
        ("project", "nothing", "nothing"),
        ("regions", ["ZZ99"], "ZZ99"),
        ("regions", "ES21", "A list"),
        ("themes", ["nothing"], "nothing"),
        ("domains", ["economic:nothing"], "economic:nothing"),
        ("evidence", [{"secret": 1}], "Evidence 1"),
        ("evidence", [{"source_url": "javascript:alert(1)"}], "Evidence 1"),
        ("evidence", [{"source_url": "ftp://example.org/a"}], "valid URL"),
        ("evidence", [{"figure": "https://elsewhere.org"}], "/api/v1/figures/"),
        ("evidence", [{"indicator_slug": "gone"}], "gone"),
        ("evidence", [{"result_value": "lots"}], "no number"),
        ("evidence", [{"result_year": 20.5}], "no year"),
        ("evidence", [{"baseline_year": 2019, "result_year": 2018}], "before"),
        ("evidence", [{}] * 31, "at most 30"),
    ],
)
def test_refused(field, value, word):
    with pytest.raises(ValidationError) as caught:
        cleaned({field: value})
    assert word in " ".join(caught.value.message_dict[field])


def test_all_faults_are_told_at_once():
    with pytest.raises(ValidationError) as caught:
        cleaned({"start": "soon", "cost_eur": "much", "summary": "Good."})
    assert set(caught.value.message_dict) == {"start", "cost_eur"}


def test_controls_and_direction_marks_are_taken_out():
    told = cleaned({"summary": " a\x00b\u202ec\r\nd\t ", "title": "One\n two"})
    assert told == {"summary": "abc\nd", "title": "One two"}


def test_a_title_belongs_to_one_practice():
    one, other = factories.GoodPracticeFactory(), factories.GoodPracticeFactory()
    assert cleaned({"title": one.title}, of=one) == {"title": one.title}
    with pytest.raises(ValidationError):
        cleaned({"title": one.title}, of=other)


def test_drafts_of_others_cannot_be_linked():
    hidden = factories.ProjectFactory(state="draft")
    with pytest.raises(ValidationError):
        cleaned({"project": hidden.slug})
    named_here = factories.OrganisationFactory(state="draft", origin="portal")
    doubted = factories.OrganisationFactory(state="draft", origin="fact_book")
    assert cleaned({"organisation": named_here.slug})
    with pytest.raises(ValidationError):
        cleaned({"organisation": doubted.slug})


def test_regions_of_today_need_no_version():
    region = factories.RegionFactory()
    old = factories.RegionFactory(code=region.code, version=2021)
    assert cleaned({"regions": [region.code.lower()]}) == {
        "regions": [f"{region.code}@2024"]
    }
    assert cleaned({"regions": [f"{old.code}@2021"]})


def test_content_survives_the_way_into_rows_and_back():
    project = factories.ProjectFactory()
    indicator = factories.IndicatorFactory()
    practice = whole_practice(project=project, programme=project.programme)
    told = {
        **content_of(practice),
        "start": "2012-03",
        "end": "2014",
        "cost_eur": "7500.00",
        "is_failure": True,
        "language": "eu",
        "domains": ["policy:growth"],
        "regions": [f"{factories.RegionFactory().code}@2024"],
        "evidence": [
            {
                **content_of(practice)["evidence"][0],
                "indicator_slug": indicator.slug,
                "figure": "/api/v1/figures/trend/?geo=ES21",
                "result_value": 0.1,
            }
        ],
    }
    factories.DomainFactory(kind="policy", code="growth")
    kept = cleaned(told, of=practice)
    assert kept == told
    write(practice, kept)
    row = GoodPractice.objects.get(pk=practice.pk)
    assert content_of(row) == told
    assert row.cost_eur == Decimal(7500)
    assert row.nuts_codes == [told["regions"][0].partition("@")[0]]
    assert not row.is_mapping_draft


def test_reading_takes_the_same_statements_however_much_is_said(
    django_assert_max_num_queries,
):
    practice = whole_practice(Stage.PUBLISHED)
    practice.themes.add(*[factories.ThemeFactory() for _ in range(5)])
    with django_assert_max_num_queries(8):
        content_of(GoodPractice.objects.get(pk=practice.pk))
