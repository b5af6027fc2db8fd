import pytest

from indicators.analysis.nace import (
    BUSINESS_ECONOMY,
    divisions_of,
    is_division,
    is_section,
    section_of,
)


def test_business_economy_leaves_out_finance_and_keeps_repair():
    assert "".join(BUSINESS_ECONOMY) == "BCDEFGHIJLMNS95"


@pytest.mark.parametrize("code", ["C", "A", "U"])
def test_a_section_is_one_letter(code):
    assert is_section(code)
    assert not is_division(code)


@pytest.mark.parametrize("code", ["", "V", "c", "C2", "C241", "24", "TOTAL", "B-N"])
def test_other_codes_are_refused(code):
    assert not is_section(code)
    assert not is_division(code)
    with pytest.raises(ValueError, match="neither a NACE section nor a division"):
        section_of(code)


def test_section_of_a_division_and_of_itself():
    assert [section_of(code) for code in ("C24", "S95", "M")] == ["C", "S", "M"]


def test_divisions_of_a_section_keep_their_order():
    codes = ["C", "C25", "B05", "C10", "C241"]
    assert divisions_of("C", codes) == ["C25", "C10"]
    assert divisions_of("D", codes) == []
