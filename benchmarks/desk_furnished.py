"""What a bureau of that size has beside its cases: people of every role, a long register, tickets, a case with a very
long time line, questions that were put to somebody, a signed report, a workbook that waits.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks.desk_book import CODE, PROCEDURE

TODAY = date(2026, 11, 20)
HEAD, OFFICER = "1", "101"
ORGANISATIONS, TICKETS, LINES, ASKED, SECTIONS = 3000, 600, 240, 300, 12
LONG = "示例自治县某某街道某某社区居民委员会便民服务站志愿服务联合促进会"
_KINDS = ("association", "private_unit", "foundation")
_TOPICS = ("养老机构收费", "低保申请进度", "婚姻登记预约", "临时救助", "社会组织年检", "殡葬服务收费")


def furnish(bureau: Any) -> dict[str, str]:
    """Enters it all; the cases that pages are opened on, by what they are called in addresses."""
    from fazheng.casework.writing import writing

    for work in (_people, _organisations):
        with writing(bureau, today=TODAY) as act:
            work(act)
    with writing(bureau, today=TODAY) as act:
        ticket = _tickets(act)
    with writing(bureau, today=TODAY) as act:
        long = _long_case(act)
    with writing(bureau, today=TODAY) as act:
        _asked(act)
    return {"ticket": ticket, "long": long}


def _row(act: Any, register: str, on: date, **data: Any) -> None:
    from fazheng.casework.act import Act
    from fazheng.casework.registers import enter_row

    refused = enter_row(act, register, Act(on, "system", data, paper="示例台账"))
    assert not refused, (register, [one.says for one in refused])


def _people(act: Any) -> None:
    """One person for each role, named after it; the rest of the bureau are the officers of the book."""
    from fazheng.staff.rights import ADMINISTRATORS

    for role in act.book.registers["staff"].choices["role"]:
        other = {"other_office": True} if role in ADMINISTRATORS else {}
        _row(act, "staff", date(2026, 1, 5), code=role, name=f"示例{role}", roles=[role],
             certificate_until="2030-12-31", **other)  # fmt: skip
    for n in range(SECTIONS):
        _row(act, "section", date(2026, 1, 5), code=f"示例{n + 1}股", name=f"示例第{n + 1}股（室）")


def _organisations(act: Any) -> None:
    from fazheng.procedure.identifiers import org_code

    for n in range(ORGANISATIONS):
        name = f"{LONG}第{n}分会" if n % 40 == 0 else f"示例第{n}协会"
        _row(act, "social_organisation", date(2026, 1, 5), code=org_code(f"51999900MJY{n:06d}"), name=name,
             kind=_KINDS[n % 3], registered_on="2020-01-01")  # fmt: skip


def _opened(act: Any, procedure: str, on: date, by: str, **data: Any) -> str:
    from fazheng.casework.act import Act

    done = act.open(procedure, Act(on, by, data))
    assert not done.refused, [one.says for one in done.decision.refusals]
    return str(done.case_id)


def _tickets(act: Any) -> str:
    """Tickets of the last weeks that nobody answered yet; the first of them."""
    first = TODAY - timedelta(days=30)
    ids = [
        _opened(act, "hotline.ticket", first + timedelta(days=n * 30 // TICKETS), "hotline_desk",
                ticket_no=f"示例{n:06d}", kind="complaint", urgent=False, topic=_TOPICS[n % len(_TOPICS)],
                request=f"{LONG}的示例诉求" if n % 9 == 0 else "收费与公示的不一致", assigned_by_ruling=False)
        for n in range(TICKETS)
    ]  # fmt: skip
    return ids[0]


def _long_case(act: Any) -> str:
    """A file whose evidence was gathered hundreds of times."""
    from fazheng.casework.act import Act

    case = _opened(act, PROCEDURE, date(2026, 6, 1), OFFICER, matter=f"{LONG}未报年度报告"[:40], source="inspection",
                   party_kind="organisation", organisation=CODE, facts="逾期未报送", affects_public_interest=False,
                   complex=True, officers=["101", "102"], approved_by=[HEAD])  # fmt: skip
    for n in range(LINES):
        said = {"method": "other", "evidence_kind": "document", "officers": ["101", "102"], "content": f"账册第{n}页"}
        done = act.do(case, "gather_evidence", Act(date(2026, 6, 2) + timedelta(days=n // 2), OFFICER, said))
        assert not done.refused, [one.says for one in done.decision.refusals]
    return case


def _asked(act: Any) -> None:
    """督办 and 阅件 that wait for the officer."""
    from fazheng.casework.act import Act
    from fazheng.casework.consulting import ask_people
    from fazheng.ledger.models import CaseRow

    rows = CaseRow.objects.filter(bureau=act.bureau.code, procedure=PROCEDURE, closed_on=None).order_by("case_id")
    for n, case in enumerate(rows.values_list("case_id", flat=True)[:ASKED]):
        kind, about = ("supervision", "decision_period") if n % 3 == 0 else ("reading", "1")
        by = Act(TODAY, HEAD, {}, paper="请说明办到哪一步" if n % 3 == 0 else "")
        refused = ask_people(act, case, kind, about, [OFFICER], by)
        assert not refused, [one.says for one in refused]
