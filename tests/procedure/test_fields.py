"""What a clerk may type in a field of each kind, and what is said where it does not fit."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazheng.lawbook.procedure import HELD_APART, KINDS, Kind
from fazheng.procedure.fields import FieldFault, check, read, read_date
from fazheng.procedure.identifiers import is_id_number, is_org_code, org_code

CHOICES = {"colour": {"red": "红", "blue": "蓝"}}
CODE = "51999900MJX00000X8"
ID = "99900119900101001X"


def id_number(first17: str) -> str:
    """A number with its check digit, by the table of GB 11643."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(n) * w for n, w in zip(first17, weights, strict=True)) % 11]


GOOD: list[tuple[str, str, Any]] = [
    ("yes_no", "是", True),
    ("yes_no", "否", False),
    ("yes_no", "有", True),
    ("yes_no", "TRUE", True),
    ("yes_no", " 0 ", False),
    ("number", "12", 12),
    ("number", "0", 0),
    ("date", "2024-03-05", "2024-03-05"),
    ("date", "2024/3/5", "2024-03-05"),
    ("date", "2024.3.5", "2024-03-05"),
    ("date", "2024年3月5日", "2024-03-05"),
    ("date", "20240305", "2024-03-05"),
    ("date", "2024-02-29", "2024-02-29"),
    ("words", "养老机构收费", "养老机构收费"),
    ("words", "字" * 40, "字" * 40),
    ("words", "2024年第3次会议", "2024年第3次会议"),
    ("words", "工单202403191508230001", "工单202403191508230001"),
    ("words", "DH202403051230001", "DH202403051230001"),
    ("words", "2024-03-05 2024-03-06", "2024-03-05 2024-03-06"),
    ("yuan", "1234.50", 123450),
    ("yuan", "1,234.5元", 123450),
    ("yuan", "0", 0),
    ("yuan", "0.01", 1),
    ("choice:colour", "red", "red"),
    ("choice:colour", "蓝", "blue"),
    ("choice:colour*", "红、蓝", ["red", "blue"]),
    ("people", "Z001、Z002", ["Z001", "Z002"]),
    ("people:officer", "Z001 Z002", ["Z001", "Z002"]),
    ("org_code", CODE, CODE),
    ("org_code", CODE.lower(), CODE),
    ("document_no", "示民罚决字〔2024〕3号", "示民罚决字〔2024〕3号"),
    ("statute", "行政处罚法", "行政处罚法"),
    ("statute*", "宪法，行政处罚法", ["宪法", "行政处罚法"]),
    ("case", "hotline.ticket-2024-0001", "hotline.ticket-2024-0001"),
    ("text", "什么都可以写，13800000000 也可以", "什么都可以写，13800000000 也可以"),
    ("text*", "不拆开、整段", "不拆开、整段"),
    ("person", "示例某", "示例某"),
    ("id_number", id_number("99900119900101001"), id_number("99900119900101001")),
    ("phone", "0999-1234567", "0999-1234567"),
    ("phone", "+86 138 0000 0000", "+86 138 0000 0000"),
    ("address", "示例县示例路1号", "示例县示例路1号"),
    ("bank_account", "6222 0000 0000 0000", "6222 0000 0000 0000"),
    ("file", "笔录.pdf", "笔录.pdf"),
]
BAD: list[tuple[str, str, str]] = [
    ("yes_no", "也许", "要写成 是 或 否"),
    ("yes_no", "", "要写成 是 或 否"),
    ("number", "三", "不是整数"),
    ("number", "1.5", "不是整数"),
    ("number", "1" * 16, "不是整数"),
    ("date", "2024-02-30", "这一天不存在"),
    ("date", "2024-13-01", "这一天不存在"),
    ("date", "三月五日", "不是日期"),
    ("date", "45356", "像是表格软件里的日期序号"),
    ("date", "2024-03", "不是日期"),
    ("words", "字" * 41, "最多40个字，现有41个"),
    ("words", "张某电话13800000000", "不能写身份证号、电话、账号"),
    ("words", ID, "不能写身份证号、电话、账号"),
    ("words", "证号999001199001010012", "不能写身份证号、电话、账号"),
    ("words", "打 138 0000 0000", "不能写身份证号、电话、账号"),
    ("words", "6222 0000 0000 0000", "不能写身份证号、电话、账号"),
    ("words", "卡4000000000000000", "不能写身份证号、电话、账号"),
    ("words", "  ", "不能为空"),
    ("yuan", "一千", "不是金额"),
    ("yuan", "1.005", "最多两位小数"),
    ("yuan", "NaN", "最多两位小数"),
    ("yuan", "-1", "不能是负数"),
    ("number", "-3", "不能是负数"),
    ("yuan", "1" * 16, "不能大得离奇"),
    ("choice:colour", "绿", "不在可选项里，可选：红、蓝"),
    ("choice:colour*", "红、绿", "“绿”不在可选项里，可选：红、蓝"),
    ("choice:colour*", "红、red", "有重复的"),
    ("people", "Z001、Z001", "有重复的"),
    ("org_code", CODE[:-1] + "9", "末位校验码"),
    ("org_code", "51999900", "18位"),
    ("document_no", "示民罚决字(2024)3号", "要写成 示民罚决字〔2024〕3号 的样子"),
    ("statute", "法" * 41, "最多40个字"),
    ("statute", "张某13800000000", "不能写身份证号、电话、账号"),
    ("case", "", "不能为空"),
    ("text", "   ", "不能为空"),
    ("person", "", "不能为空"),
    ("id_number", "990000199001010010", "末位校验码"),
    ("id_number", id_number("99900119901301001"), "末位校验码"),
    ("phone", "问他本人", "电话只能写数字"),
    ("address", "", "不能为空"),
    ("bank_account", "某行", "账号只能写数字"),
    ("file", "", "不能为空"),
]


