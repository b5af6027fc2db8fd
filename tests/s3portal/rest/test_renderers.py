"""JSON and CSV as clients receive them."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from s3portal.rest.renderers import CSVRenderer, JSONRenderer


def rendered(data, query="", view_class=APIView, **attributes):
    def get(self, request):
        return Response(data)

    view = type("SmallView", (view_class,), {"get": get, **attributes})
    return view.as_view()(APIRequestFactory().get(f"/api/v1/x/{query}")).render()


def rows_of(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode(), newline="")))


def test_json_is_the_default_and_missing_numbers_are_null():
    response = rendered({"nan": float("nan"), "inf": float("inf"), "zero": 0})
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == {"nan": None, "inf": None, "zero": 0}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1.10"), "1.10"),
        (gettext_lazy("region"), "region"),
        (np.float64("nan"), None),
        (np.int64(5), 5),
        (np.array([1.5, np.nan]), [1.5, None]),
        (np.array(["a", None], dtype=object), ["a", None]),
        (pd.NA, None),
        ({1}, [1]),
        (dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "2026-11-22T00:00:00Z"),
        ({2014: "year"}, {"2014": "year"}),
    ],
)
def test_json_writes_the_values_views_hold(value, expected):
    assert json.loads(JSONRenderer().render([value])) == [expected]


def test_json_refuses_what_has_no_form():
    with pytest.raises(TypeError, match="not JSON serializable"):
        JSONRenderer().render([object()])


def test_no_data_is_no_content():
    assert JSONRenderer().render(None) == b""
    assert CSVRenderer().render(None) == b""


def test_csv_of_rows_has_a_header_in_the_order_met():
    data = [{"geo": "ES21", "value": 1.5}, {"geo": "AT11", "value": None, "flag": "b"}]
    assert rows_of(rendered(data, "?format=csv")) == [
        ["geo", "value", "flag"],
        ["ES21", "1.5", ""],
        ["AT11", "", "b"],
    ]


def test_csv_of_a_page_writes_its_results():
    page = {"count": 1, "next": None, "previous": None, "results": [{"geo": "ES21"}]}
    assert rows_of(rendered(page, "?format=csv")) == [["geo"], ["ES21"]]


def test_csv_of_one_object_is_one_row_and_nested_values_are_json():
    data = {"code": "ES21", "names": ["País Vasco"], "parent": {"code": "ES2"}}
    assert rows_of(rendered(data, "?format=csv")) == [
        ["code", "names", "parent"],
        ["ES21", '["País Vasco"]', '{"code":"ES2"}'],
    ]


def test_csv_header_of_an_empty_page_comes_from_the_view():
    class RowSerializer(serializers.Serializer):
        geo = serializers.CharField()
        value = serializers.FloatField()

    empty = {"count": 0, "next": None, "previous": None, "results": []}
    described = rendered(empty, "?format=csv", csv_columns=["geo", "value"])
    assert rows_of(described) == [["geo", "value"]]
    serialised = rendered(
        empty, "?format=csv", GenericAPIView, serializer_class=RowSerializer
    )
    assert rows_of(serialised) == [["geo", "value"]]


def test_csv_follows_rfc_4180_and_defuses_formulas():
    data = [{"a": 'x "y", z\nw', "b": "=1+1", "c": -1, "d": "-", "e": float("nan")}]
    response = rendered(data, "?format=csv")
    assert response.content == (b'a,b,c,d,e\r\n"x ""y"", z\nw",\'=1+1,-1,\'-,\r\n')


def test_csv_is_chosen_by_the_accept_header_too():
    def get(self, request):
        return Response([{"geo": "ES21"}])

    view = type("SmallView", (APIView,), {"get": get})
    request = APIRequestFactory().get("/api/v1/x/", headers={"accept": "text/csv"})
    assert rows_of(view.as_view()(request).render()) == [["geo"], ["ES21"]]
