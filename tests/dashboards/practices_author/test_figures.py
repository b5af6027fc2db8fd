"""Figures of the portal at evidence: addresses pasted, an indicator with a region."""

import pytest
from django.core.exceptions import ValidationError

from dashboards import practice_figures
from dashboards.practice_figures import figure_address, figure_over_time

HOST = "portal.example"
FIGURE = "/api/v1/figures/map/?indicator=gerd&year=2019"


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """Every figure is there; what was asked for is noted."""
    seen = []
    monkeypatch.setattr(
        practice_figures, "figure_of", lambda address: seen.append(address) or True
    )
    return seen


@pytest.mark.parametrize(
    "typed",
    [
        FIGURE,
        f"  https://portal.example{FIGURE} ",
        f"http://PORTAL.example{FIGURE}&format=csv",
        "https://portal.example/indicators/gerd/?year=2019&classes=equal#map",
        "/indicators/gerd/?year=2019",
    ],
)
def test_what_is_pasted_becomes_the_address_of_the_figure(typed, asked):
    assert figure_address(typed, HOST) == FIGURE
    assert asked == [FIGURE]


@pytest.mark.parametrize(
    "typed",
    [
        f"https://elsewhere.example{FIGURE}",
        f"https://portal.example@elsewhere.example{FIGURE}",
        f"//elsewhere.example{FIGURE}",
        f"javascript:{FIGURE}",
        "api/v1/figures/map/",
        "/api/v1/figures/a/b/c?x=1",
        "/regions/ES21/",
        "/indicators/",
        "https://portal.example",
        "some words",
    ],
)
def test_what_is_no_figure_of_the_portal_is_refused(typed, asked):
    with pytest.raises(ValidationError):
        figure_address(typed, HOST)
    assert asked == []


def test_nothing_is_nothing(asked):
    assert figure_address("  ", HOST) == ""
    assert asked == []


def test_an_indicator_and_a_region_make_a_line_over_time():
    address = figure_over_time("gerd", "EL30@2024")
    assert address == "/api/v1/figures/trend/?indicator=gerd&region=EL30"


def test_a_figure_without_data_is_refused(monkeypatch):
    monkeypatch.setattr(practice_figures, "figure_of", lambda _address: None)
    with pytest.raises(ValidationError, match="no figure at"):
        figure_address(FIGURE, HOST)
