"""A bureau at work, for tests: people, tickets and penalty files of the example county, entered as a command does."""

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import Act, Done, Writing, writing
from fazheng.lawbook.load import law_root
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import entries

TODAY = date(2026, 11, 20)
CODE = "51999900MJX00000X8"
PEOPLE: Mapping[str, list[str]] = {
    "甲": ["officer", "section", "office"],
    "乙": ["officer", "hotline_desk"],
    "丙": ["bureau_head"],
    "丁": ["presider"],
    "己": ["legal_reviewer"],
    "辛": ["bureau_head"],
}
TICKET: Mapping[str, Any] = {
    "ticket_no": "示例工单一",
    "kind": "complaint",
    "urgent": False,
    "topic": "养老机构收费",
    "request": "收费与公示的不一致",
    "assigned_by_ruling": False,
}
FILE: Mapping[str, Any] = {
    "matter": "未按规定报送年度工作报告",
    "source": "inspection",
    "party_kind": "organisation",
    "organisation": CODE,
    "facts": "逾期未报送",
    "affects_public_interest": False,
    "complex": False,
    "officers": ["甲", "乙"],
    "approved_by": ["丙"],
}
DECISION: Mapping[str, Any] = {
    "kinds": ["warning"],
    "basis": "条例第二十八条",
    "later_rule": "unchanged",
    "fined_before_for_same_act": False,
    "heavier_than_notice": False,
    "performance_stated": True,
    "remedies_stated": True,
    "sealed": True,
    "document_no": "示民罚决字〔2026〕1号",
    "party_present": True,
    "publishable": False,
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def bureau_at_work(code: str = "999001", name: str = "示例县民政局", place: str = "") -> Bureau:
    """A bureau with its staff, in the open home."""
    bureau = open_bureau(name, code, place)
    with writing(bureau, today=TODAY) as act:
        for person, roles in PEOPLE.items():
            enter(
                act,
                "staff",
                "2020-01-01",
                code=person,
                name=f"示例{person}",
                roles=roles,
                certificate_until="2030-12-31",
            )
    return bureau


def enter(act: Writing, register: str, on: str, by: str = "system", **data: Any) -> list[str]:
    """The gates that refuse the row; none where it was entered."""
    return [refusal.gate for refusal in enter_row(act, register, Act(day(on), by, data, paper="示例台账"))]


def receive(act: Writing, on: str = "2026-09-01", by: str = "乙", **data: Any) -> str:
    """A new ticket's case id."""
    done = act.open("hotline.ticket", Act(day(on), by, {**TICKET, **data}))
    return sound(done).case_id


def file(act: Writing, on: str = "2026-09-01", by: str = "甲", **data: Any) -> str:
    """A new penalty file's case id."""
    return sound(act.open("penalty.ordinary", Act(day(on), by, {**FILE, **data}))).case_id


def do(act: Writing, case: str, step: str, on: str, by: str = "甲", /, *, happened: bool = False, **data: Any) -> Done:
    return sound(act.do(case, step, Act(day(on), by, data, happened)))


def sound(done: Done) -> Done:
    """What was done. Raises AssertionError where it was refused."""
    assert not done.refused, [(refusal.gate, refusal.says) for refusal in done.decision.refusals]
    return done


def decided_unheard(act: Writing) -> str:
    """A penalty that was decided without hearing the party, entered as it happened."""
    case = file(act)
    do(
        act,
        case,
        "gather_evidence",
        "2026-09-02",
        method="other",
        evidence_kind="document",
        officers=["甲", "乙"],
        content="账",
    )
    do(act, case, "close_investigation", "2026-09-03", report="…", facts_established=True, evidence_verified=True,
       crime_suspected=False, serious=False, ongoing=True, proposed="penalty")  # fmt: skip
    do(act, case, "give_notice", "2026-09-04", proposed_kinds=["warning"], content_told=True, rights_told=True,
       hearing_offered=False)  # fmt: skip
    do(act, case, "decide", "2026-09-07", "丙", happened=True, **DECISION)
    return case


def book(bureau: Bureau, case: str | None = None) -> list[SealedEntry]:
    """The entries of the bureau, or of one of its cases."""
    return list(entries(bureau.code, case_id=case))


def data_of(entry: SealedEntry) -> dict[str, Any]:
    found = json.loads(entry.data)
    assert isinstance(found, dict)
    return found


def toy_law(folder: Path) -> Path:
    """A law folder with the toy procedures, their registers, and the calendars of the law."""
    tests = Path(__file__).parents[1]
    bare = shutil.ignore_patterns("permit-general", "divorce", "study-session*")  # as their page has them: no labels
    shutil.copytree(tests / "procedure" / "law", folder, ignore=bare)
    shutil.copytree(tests / "casework" / "law", folder, dirs_exist_ok=True)
    shutil.copytree(law_root() / "calendars", folder / "calendars")
    return folder
