"""申报数、期初数: a number that the book does not hold, signed for by a section on a paper; corrected and withdrawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from fazheng.casework.act import Act
from fazheng.casework.on_paper import not_own_hand, sheet_of
from fazheng.casework.writing import Writing
from fazheng.figures.adopted import why_not
from fazheng.figures.declared import DECLARED, WITHDRAWN, is_stock
from fazheng.figures.findings import figure_findings
from fazheng.figures.periods import Period
from fazheng.lawbook.figure import STAFF, Figure
from fazheng.ledger.models import DeclaredFigure
from fazheng.procedure.on_paper import MARK
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal

LARGEST = 10**15  # what a spreadsheet keeps of a number, and more than any county has of anything
_NUMBER = re.compile(r"[一-龥]{1,20}[〔\[（(]\d{4}[〕\]）)]第?\d{1,5}号")


@dataclass(frozen=True, slots=True)
class Number:
    """What is declared: `value` in the figure's unit, 元 in fen. `section`: a role of the staff register. `opening`: a
    stock as of the period's last day, before the book began. `reason`: why it takes the place of an earlier one.
    """

    figure: str
    period: Period
    value: int
    paper: str
    section: str
    opening: bool = False
    reason: str = ""

    @property
    def days(self) -> tuple[str, str]:
        first = self.period[1] if self.opening else self.period[0]
        return first.isoformat(), self.period[1].isoformat()


def declare_number(act: Writing, number: Number, by: Act) -> tuple[Refusal, ...]:
    """Enters the number. Refused for a rate, for a day or person that cannot be, without a paper, and where one stands
    for the same days already and no reason is given; the same number again is refused as such. What another enters for
    who signed on paper names the scan that is attached to the section's sheet of the period.
    """
    act.flush()
    found = [*_who_and_when(act, number, by), *_what(act, number)]
    stands = standing_number(act.bureau.code, number)
    if stands is not None and stands.value == number.value and not number.reason.strip():
        found.append(own("once", f"这个数已经申报（账本第{stands.seq}条）", "不必再报", hard=True))
    elif stands is not None and not number.reason.strip():
        says = f"这一期间已经申报过另一个数（账本第{stands.seq}条）"
        found.append(own("once", says, "要更正，写明理由", hard=True))
    if not found:
        first, last = number.days
        data = {
            "of": number.figure, "first": first, "last": last, "opening": number.opening, "value": number.value,
            "section": number.section, "number": paper_number(number.paper),
            "paper": act.apart.hold(number.paper.strip()),
        }  # fmt: skip
        data |= {"reason": act.apart.hold(number.reason.strip())} if number.reason.strip() else {}
        data |= {MARK: {"scan": by.scan}} if by.signed_on_paper else {}
        act.record(f"figure:{number.figure}", DECLARED, by, data)
    return tuple(found)


def withdraw_number(act: Writing, number: Number, by: Act) -> tuple[Refusal, ...]:
    """Takes a declared number back; `value`, `paper` and `section` are not asked."""
    act.flush()
    found = list(_who_and_when(act, number, by))
    if standing_number(act.bureau.code, number) is None:
        found.append(own("order", "这个统计项在这一期间没有申报数", "请核对期间；期初数要注明“期初数”", hard=True))
    if not number.reason.strip():
        found.append(own("field", "缺少“理由”", "请写明为什么撤回", hard=True))
    if not found:
        first, last = number.days
        data = {"of": number.figure, "first": first, "last": last, "opening": number.opening}
        reason = act.apart.hold(number.reason.strip())
        act.record(f"figure:{number.figure}", WITHDRAWN, by, {**data, "reason": reason})
    return tuple(found)


def standing_number(bureau: str, number: Number) -> DeclaredFigure | None:
    """What stands declared for the same figure and days; None where nothing does."""
    first, last = number.days
    return DeclaredFigure.objects.filter(
        bureau=bureau, figure=number.figure, opening=number.opening, first_day=first, last_day=last
    ).first()


def paper_number(paper: str) -> str:
    """The 文号 within a paper's name, which is nobody's name and may be shown; empty where there is none."""
    found = _NUMBER.search(paper)
    return found[0][-60:] if found else ""


class NumberFault(ValueError):
    """What was written is no number of that figure; the message says in Chinese how to write it."""


def number_from(written: object, figure: Figure) -> int:
    """The number in the figure's unit: whole, or 元 with up to two decimals, as fen. Raises NumberFault."""
    how = "要写金额，最多两位小数，如 1234.50" if figure.unit == "元" else "要写整数，不带单位"
    plain = str(written).strip().replace(",", "").replace("，", "")
    try:
        number = Decimal(plain) * (100 if figure.unit == "元" else 1)
    except InvalidOperation:
        raise NumberFault(how) from None
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number < LARGEST:
        raise NumberFault(how)
    return int(number)


def _who_and_when(act: Writing, number: Number, by: Act) -> Sequence[Refusal]:
    found = unknown(act.roster, by.by)
    if not found and act.roster.on(by.by, by.on) is None:
        found.append(own("role", f"“{by.by}”{by.on}不在人员名册上", "请核对人员编号和日期", hard=True))
    found += unknown(act.roster, by.entered_by) if by.signed_on_paper else ()
    found += not_own_hand(act.bureau.code, "申报数", sheet_of(number.section, *number.days), by)
    found += not_yet(by.on, act.today)
    if by.on <= act.today and number.period[1] > by.on:
        found.append(own("future", f"{number.period[1]}还没有到，期间没有过完", "期间终了以后再申报", hard=True))
    return found


def _what(act: Writing, number: Number) -> Sequence[Refusal]:
    figure = act.book.figures[number.figure]
    found: list[Refusal] = []
    if figure.rate is not None:
        names = "”“".join(act.book.figures[id].name for id in (figure.rate.of, figure.rate.over))
        found.append(own("field", f"“{figure.name}”是比率，比率不申报", f"请申报“{names}”两个数", hard=True))
    if number.opening and not is_stock(figure):
        says = f"“{figure.name}”数的是期间内发生的，没有期初数"
        found.append(own("field", says, "期初数只用于某一天在册、在办的数", hard=True))
    if not 0 <= number.value < LARGEST:
        found.append(own("field", "数要在零以上，也不会这样大", "请核对数和单位", hard=True))
    if waits := _waits(act, figure, number.period):
        found.append(own("field", f"“{figure.name}”{waits}，没有这个数可报", "先采用这条本地规则", hard=True))
    if not number.paper.strip():
        found.append(own("field", "缺少“依据的文件”", "请写明这个数出自哪份文件", hard=True))
    sections = act.book.registers[STAFF].choices.get("role", {}) if STAFF in act.book.registers else {}
    if number.section not in sections:
        told = "、".join(f"{name}［{id}］" for id, name in sections.items())
        found.append(own("field", f"没有“{number.section}”这个承办岗位（股室）", f"写其中一个：{told}", hard=True))
    return found


def _waits(act: Writing, figure: Figure, period: Period) -> str:
    if figure.where is None or figure.counts == "register" or figure_findings(figure, act.book):
        return ""
    return why_not(figure.where, figure.of, act.book, period)
