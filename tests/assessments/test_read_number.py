"""Numbers as people type them: every notation that is clear, and none that is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.answering import RefusedError, read_number
from assessments.questions import type_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        (" 0.5 ", 0.5),
        ("800,50", 800.5),
        (".5", 0.5),
        ("0,125", 0.125),
        ("1000.125", 1000.125),
        ("1.5000", 1.5),
        ("1 000", 1000),
        ("12\N{NARROW NO-BREAK SPACE}500,75", 12500.75),
        ("1\N{NO-BREAK SPACE}000\N{THIN SPACE}000", 1_000_000),
        ("-4", -4),
        ("007", 7),
        ("１２", 12),  # digits of another script are digits
    ],
)
def test_what_is_clear_is_read(typed: str, number: float) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", " ", "many", "1_0", "1e3", "inf", "nan", "-", ".", "5.", "1,5,0", "1,234,567", "1,234.5", "1.234,5", "10 00", "1 5",
     " 1  000", "+4", "0x10", "½", "9" * 31],
)  # fmt: skip
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "ways"),
    [("1,000", "1000 or 1"), ("250.000", "250000 or 250"), ("12,345", "12345 or 12.3450"), ("-1.500", "-1500 or -1.5")],
)  # fmt: skip
def test_what_could_be_either_is_refused_with_both_ways_to_say_it(typed: str, ways: str) -> None:
    with pytest.raises(RefusedError, match=f"^{typed} can be read in two ways: enter {ways}$"):
        read_number(typed)


@given(st.integers(-(10**12), 10**12) | st.floats(0.1, 1e12).map(lambda each: round(each, 6)))
def test_what_was_stored_is_read_back_as_the_same(number: float) -> None:
    assert read_number(type_number(number)) == number
