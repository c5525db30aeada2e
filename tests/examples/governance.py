"""The report on the year before as a case of its own, and the officers' certificates issued in the year."""

from __future__ import annotations

from datetime import date

from tests.examples.sheets import Sheets

REPORT, CERTIFICATE = "annual_report", "officer.certificate"
LEGAL, SECTION, REVIEWER, SECRECY, OFFICE, PERSONNEL = "Z018", "Z010", "Z006", "Z019", "Z011", "Z020"
HEADS = ["Z001", "Z002"]


def report_on(sheets: Sheets, year: int, name: str) -> None:
    """The report on `year`, asked for, drafted, checked, approved, signed, filed and published in the next one."""
    ref, filed = f"BG{year}", year + 1
    sheets.open(
        REPORT, ref, date(filed, 1, 4), LEGAL, year=year, cut_off=date(year, 12, 31), early=False, sections="各科室"
    )
    for section in ("社会组织管理股", "社会救助股", "养老服务股"):
        sheets.step(
            REPORT, ref, "answer_section", date(filed, 1, 12), SECTION,
            section=section, nothing=False, signed_by=[SECTION],
        )  # fmt: skip
    sheets.step(
        REPORT, ref, "draft_report", date(filed, 1, 22), LEGAL,
        has_measures=True, has_shortcomings=True, has_first_person=True, has_next_year=True, has_other=True,
    )  # fmt: skip
    sheets.step(
        REPORT, ref, "check_legality", date(filed, 1, 26), REVIEWER,
        figures_traced=True, laws_current=True, years_consistent=True,
    )  # fmt: skip
    sheets.step(REPORT, ref, "check_secrecy", date(filed, 1, 29), SECRECY, publishable=True)
    sheets.step(REPORT, ref, "approve_collectively", date(filed, 2, 2), HEADS[0], attendees=HEADS)
    sheets.step(REPORT, ref, "sign_report", date(filed, 2, 5), HEADS[0])
    sheets.step(REPORT, ref, "number_report", date(filed, 2, 6), OFFICE, document_no=f"{name}〔{filed}〕3号")
    sheets.step(
        REPORT, ref, "file_report", date(filed, 2, 7), OFFICE,
        recipients=["party_committee", "government", "superior"], copies=["rule_of_law_office"],
    )  # fmt: skip
    for recipient in ("party_committee", "government", "superior"):
        sheets.step(REPORT, ref, "record_receipt", date(filed, 2, 8), OFFICE, recipient=recipient)
    sheets.step(REPORT, ref, "publish_report", date(filed, 3, 8), OFFICE, platform="县政府网站法治政府建设年度报告专栏")
    sheets.step(REPORT, ref, "close", date(filed, 3, 11), OFFICE)


def certificates(sheets: Sheets, year: int, officers: list[str]) -> None:
    """Each of these people is trained, passes the examination and gets a certificate for five years."""
    for n, officer in enumerate(officers, 1):
        ref, number = f"ZJ{year}-{n}", f"99900{officer[1:]}"
        sheets.open(
            CERTIFICATE, ref, date(year, 2, 28), PERSONNEL, holder=[officer], on_staff=True, post="社会组织执法岗"
        )
        sheets.step(
            CERTIFICATE, ref, "train", date(year, 3, 14 + n), PERSONNEL, subject="行政执法公共法律知识", hours=40
        )
        sheets.step(
            CERTIFICATE, ref, "pass_exam", date(year, 4, 17), PERSONNEL,
            common_law=True, own_law=True, exam_organiser="示例省司法厅",
        )  # fmt: skip
        sheets.step(
            CERTIFICATE, ref, "issue", date(year, 5, 8), PERSONNEL,
            certificate_kind="enforcement", certificate_no=number, certificate_from=date(year, 5, 8),
            certificate_until=date(year + 5, 5, 7), issuer="示例省人民政府",
        )  # fmt: skip
        sheets.step(CERTIFICATE, ref, "review_yearly", date(year, 12, 11), PERSONNEL, passed=True)


def yearly_publications(sheets: Sheets, year: int) -> None:
    """The openness report and the enforcement data of `year`, published in January of the next one."""
    published = year + 1
    sheets.open("disclosure.report", f"XXGK{year}", date(published, 1, 8), OFFICE, year=year)
    sheets.step("disclosure.report", f"XXGK{year}", "submit", date(published, 1, 22), OFFICE, signed_by=HEADS[:1])
    sheets.step(
        "disclosure.report",
        f"XXGK{year}",
        "publish",
        date(published, 1, 25),
        OFFICE,
        published="县政府网站信息公开专栏",
    )
    sheets.open("enforcement.data", f"ZFSJ{year}", date(published, 1, 9), REVIEWER, year=year, checked=True)
    sheets.step("enforcement.data", f"ZFSJ{year}", "publish", date(published, 1, 24), OFFICE, published="执法公示平台")
    sheets.step(
        "enforcement.data", f"ZFSJ{year}", "report", date(published, 1, 26), OFFICE, recipient="县政府、上级民政部门"
    )


def studies(sheets: Sheets, year: int) -> None:
    """A session a month; the head leads every other one of the centre group's."""
    topics = (
        ("centre_group", "民法典婚姻家庭规定", "民法典"), ("bureau_meeting", "行政处罚程序", "行政处罚法"),
        ("party_group", "行政许可程序", "行政许可法"), ("centre_group", "老年人权益保障", "老年人权益保障法"),
    )  # fmt: skip
    people = ["Z001", "Z002", "Z003", "Z004", "Z005", "Z006", "Z010", "Z011"]
    for month in range(1, 13):
        meeting, topic, statute = topics[month % len(topics)]
        absent = people[month % len(people)] if month % 3 else ""
        present = [one for one in people if one == "Z001" or one != absent]
        sheets.open(
            "study.session", f"XF{year}-{month:02d}", date(year, month, 18 if month % 2 else 19), OFFICE,
            meeting=meeting, topic=[topic], statutes=[statute], present=present, expected=len(people),
            led_by_head=month % 4 == 0, first_item=meeting == "party_group", attended=len(present),
        )  # fmt: skip
