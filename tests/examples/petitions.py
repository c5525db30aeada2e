"""Petitions of a county: all answered, one after an extension, one upheld on review."""

from __future__ import annotations

from datetime import date, timedelta

from fazheng.procedure.examples import calendar_of
from tests.examples.sheets import Sheets

PETITION = "petition"
DESK, SECTION, HEAD = "Z017", "Z010", "Z002"
_TOPICS = (
    "养老机构收费", "低保金额", "社会组织退费", "婚姻登记证件", "公墓管理费", "残疾人补贴停发", "社区用房", "地名门牌",
    "临时救助进度", "社会组织换届", "养老机构伙食", "高龄津贴", "志愿服务证明", "救助站接收",
)  # fmt: skip
_CHANNELS = ("web", "letter", "visit", "call")


def petitions(sheets: Sheets, year: int, number: int) -> None:
    """So many petitions, each accepted, looked into, answered in writing and closed within the year."""
    for n in range(1, number + 1):
        _Petition(sheets, year, n).run()


class _Petition:
    def __init__(self, sheets: Sheets, year: int, n: int) -> None:
        self._sheets, self._n, self._ref = sheets, n, f"XF{year}-{n:02d}"
        self._calendar = calendar_of(sheets.book)
        self._day = self._calendar.on_or_after(date(year, 1, 9) + timedelta(days=22 * (n - 1)))

    def _later(self, days: int) -> date:
        self._day = self._calendar.on_or_after(self._day + timedelta(days=days))
        return self._day

    def _step(self, step: str, on: date, by: str, **fields: str | int | bool | list[str]) -> None:
        self._sheets.step(PETITION, self._ref, step, on, by, **fields)

    def run(self) -> None:
        n, suggestion = self._n, self._n % 7 == 0
        self._sheets.open(
            PETITION, self._ref, self._day, DESK,
            channel=_CHANNELS[n % len(_CHANNELS)], source="direct" if n % 3 else "transferred",
            **({} if n % 3 else {"sender": "示例县信访局"}), occurrence="repeat" if n % 6 == 0 else "first",
            petitioners=1 if n % 5 else 3, identity_clear=True, petitioner=f"示例信访人{n}", phone=f"0000-200{n:04d}",
            topic=_TOPICS[(n - 1) % len(_TOPICS)], request=f"（示例）第{n}件信访事项的诉求，见登记表。",
            urgent=False, simple=False,
        )  # fmt: skip
        on = self._later(2)
        kind: dict[str, str] = {"class": "suggestion"} if suggestion else {"class": "appeal", "route": "petition"}
        self._step("classify", on, DESK, complex=n == 4, several_units=False, likely_refused=n == 9, **kind)
        self._step("accept", on, DESK, first_handler=[SECTION])
        self._step("notify", self._later(3), DESK, told="accepted", written=True)
        if suggestion:
            self._step("reply", self._later(12), SECTION, reply_result="adopted", reply="（示例）书面回复")
            self._step("close", self._later(2), HEAD)
        else:
            self._opinion()
        self._step("rate", self._later(4), DESK, satisfaction=("satisfied", "basically", "satisfied")[n % 3])

    def _opinion(self) -> None:
        n = self._n
        self._step("investigate", self._later(9), SECTION, officers=[SECTION], heard=True, verified=True)
        if n == 4:
            self._step("extend", self._later(30), HEAD, days=20, reason="（示例）情况复杂，需外调", told_reason=True)
            self._later(20)
        opinion = "unfounded" if n == 9 else ("supported", "explained")[n % 2]
        self._step(
            "decide", self._later(10), HEAD, opinion=opinion, document_no=f"示民信复〔{self._day.year}〕{n}号",
            contents_complete=True,
        )  # fmt: skip
        self._step("serve", self._later(2), SECTION)
        settled = {"unfounded": ["guided"], "supported": ["solved"], "explained": ["guided"]}[opinion]
        self._step("close", self._later(1), HEAD, settled_how=settled)
        if n == 9:
            self._step("request_review", self._later(10), DESK)
            self._step("decide_review", self._later(20), DESK, reviewer="示例县人民政府", review_outcome="upheld")
            self._step("serve_review", self._later(2), DESK)
