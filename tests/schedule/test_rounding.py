"""Rounding half up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.selectors.rounding import percent, two_decimals, whole_number


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(25, 285, 8.77), (10, 285, 3.51), (1, 3, 33.33), (2, 3, 66.67), (1, 800, 0.13), (-1, 3, -33.33), (5, 0, 0.0)],
)
def test_percent(part: int, whole: int, shown: float) -> None:
    assert percent(part, whole) == shown


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"), [(7, 2, 4), (5, 2, 3), (10, 4, 3), (10, 3, 3), (0, 9, 0), (9, 0, 0)]
)
def test_whole_number(numerator: int, denominator: int, shown: int) -> None:
    assert whole_number(numerator, denominator) == shown


@given(numerator=st.integers(-(10**15), 10**15), denominator=st.integers(1, 10**9))
def test_nothing_is_further_off_than_half_a_step(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)

    assert abs(whole_number(numerator, denominator) - exact) <= Fraction(1, 2)
    assert abs(Fraction(str(two_decimals(numerator, denominator))) - exact) <= Fraction(1, 200)
