"""这是谁签的: by case, by document number, by the year of a signed report."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.casework.paper_months import unconfirmed_months
from fazheng.casework.signers import AT_MOST, Signed, cases_of_document, signatures
from fazheng.ledger.signed import CASE
from fazheng.web.head.numbers import case_url
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.names import procedure_of
from fazheng.web.tables import Cell, Column, Table

_COLUMNS = (Column("what", "签了什么", frozen=True), Column("case", "案件"), Column("on", "哪天"),
            Column("by", "谁签的"), Column("as", "以什么身份"),
            Column("document", "文书号"), Column("paper", "怎么签的"),
            Column("entry", "账本第几条", number=True))  # fmt: skip
FORM = "head/signed.html"
_LONGEST = 80


def short(asked: Asked, question: Question) -> str:
    """Whether signatures on paper wait to be confirmed. Two statements."""
    waiting = sum(unconfirmed_months(asked.visit.bureau.code, asked.visit.today).values())
    told = f"过了月还没有确认的纸上签字{waiting}条" if waiting else "没有待确认的纸上签字"
    return f"{told}；打开本页，按案件号或者文书号查。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """A box; after it was sent, every signature found. Three statements."""
    text = asked.visit.request.POST.get("wanted", "").strip()[:_LONGEST]
    yield Part("查一份文书、一个案件", form=FORM, told={"wanted": text})
    if text:
        rows = [_row(one) for one in signatures(asked.visit.bureau.code, asked.visit.book, _cases(asked, text))]
        empty = f"账本里没有“{text}”的签字：案件号、文书号要写全，年度报告写年份（如 2025）。"
        yield Part("签字", Table("签字", _COLUMNS, rows, empty))


def _cases(asked: Asked, text: str) -> list[str]:
    if text.isdigit():
        return [f"{CASE}:{text}"]
    if procedure_of(text) in asked.visit.book.procedures:
        return [text]
    return cases_of_document(asked.visit.bureau.code, text)[:AT_MOST]


def _row(one: Signed) -> list[Cell]:
    how = "本人在屏上签" if one.by == one.entered_by else f"{one.entered_by}录入"
    if one.scan:
        seen = "负责人已确认" if one.confirmed else "负责人还没有确认"
        how = f"纸上签字，{one.entered_by}代录，扫描件{one.scan[:12]}…，{seen}"
    stood = f"（{one.stands_in}）" if one.stands_in else ""
    case = Cell("年度报告" if one.case_id.startswith(f"{CASE}:") else one.case_id,
                "" if one.case_id.startswith(f"{CASE}:") else case_url(one.case_id))  # fmt: skip
    return [
        Cell(one.step + ("（已撤回、更正）" if one.withdrawn else "")), case, Cell(one.on), Cell(one.by),
        Cell(one.acting_as + stood), Cell(one.document), Cell(how), Cell(str(one.entry)),
    ]  # fmt: skip