@pytest.mark.parametrize(("kind", "typed", "value"), GOOD)
def test_what_fits_is_read(kind: str, typed: str, value: Any) -> None:
    found = read(Kind.parse(kind), typed, CHOICES)
    assert (found, type(found)) == (value, type(value))
    assert check(Kind.parse(kind), found, CHOICES) == ""


@pytest.mark.parametrize(("kind", "typed", "told"), BAD)
def test_what_does_not_fit_is_refused_in_chinese(kind: str, typed: str, told: str) -> None:
    with pytest.raises(FieldFault) as fault:
        read(Kind.parse(kind), typed, CHOICES)
    assert told in str(fault.value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_good_and_bad_examples(kind: str) -> None:
    assert any(Kind.parse(shown).name == kind for shown, _, _ in GOOD)
    assert any(Kind.parse(shown).name == kind for shown, _, _ in BAD)


def told(kind: Kind, typed: str) -> str:
    """What is said against it; empty where it fits."""
    try:
        read(kind, typed, CHOICES)
    except FieldFault as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize("kind", sorted(HELD_APART))
def test_a_fault_of_what_is_held_apart_never_repeats_it(kind: str) -> None:
    for typed in ("秘密甲秘密", "秘密甲秘密、秘密甲秘密"):
        for text in (kind, kind + "*"):
            assert "秘密" not in told(Kind.parse(text), typed)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("yes_no", 1),
        ("number", True),
        ("number", 1.0),
        ("number", "1"),
        ("yuan", -1),
        ("date", "2024-02-30"),
        ("date", "20240305"),
        ("date", 20240305),
        ("words", 5),
        ("people", "Z001"),
        ("people", [3]),
        ("people", [""]),
        ("choice:colour", "红"),
        ("choice:colour*", "red"),
        ("words", {"apart": "0"}),
        ("text", {"apart": "0", "more": 1}),
    ],
)
def test_a_value_that_no_clerk_typed_is_held_against_its_kind_too(kind: str, value: Any) -> None:
    assert check(Kind.parse(kind), value, CHOICES) != ""


def test_what_is_held_apart_may_stand_as_its_digest() -> None:
    assert check(Kind.parse("text"), {"apart": "0" * 64}, CHOICES) == ""


@pytest.mark.parametrize("text", ["numbr", "choice", "choice:", "words:colour", "people:", "text!", "yes_no:x", ""])
def test_a_kind_that_is_not_on_the_list_is_no_kind(text: str) -> None:
    with pytest.raises(ValueError, match=r"没有这种字段|冒号"):
        Kind.parse(text)


def test_a_kind_says_whether_it_is_optional_many_and_held_apart() -> None:
    kind = Kind.parse("people:officer?")
    assert (kind.name, kind.of, kind.optional, kind.many, kind.apart) == ("people", "officer", True, True, False)
    assert Kind.parse("text?*") == Kind("text", "", True, True)
    assert {name for name in KINDS if Kind.parse("choice:x" if name == "choice" else name).apart} == set(HELD_APART)


# ── identifiers ──


def test_the_code_of_the_law_files_page_is_sound() -> None:
    assert is_org_code(CODE)
    assert org_code(CODE[:17]) == CODE


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 17), st.data())
def test_one_wrong_sign_in_an_organisation_code_is_found(first: str, at: int, data: st.DataObject) -> None:
    code = org_code(first)
    sign = data.draw(st.sampled_from([s for s in "0123456789ABCDEFGHJKLMNPQRTUWXY" if s != code[at]]))
    assert is_org_code(code)
    assert not is_org_code(code[:at] + sign + code[at + 1 :])


@given(st.integers(0, 10**6 - 1), st.dates(), st.integers(0, 999), st.integers(0, 16), st.data())
def test_one_wrong_digit_in_an_id_number_is_found(
    area: int, born: Any, number: int, at: int, data: st.DataObject
) -> None:
    sound = id_number(f"{area:06}{born:%Y%m%d}{number:03}" if born.year >= 1000 else f"{area:06}19900101{number:03}")
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != sound[at]]))
    assert is_id_number(sound)
    assert not is_id_number(sound[:at] + digit + sound[at + 1 :])


@given(st.text(max_size=20))
def test_whatever_is_typed_as_a_date_is_a_day_or_a_fault_in_chinese(typed: str) -> None:
    fault = told(Kind.parse("date"), typed)
    assert (
        re.search(r"不是日期|不存在", fault) if fault else re.fullmatch(r"\d{4}-\d{2}-\d{2}", read_date(typed.strip()))
    )


@given(st.text(max_size=20), st.sampled_from(KINDS))
def test_whatever_is_typed_fits_its_kind_or_is_a_fault(typed: str, kind: str) -> None:
    known = Kind.parse("choice:colour" if kind == "choice" else kind)
    if not told(known, typed):
        value = read(known, typed, CHOICES)
        assert value == [] or check(known, value, CHOICES) == ""
