"""Personal numbers, addresses and names are found wherever they stand, and never said again."""

from __future__ import annotations

import json

import pytest

from fazheng.checkup.facts.personal import is_card, is_id15, is_id18
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document, Note, Span, Table
from fazheng.checkup.told.as_html import as_html
from fazheng.checkup.told.as_json import as_json
from fazheng.checkup.told.as_text import as_text
from fazheng.checkup.told.sheet import as_sheet
from fazheng.checkup.told.summary import Checked
from fazheng.procedure.identifiers import is_id_number
from tests.checkup.texts import CLEAN, found, quotes

RULES = ("id-number", "mobile-number", "bank-card", "home-address", "person-named")
HEAD, BORN = "110101", "19900307"


def an_id(first17: str) -> str:
    return next(first17 + last for last in "0123456789X" if is_id18(first17 + last))


def a_card(first: str) -> str:
    return next(first + last for last in "0123456789" if is_card(first + last))


ID = an_id(HEAD + BORN + "123")
CARD = a_card("622200000000000000")
MOBILE = "13812345678"


def text(said: str) -> str:
    return CLEAN.replace("加强培训。", "加强培训。").replace("一是补充执法人员", f"{said}一是补充执法人员")


def told(said: str) -> list[tuple[str, str]]:
    return [(rule, f.severity) for rule in RULES for f in found(rule, text(said))]


@pytest.mark.parametrize("tail", ["001", "222", "579", "998"])
def test_the_check_digit_is_the_one_that_case_files_ask_for(tail: str) -> None:
    number = an_id(HEAD + BORN + tail)
    assert is_id_number(number)
    assert [end for end in "0123456789X" if is_id18(number[:17] + end)] == [number[17]]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (f"当事人身份证号{ID}。", "id-number"),
        (f"证件号码{ID[:6]} {ID[6:14]} {ID[14:]}。", "id-number"),
        ("旧号码110101900307123已核对。", "id-number"),
        (f"联系人手机{MOBILE}。", "mobile-number"),
        ("可打138-1234-5678联系。", "mobile-number"),
        (f"救助金转入账户{CARD}。", "bank-card"),
        (f"转入{' '.join(CARD[n : n + 4] for n in range(0, len(CARD), 4))}。", "bank-card"),
        ("老人家住示例路12号3单元401室。", "home-address"),
        ("走访孤儿李小明，男，9岁。", "person-named"),
        ("为低保户王大山（身患重病）送去物资。", "person-named"),
    ],
)
def test_personal_information_is_found(said: str, rule: str) -> None:
    assert (rule, "error") in told(said)


@pytest.mark.parametrize(
    "said",
    [
        "拨打12345热线，办公电话0999-1234567，网址和邮编100000。",
        "统一社会信用代码51999900MJX00000X8，组织机构代码521101011990030712。",
        "工单编号203101151234567已办结，文号〔2031〕12号。",
        "走访孤儿李某某，男，9岁；低保户王某家住示例镇。",
        "儿童关爱、老人高度满意、学生安全、残疾人康复、困难群众安全过冬。",
        "办公地点在示例路12号行政中心3号楼502室。",
        "发放资金1100000000元，惠及123456人次。",
        f"登记证号{a_card('412345678901234')}。",
    ],
)
def test_public_numbers_and_covered_names_are_left_alone(said: str) -> None:
    assert told(said) == []


def test_a_mobile_that_is_a_published_duty_telephone_is_only_hinted_at() -> None:
    assert told(f"值班电话{MOBILE}。") == [("mobile-number", "info")]


def test_an_old_number_needs_a_province_and_a_day_that_exist() -> None:
    assert is_id15("110101900307123")
    assert not is_id15("990101900307123")
    assert not is_id15("110101901332123")


def secrets_document() -> Document:
    rows = "姓名\t低保金\n王大山\t600\n"
    start = len(CLEAN)
    cells = [
        Span(start, start + 2),
        Span(start + 3, start + 6),
        Span(start + 7, start + 10),
        Span(start + 11, start + 14),
    ]
    body = text(f"当事人{ID} 、{ID}，，电话{MOBILE}件，卡{CARD}。一、身份{ID}")
    shift = len(body) - len(CLEAN)
    table = Table(
        (
            tuple(Span(c.start + shift, c.end + shift) for c in cells[:2]),
            tuple(Span(c.start + shift, c.end + shift) for c in cells[2:]),
        )
    )
    return Document(
        body + rows,
        f"{ID}救助报告.txt",
        notes=(Note("comment", f"请打{MOBILE}", 5), Note("deleted", f"{CARD}", None)),
        tables=(table,),
        metadata={"title": f"报告{ID}"},
    )


def test_comments_metadata_tables_and_the_file_name_are_searched() -> None:
    findings = run(Report(secrets_document()), RULES)
    beside = {(f.rule, f.message.split("里")[0]) for f in findings if f.start is None}
    assert beside == {
        ("id-number", "文件名"), ("id-number", "文件属性"), ("mobile-number", "批注"), ("bank-card", "修订"),
    }  # fmt: skip
    assert [f.quote for f in findings if f.rule == "person-named"] == ["王＊＊"]


def test_nothing_personal_is_said_again_in_any_form_of_answer() -> None:
    checked_report = Report(secrets_document())
    findings = run(checked_report)
    checked = Checked(checked_report, findings)
    answers = (
        as_text(checked), as_sheet(checked), as_html([checked]),
        json.dumps(as_json(checked_report, findings), ensure_ascii=False),
    )  # fmt: skip
    for answer in answers:
        for secret in (ID, MOBILE, CARD, "王大山", ID[6:], MOBILE[3:], CARD[4:]):
            assert secret not in answer


def test_offsets_stay_those_of_the_text_where_words_are_covered() -> None:
    (finding,) = found("id-number", text(f"证号{ID}。"))
    assert text(f"证号{ID}。")[finding.start : finding.end] == ID
    assert finding.quote == "＊" * 18
    assert quotes("mobile-number", text(f"手机{MOBILE}。")) == ["＊" * 11]


WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def test_full_width_digits_are_found_beside_the_text_and_never_said_again() -> None:
    body = text(f"手机{MOBILE.translate(WIDE)}。")
    report = Report(
        Document(body, f"{ID.translate(WIDE)}报告.txt", notes=(Note("comment", MOBILE.translate(WIDE), 5),))
    )
    findings = run(report)
    told = {(f.rule, f.start is None) for f in findings if f.rule in RULES}
    assert told == {("mobile-number", False), ("mobile-number", True), ("id-number", True)}
    checked = Checked(report, findings)
    answers = [
        as_text(checked),
        as_sheet(checked),
        as_html([checked]),
        json.dumps(as_json(report, findings), ensure_ascii=False),
    ]
    for answer in answers:
        assert not [secret for secret in (ID, MOBILE) if secret in answer or secret.translate(WIDE) in answer]
