"""Pages over any sequence: whole, in order, and refused by name when wrong."""

import json
from urllib.parse import urlsplit

import pytest
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from s3portal.rest.pagination import PageNumberPagination


class Lazy:
    """A sequence that only has a length and slices, as a query's result has."""

    def __init__(self, length):
        self.length = length

    def __len__(self):
        return self.length

    def __getitem__(self, part):
        return list(range(self.length))[part]


class NumbersView(APIView):
    length = 250
    sequence = Lazy

    def get(self, request):
        paginator = PageNumberPagination()
        page = paginator.paginate_queryset(
            self.sequence(self.length), request, view=self
        )
        return paginator.get_paginated_response([{"n": n} for n in page])


def ask(address="/api/v1/n/", **attributes):
    view = type("View", (NumbersView,), attributes)
    response = view.as_view()(APIRequestFactory().get(address))
    if isinstance(response, Response):
        response.render()
    return response.status_code, json.loads(response.content)


@pytest.mark.parametrize("sequence", [Lazy, lambda self, length: range(length)])
def test_following_next_reaches_every_row_once(sequence):
    seen, address = [], "/api/v1/n/?page_size=33&kind=a"
    while address:
        status, page = ask(address, sequence=sequence)
        assert status == 200
        assert list(page) == ["count", "next", "previous", "results"]
        assert page["count"] == 250
        seen += [row["n"] for row in page["results"]]
        address = page["next"]
        assert address is None or "kind=a" in urlsplit(address).query
    assert seen == list(range(250))


def test_default_size_and_links():
    _, page = ask("/api/v1/n/?page=2")
    assert len(page["results"]) == 100
    assert page["next"].endswith("?page=3")
    assert page["previous"].endswith("/api/v1/n/")


def test_nothing_is_one_empty_page():
    status, page = ask(length=0)
    assert status == 200
    assert page == {"count": 0, "next": None, "previous": None, "results": []}


def test_the_largest_size_is_served():
    status, page = ask("/api/v1/n/?page_size=10000", length=12_000)
    assert status == 200
    assert len(page["results"]) == 10_000


@pytest.mark.parametrize("name", ["page", "page_size"])
@pytest.mark.parametrize(
    "text", ["abc", "", "0", "-1", "1.5", "last", "٣", "1_0", "9" * 5000]
)
def test_what_is_no_page_or_size_is_refused_by_name(name, text):
    status, problem = ask(f"/api/v1/n/?{name}={text}")
    assert status == 400
    assert problem["errors"][0]["parameter"] == name


def test_a_size_above_the_largest_is_refused_with_the_range():
    status, problem = ask("/api/v1/n/?page_size=10001")
    assert status == 400
    assert "10000" in problem["errors"][0]["detail"]


def test_a_page_after_the_last_is_not_found():
    status, problem = ask("/api/v1/n/?page=4")
    assert status == 404
    assert "page 4" in problem["detail"]
    assert "3" in problem["detail"]
