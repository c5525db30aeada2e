"""Listings of a county: four taken over from 2022 go on to the serious list; new ones, of which a few are mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from fazheng.procedure.examples import calendar_of
from tests.examples.organisations import Organisation
from tests.examples.sheets import Sheets

ABNORMAL, SERIOUS = "npo.abnormal_list", "npo.serious_list"
CLERK, HEAD, CREDIT, REVIEWER = "Z013", "Z002", "Z016", "Z006"
_PLATFORM = "社会组织信用信息公示平台"


class _Days:
    """Days of a case, each so many working days after the one before."""

    def __init__(self, sheets: Sheets, first: date) -> None:
        self._calendar = calendar_of(sheets.book)
        self.day = self._calendar.on_or_after(first)

    def later(self, working_days: int) -> date:
        self.day = self._calendar.nth(self.day, working_days)
        return self.day


def taken_over(sheets: Sheets, organisations: Sequence[Organisation]) -> None:
    """Listings older than the book, with the paper they stand in."""
    for n, organisation in enumerate(organisations, 1):
        on = date(2022, 6, 6) + timedelta(days=9 * n)
        paper = f"（示例）示民异决字〔2022〕{n}号，业务档案2022年第{n}卷"
        sheets.enter(
            "abnormal_list", on, paper, code=organisation.code, ground="report_missed", listed_on=on,
            paper=f"示民异决字〔2022〕{n}号",
        )  # fmt: skip


def serious_listings(sheets: Sheets, year: int, organisations: Sequence[Organisation]) -> None:
    """Each is found to have stood two years on the abnormal list, told, heard, reviewed and listed."""
    for n, organisation in enumerate(organisations, 1):
        ref, days = f"SX{year}-{n}", _Days(sheets, date(year, 7, 8) + timedelta(days=7 * n))
        sheets.open(
            SERIOUS, ref, days.day, CLERK, organisation=organisation.code, ground="two_years_abnormal",
            facts="（示例）在活动异常名录满二年，没有移出", evidence=["（示例）列入决定书、名录查询记录"],
        )  # fmt: skip
        told = days.later(2)
        sheets.step(
            SERIOUS, ref, "give_notice", told, CLERK, facts_told=True, rights_told=True, receipt="（示例）送达回证"
        )
        if n % 2:
            heard = days.later(4)
            sheets.step(SERIOUS, ref, "record_statement", heard, CLERK, statement="（示例）陈述意见见笔录")
            answered = days.later(2)
            sheets.step(
                SERIOUS, ref, "review_statement", answered, CLERK,
                answered_each=True, upheld=False, opinion="（示例）逐条复核，意见不成立",
            )  # fmt: skip
            reviewed = days.later(2)
        else:
            reviewed = days.later(12)
        sheets.step(SERIOUS, ref, "pass_legal_review", reviewed, REVIEWER, opinion="（示例）同意列入")
        listed = days.later(2)
        sheets.step(
            SERIOUS, ref, "list", listed, HEAD,
            reason="（示例）满二年未移出", remedies_told=True, document_no=f"示民失决字〔{year}〕{n}号",
        )  # fmt: skip
        sheets.step(SERIOUS, ref, "enter_credit", days.later(2), CREDIT)
        sheets.step(SERIOUS, ref, "publish", days.later(1), CREDIT, channel=_PLATFORM)


def abnormal_listings(sheets: Sheets, year: int, organisations: Sequence[Organisation], *, mended: int) -> None:
    """Those that filed no report are listed; the first few file it then and are removed."""
    for n, organisation in enumerate(organisations, 1):
        ref, days = f"YC{year}-{n:02d}", _Days(sheets, date(year, 9, 26))
        sheets.open(
            ABNORMAL, ref, days.later(n % 3 + 1), CLERK, organisation=organisation.code, ground="report_missed",
            report_year=year - 1, facts="（示例）经催报仍未报送年度工作报告", evidence=["（示例）未报名单、催报记录"],
        )  # fmt: skip
        sheets.step(ABNORMAL, ref, "give_notice", days.later(1), CLERK, facts_told=True, rights_told=True)
        days.later(8)
        sheets.step(
            ABNORMAL, ref, "list", days.later(n % 4 + 1), HEAD, to_rectify=True, remedies_told=True,
            reason="（示例）未按规定报送年度工作报告", document_no=f"示民异决字〔{year}〕{n}号",
        )  # fmt: skip
        late = n % 9 == 0  # one or two are entered after the five days
        sheets.step(ABNORMAL, ref, "enter_credit", days.later(7 if late else 2), CREDIT)
        sheets.step(ABNORMAL, ref, "publish", days.later(1), CREDIT, channel=_PLATFORM)
        if n <= mended:
            sheets.step(
                ABNORMAL, ref, "apply_removal", days.later(6), CLERK,
                application="（示例）已补报，申请移出", evidence=["（示例）补报的年度工作报告"],
            )  # fmt: skip
            sheets.step(ABNORMAL, ref, "check_removal", days.later(2), CLERK, fulfilled=True, opinion="（示例）查实")
            sheets.step(
                ABNORMAL, ref, "remove", days.later(2), HEAD, removal_ground="fulfilled", reason="（示例）已经履行义务"
            )
            sheets.step(ABNORMAL, ref, "enter_removal", days.later(1), CREDIT)
            sheets.step(ABNORMAL, ref, "publish_removal", days.later(1), CREDIT, channel=_PLATFORM)
