"""How a number is written: rates that only say 100 when it is so, yuan out of fen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazheng.figures.value import number_text, per_cent


@pytest.mark.parametrize(
    ("of", "over", "digits", "shown"),
    [
        (1, 166, 1, "0.6"),
        (9996, 10000, 1, "99.9"),
        (9996, 10000, 2, "99.96"),
        (999, 1000, 0, "99"),
        (5, 5, 1, "100.0"),
        (5, 5, 0, "100"),
        (10001, 10000, 1, "100.1"),
        (1, 8, 1, "12.5"),
        (1, 16, 1, "6.3"),
        (0, 7, 1, "0.0"),
    ],
)
def test_a_rate_is_rounded_half_up_and_never_up_to_a_hundred(of: int, over: int, digits: int, shown: str) -> None:
    assert str(per_cent(of, over, digits)) == shown


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_hundred_is_printed_only_where_both_are_equal(of: int, over: int, digits: int) -> None:
    assert (per_cent(of, over, digits) == Decimal(100)) == (of == over)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "0.00"), (5, "0.05"), (120050, "1200.50"), (100, "1.00"), (-5, "-0.05"), (10**14, "1" + "0" * 12 + ".00")],
)
def test_yuan_has_two_decimals(fen: int, shown: str) -> None:
    assert number_text(fen, "元") == shown
    assert number_text(fen, "件") == str(fen)
