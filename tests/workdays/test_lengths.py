"""A length is written one way only, and what is wrong is said in Chinese."""

from typing import get_args

import pytest

from fazheng.workdays import BadLength, Length, Unit


@pytest.mark.parametrize("text", ["1 days", "5 working days", "90 days", "2 months", "1 years", "100 years"])
def test_the_text_comes_back_from_a_length(text: str) -> None:
    assert str(Length.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "5", "days", "5days", "5  days", " 5 days", "5 days ", "5 days\n", "1 day", "1 working day", "2 month",
     "1 year", "5 Working Days", "five days", "5 weeks", "24 hours", "05 days", "-5 days", "+5 days", "5.0 days",
     "５ days", "5个工作日", "5 workingdays", "5 days 3 months"],
)  # fmt: skip
def test_any_other_text_is_refused_and_the_right_one_shown(text: str) -> None:
    with pytest.raises(BadLength, match=r"(?s)期限写法不对.*5 working days"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["0 days", "0 working days", "36526 days", "1201 months", "101 years", "9999999 days"])
def test_no_length_at_all_and_more_than_a_century_are_refused(text: str) -> None:
    with pytest.raises(BadLength, match="数字应在1到"):
        Length.parse(text)


def test_a_length_made_in_code_is_checked_too() -> None:
    with pytest.raises(BadLength, match="数字应在1到"):
        Length(0, "days")
    with pytest.raises(BadLength, match="单位不认识"):
        Length(1, "day")  # type: ignore[arg-type]


def test_an_extension_lengthens_the_same_count() -> None:
    assert Length(20, "working days").extended_by(Length(10, "working days")) == Length.parse("30 working days")


def test_an_extension_of_another_unit_is_refused() -> None:
    with pytest.raises(BadLength, match="单位不同"):
        Length(60, "days").extended_by(Length(1, "months"))


def test_there_are_four_units() -> None:
    assert get_args(Unit) == ("days", "working days", "months", "years")
