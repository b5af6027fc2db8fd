"""Query strings: defaults filled in, and every refusal names what is allowed."""

import pytest
from django import forms
from django.http import QueryDict

from sources.queryforms import LISTED, InvalidQuery, QueryForm, validate


class ViewForm(QueryForm):
    indicator = forms.ChoiceField(choices=[("gdp", "GDP"), ("gerd", "GERD")])
    level = forms.TypedChoiceField(
        choices=[(0, "country"), (2, "NUTS 2")], coerce=int, initial=2, required=False
    )
    region = forms.MultipleChoiceField(
        choices=[("Spain", [("ES21", "Basque"), ("ES22", "Navarre")])],
        required=False,
        initial=["ES21"],
    )
    last = forms.IntegerField(min_value=1, required=False)

    def clean(self):
        if self.cleaned_data.get("last") == 13:
            raise forms.ValidationError("unlucky")
        return self.cleaned_data


def refusals(text):
    with pytest.raises(InvalidQuery) as caught:
        validate(ViewForm, QueryDict(text))
    return {error.parameter: error for error in caught.value.errors}


def test_absent_parameters_take_their_initial_value():
    assert validate(ViewForm, QueryDict("indicator=gdp")) == {
        "indicator": "gdp",
        "level": 2,
        "region": ["ES21"],
        "last": None,
    }


def test_given_parameters_replace_the_initial_values():
    query = QueryDict("indicator=gerd&level=0&region=ES22&region=ES21&page=3")
    cleaned = validate(ViewForm, query)
    assert cleaned["level"] == 0
    assert cleaned["region"] == ["ES22", "ES21"]


def test_a_value_that_is_no_choice_names_the_choices():
    found = refusals("indicator=gdpp&region=ES99")
    assert found["indicator"].allowed == ("gdp", "gerd")
    assert "gdpp" in found["indicator"].detail
    assert found["region"].allowed == ("ES21", "ES22")


def test_a_missing_parameter_is_named():
    found = refusals("level=2")
    assert list(found) == ["indicator"]
    assert found["indicator"].allowed == ("gdp", "gerd")


def test_an_unknown_parameter_is_refused_with_the_known_names():
    found = refusals("indicator=gdp&indikator=gerd")
    assert found["indikator"].allowed == (
        "indicator",
        "level",
        "region",
        "last",
        "format",
        "page",
        "page_size",
    )


def test_a_single_value_given_twice_is_refused():
    found = refusals("indicator=gdp&indicator=gerd")
    assert list(found) == ["indicator"]
    assert "once" in found["indicator"].detail


def test_a_number_out_of_range_and_a_rule_over_several_fields():
    found = refusals("indicator=gdp&last=0")
    assert found["last"].allowed == ()
    assert "1" in found["last"].detail
    assert refusals("indicator=gdp&last=13")[""].detail == "unlucky"


def test_the_error_reads_as_one_line():
    with pytest.raises(InvalidQuery, match=r"^indicator: .*gdpp.* \(gdp, gerd\)$"):
        validate(ViewForm, QueryDict("indicator=gdpp"))


def test_a_very_long_list_of_choices_is_not_listed():
    class LongForm(QueryForm):
        code = forms.ChoiceField(choices=[(n, n) for n in range(1, LISTED + 2)])

    with pytest.raises(InvalidQuery) as caught:
        validate(LongForm, QueryDict("code=none"))
    assert caught.value.errors[0].allowed == ()


def test_an_unbound_form_shows_the_initial_values():
    assert ViewForm()["level"].value() == "2"
