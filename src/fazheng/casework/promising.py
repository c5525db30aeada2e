"""Promises of the yearly report, their answers, and 素材: entries that are no step of a case."""

from __future__ import annotations

from fazheng.casework.writing import Act, Writing
from fazheng.checkup.registry import rules
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document
from fazheng.ledger import spoken
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal

PRIVATE = "privacy"  # the group of check-up rules that look for personal data
LONGEST = 400  # characters of what should be one sentence


def promise(act: Writing, year: int, text: str, section: str, by: Act) -> tuple[str, tuple[Refusal, ...]]:
    """Records what the report of `year` promises for the year after; its id, or why it was refused."""
    found = [*for_publication(act, text, by), *_section(act, section)]
    if year > by.on.year:
        found.append(own("future", f"{year}年的报告还没有写", "请核对报告年度", hard=True))
    act.flush()
    id = spoken.next_id(spoken.PROMISE, spoken.promises(act.bureau.code))
    if not found:
        act.record(id, spoken.MADE, by, {"year": year, "text": text.strip(), "section": section})
    return id, tuple(found)


def answer(
    act: Writing, id: str, result: spoken.Result, text: str, evidence: str, by: Act, year: int = 0
) -> tuple[Refusal, ...]:
    """Records what became of a promise: done (with a case or a figure), open or dropped (with the reason).

    `year` is that of the report that says so; 0: the year after the promise.
    """
    act.flush()
    known = {one.id: one for one in spoken.promises(act.bureau.code)}
    id = id if id.startswith(spoken.PROMISE) else f"{spoken.PROMISE}{id}"
    found = for_publication(act, text, by)
    made, where = known.get(id), "见“以前的安排”"
    year = year or (made.year + 1 if made else 0)
    if made is None:
        found.append(own("order", f"没有承诺“{id.removeprefix(spoken.PROMISE)}”", where, hard=True))
    elif not made.due(year):
        found.append(own("order", f"{year}年的报告不用答复这项承诺（{made.year}年提出）", where, hard=True))
    if result == "done" and not evidence:
        found.append(own("field", "写“已完成”要有证据", "写明案件或者统计项的编号", hard=True))
    if evidence and evidence not in act.book.figures and not _is_case(act, evidence):
        found.append(own("order", f"没有案件或者统计项“{evidence}”", "请核对编号", hard=True))
    if not found:
        data = {"year": year, "result": result, "text": text.strip(), "evidence": evidence}
        act.record(id, spoken.ANSWERED, by, data)
    return tuple(found)


def material(act: Writing, text: str, by: Act, case_id: str = "", section: str = "") -> tuple[str, tuple[Refusal, ...]]:
    """Records one sentence of 素材 of a case, of a section, or both; its id, or why it was refused."""
    found = [*for_publication(act, text, by), *_section(act, section)]
    if case_id and not _is_case(act, case_id):
        found.append(own("order", f"账本里没有案件“{case_id}”", "请核对案件号", hard=True))
    if not case_id and not section:
        found.append(own("field", "素材要写明是哪个案件或者哪一节的", "写案件号，或者小节编号", hard=True))
    act.flush()
    id = spoken.next_id(spoken.MATERIAL, spoken.materials(act.bureau.code))
    if not found:
        act.record(id, spoken.GIVEN, by, {"text": text.strip(), "case": case_id, "section": section})
    return id, tuple(found)


def for_publication(act: Writing, text: str, by: Act) -> list[Refusal]:
    """What is wrong with a text for publication, its day and its person. What was typed is never repeated."""
    found: list[Refusal] = []
    if not text.strip() or "\n" in text.strip() or len(text.strip()) > LONGEST:
        found.append(own("field", "要写一句话", f"不能空，不换行，最多{LONGEST}字", hard=True))
    private = [rule.id for rule in rules().values() if rule.group == PRIVATE]
    for finding in run(Report(Document(text)), private):
        found.append(
            own("field", f"文字里有个人信息（第{finding.column}字起）", "去掉以后再记：这句话要公开", hard=True)
        )
    found += unknown(act.roster, by.by)
    found += not_yet(by.on, act.today)
    return found


def _section(act: Writing, section: str) -> list[Refusal]:
    known = {one.id for report in act.book.reports.values() for one in report.sections}
    if not section or section in known:
        return []
    return [own("order", f"报告里没有小节“{section}”", "请核对小节编号", hard=True)]


def _is_case(act: Writing, id: str) -> bool:
    act.read([id])
    return id in act._cases
