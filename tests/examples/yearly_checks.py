"""Yearly checks of a county's organisations: most pass, some file late or not at all, a few must put things right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fazheng.procedure.examples import calendar_of
from fazheng.workdays import Calendar
from tests.examples.organisations import ASSOCIATION, FOUNDATION, PRIVATE_UNIT, Organisation
from tests.examples.sheets import Sheets, Value

PROCEDURE = {
    ASSOCIATION: "annual_check.association",
    PRIVATE_UNIT: "annual_check.private_unit",
    FOUNDATION: "annual_check.foundation",
}
HEAD = "Z002"
SECTIONS = {"Z013": "社会组织管理股", "Z014": "养老服务股", "Z015": "社会事务股"}
_ITEMS = ["charter", "activity", "finance", "governance"]
_REASON = {"basically": "（示例）内部治理不够规范", "unqualified": "（示例）未按章程开展活动，财务收支不清"}


@dataclass(frozen=True)
class Plan:
    """How many of the organisations due come out how; the rest file in time and are found qualified."""

    not_filed: int
    late: int
    basically: int
    unqualified: int

    def fates(self, number: int, random: Random) -> list[str]:
        """One for each of so many organisations, mixed."""
        found = ["unfiled"] * self.not_filed + ["late"] * self.late
        found += ["basically"] * self.basically + ["unqualified"] * self.unqualified
        found += ["qualified"] * (number - len(found))
        random.shuffle(found)
        return found


def yearly_checks(sheets: Sheets, year: int, due: Sequence[Organisation], plan: Plan) -> list[Organisation]:
    """Checks every organisation that is due in `year`; those that filed no report come back."""
    random, calendar = Random(year), calendar_of(sheets.book)
    clerks, unfiled = list(SECTIONS), []
    for n, (organisation, fate) in enumerate(zip(due, plan.fates(len(due), random), strict=True), 1):
        one = _Check(sheets, f"NJ{year}-{n:03d}", organisation, clerks[n % len(clerks)], random, calendar)
        one.open(year)
        if fate == "unfiled":
            unfiled.append(organisation)
            one.end(date(year, 9, 2))
        else:
            one.file(year, late=fate == "late")
            one.review("qualified" if fate == "late" else fate)
    return unfiled


class _Check:
    """One organisation's check, a row a step; each step some working days after the one before."""

    def __init__(
        self, sheets: Sheets, ref: str, organisation: Organisation, by: str, random: Random, calendar: Calendar
    ) -> None:
        self._sheets, self._ref, self._organisation, self._by = sheets, ref, organisation, by
        self._random, self._calendar = random, calendar
        self._procedure = PROCEDURE[organisation.kind]
        self._day = date.min

    def _on(self, first: date, within: int) -> date:
        """A working day, at most so many days (and the days off after them) from the first one on."""
        self._day = self._calendar.on_or_after(max(self._day, first + timedelta(days=self._random.randrange(within))))
        return self._day

    def _later(self, least: int, most: int) -> date:
        return self._on(self._day + timedelta(days=least), most - least)

    def _step(self, step: str, on: date, by: str = "", **fields: Value) -> None:
        self._sheets.step(self._procedure, self._ref, step, on, by or self._by, **fields)

    def open(self, year: int) -> None:
        self._sheets.open(
            self._procedure, self._ref, self._on(date(year, 2, 19), 14), self._by,
            organisation=self._organisation.code, year=year - 1,
            has_sponsor=bool(self._organisation.sponsor), handler_section=SECTIONS[self._by],
        )  # fmt: skip
        self._step("notify", self._day, reached=True, channel="管理平台短信")

    def file(self, year: int, *, late: bool) -> None:
        early = self._organisation.kind == FOUNDATION
        if self._organisation.sponsor:
            self._step("submit_to_sponsor", self._later(1, 12))
            agreed = self._later(1, 6) if early else self._on(date(year, 4, 1), 40)
            self._step("supervisor_review", agreed, agreed=True, sponsor=self._organisation.sponsor)
        by = self._later(1, 4) if early else self._on(date(year, 6, 3) if late else date(year, 4, 8), 40)
        audited = self._random.random() < 0.7
        self._step("file_report", by, accounts=True, audited=audited, certificate_copy=True)

    def end(self, first: date) -> None:
        self._step("end_unfiled", self._on(first, 20), HEAD, note="（示例）经催报仍未报送")

    def review(self, grade: str) -> None:
        if self._random.random() < 0.12:
            self._step("ask_supplement", self._later(2, 8), items_missing="（示例）财务会计报告缺页")
            self._step("return_supplement", self._later(3, 10))
        if grade != "qualified":
            self._step("look_on_site", self._later(3, 12), inspectors=["Z003", "Z004"], matches_report=False)
        self._step(
            "review", self._later(5, 40), items=_ITEMS, charter_deviation=grade == "unqualified", serious_breach=False
        )
        if grade != "qualified":
            self._step("ask_rectification", self._later(1, 4), matters="（示例）整改内容见通知书", served=True)
        self._conclude(grade)
        self._step("publish", self._later(1, 20), channel="县政府网站社会组织专栏")
        if grade != "qualified":
            self._step("report_rectification", self._later(10, 25))
            self._step("recheck", self._later(2, 8), passed=True)
        self._step("close", self._later(0, 3))

    def _conclude(self, grade: str) -> None:
        reason: dict[str, Value] = {"reason": _REASON[grade]} if grade in _REASON else {}
        fee: dict[str, Value] = {"fee_charged": False} if self._procedure != PROCEDURE[FOUNDATION] else {}
        on = self._later(1, 15)
        self._step("conclude", on, grade=grade, approved_by=[HEAD], **reason, **fee)
