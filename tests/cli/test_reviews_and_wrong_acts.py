"""Reviews, results of challenges and what they teach: their figures, and the checklist that bites."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cli.typing import Shell


def of(shell: Shell, figure: str, year: str = "2026") -> Any:
    return shell.ask("figures", year, "--id", figure)[0]


def value(shell: Shell, figure: str, year: str = "2026") -> Any:
    return of(shell, figure, year)["value"]


def data(*pairs: str) -> list[str]:
    return [word for pair in pairs for word in ("--data", pair)]


@pytest.fixture
def office(fresh: Shell) -> Shell:
    """The bureau with people for review: Z030 legal office, Z031 reviewer, Z032 section."""
    for code, roles in (("Z030", "法治工作机构"), ("Z031", "法制审核人员"), ("Z032", "承办科室人员")):
        fresh.ask("register", "enter", "staff", "--on", "2020-01-01", "--paper", "示例县机构编制台账",
                  *data(f"code={code}", "name=示例某", f"roles={roles}"))  # fmt: skip
    return fresh


def request(shell: Shell, on: str, *more: str, kind: str = "act", act: str = "registration") -> str:
    opened = shell.ask("case", "open", "legal_review", "--on", on, "--as", "Z032", *data(
        f"审核还是审看={kind}", f"决定种类={act}", "事项=不予登记", "承办人员=Z003、Z004",
        "送审时决定已经作出=否", "请法律顾问提意见=否", *more))  # fmt: skip
    return str(opened["case"])


def items(objection: str = "") -> list[str]:
    all_items = ["主体、人员资格", "权限", "事实、证据", "法律适用", "执法程序", "裁量", "文书", "涉嫌犯罪的移送"]
    return [f"{item}={'须修改' if item == objection else '同意'}" for item in all_items]


def reviewed(shell: Shell, case: str, on: str, result: str, objection: str = "", *more: str) -> None:
    shell.ask(
        "case", "do", case, "assign", "--on", on, "--as", "Z030", *data("由谁审核=本机关审核人员", "审核人员=Z031")
    )
    shell.ask("case", "do", case, "review", "--on", on, "--as", "Z031", *data(
        "初次从事法制审核=否", "审核意见=…", *items(objection)))  # fmt: skip
    shell.ask("case", "do", case, "conclude", "--on", on, "--as", "Z030", *data(f"审核结论={result}", *more))


def decided(shell: Shell, case: str, on: str, number: int) -> None:
    shell.ask(
        "case", "do", case, "record_decision", "--on", on, "--as", "Z032", *data(f"文号=示民字〔2026〕{number}号")
    )


def test_reviews_before_a_decision_are_counted_and_papers_are_not(office: Shell) -> None:
    first = request(office, "2026-03-02", "审核目录的项=不予登记")
    reviewed(office, first, "2026-03-04", "退回，按意见修改或者补充调查", "执法程序")
    office.ask("case", "do", first, "adopt_item", "--on", "2026-03-05", "--as", "Z032", *data("审核事项=执法程序"))
    office.ask("case", "do", first, "decline_item", "--on", "2026-03-05", "--as", "Z032",
               *data("审核事项=裁量", "部分采纳=是", "理由=…"))  # fmt: skip
    office.ask("case", "do", first, "resubmit", "--on", "2026-03-06", "--as", "Z032")
    reviewed(office, first, "2026-03-09", "通过")
    decided(office, first, "2026-03-10", 1)
    report = request(office, "2026-03-03", kind="paper", act="other")
    office.ask("case", "do", report, "end", "--on", "2026-03-05", "--as", "Z030", *data("结束的原因=文件审看完毕"))
    counted = {id: value(office, id) for id in (
        "review.requested", "review.papers", "review.others_due", "review.others_before", "review.concluded",
        "review.returned", "review.items_adopted", "review.items_declined", "review.after")}  # fmt: skip
    assert counted == {
        "review.requested": 1, "review.papers": 1, "review.others_due": 1, "review.others_before": 1,
        "review.concluded": 1, "review.returned": 1, "review.items_adopted": 1, "review.items_declined": 1,
        "review.after": 0,
    }  # fmt: skip


def test_a_penalty_sent_after_its_decision_is_refused_and_counted_once_it_is_entered_as_it_was(office: Shell) -> None:
    words = data("审核还是审看=act", "决定种类=penalty", "事项=某协会", "承办人员=Z003", "送审时决定已经作出=是",
                 "请法律顾问提意见=否", "应当审核的情形=经过听证程序")  # fmt: skip
    refused = office("case", "open", "legal_review", "--on", "2026-03-02", "--as", "Z032", *words)
    assert refused.code == 1
    assert "第五十八条第一款" in refused.out
    office.ask(
        "case", "open", "legal_review", "--on", "2026-03-02", "--as", "Z032", "--happened", "--paper", "送审表", *words
    )
    assert value(office, "review.after") == 1


def result(shell: Shell, on: str, outcome: str) -> str:
    return str(shell.ask("case", "open", "wrong_act", "--on", on, "--as", "Z030", *data(
        "由什么引起=行政诉讼", f"结果={outcome}",
        "行为种类=行政许可", "事项=某单位的登记", "结果文书号=示例行初字第3号"))["case"])  # fmt: skip


def test_nothing_corrected_is_zero_only_where_the_book_was_kept(office: Shell) -> None:
    assert value(office, "wrong.corrected") is None  # no data: nobody kept anything
    result(office, "2026-03-02", "维持")
    for outcome in ("corrected", "perform", "annulled", "partly_annulled", "changed", "unlawful", "void"):
        assert value(office, f"wrong.{outcome}") == 0
    assert value(office, "wrong.results") == value(office, "wrong.upheld") == 1


def test_a_signed_zero_makes_nothing_corrected_a_zero(office: Shell) -> None:
    office.ask("zero", "wrong_act", "2025", "--as", "Z001")
    assert value(office, "wrong.corrected", "2025") == 0


def test_a_lost_case_teaches_a_line_that_the_next_review_must_have_looked_at(office: Shell) -> None:
    lost = result(office, "2026-03-02", "撤销")
    office.ask("case", "do", lost, "find_cause", "--on", "2026-03-10", "--as", "Z030", *data(
        "错在哪一方面=违反法定程序", "错在哪一步=通知听证", "经过法制审核而没有发现=是", "原因分析=…"))  # fmt: skip
    office.ask("case", "do", lost, "learn_lesson", "--on", "2026-03-11", "--as", "Z030", *data(
        "改了什么=加进核对清单", "教训编号=教训01", "核对清单=登记",
        "以后要核对的一条=听证通知须满七个工作日"))  # fmt: skip
    assert office.ask("register", "list", "defect", "--on", "2026-03-12")[0]["line"] == "听证通知须满七个工作日"
    assert [value(office, f"wrong.{id}") for id in ("annulled", "reviews_pending", "missed_by_review", "lessons")] == [
        1
    ] * 4
    later = request(office, "2026-03-12", "审核目录的项=不予登记", "对照的核对清单=登记")
    office.ask("case", "do", later, "assign", "--on", "2026-03-12", "--as", "Z030",
               *data("由谁审核=本机关审核人员", "审核人员=Z031"))  # fmt: skip
    office.ask("case", "do", later, "review", "--on", "2026-03-13", "--as", "Z031",
               *data("初次从事法制审核=否", "审核意见=…", *items()))  # fmt: skip
    words = ("case", "do", later, "conclude", "--on", "2026-03-13", "--as", "Z030")
    refused = office(*words, *data("审核结论=通过"))
    assert refused.code == 1
    assert "有错案教训的核对清单须逐条看过" in refused.out
    assert office(*words, *data("审核结论=通过", "已对照核对清单逐条看过=是")).code == 0


def paper(shell: Shell, year: str) -> str:
    out = shell.home / f"report-{year}.html"
    assert shell("report", year, "--out", str(out)).code == 0
    return re.sub(r"<[^>]*>", "", out.read_text("utf-8"))


def test_the_report_says_what_was_corrected_and_by_which_outcome(office: Shell) -> None:
    result(office, "2026-03-02", "撤销")
    result(office, "2026-03-03", "维持")
    said = paper(office, "2026")
    assert "登记行政复议、行政诉讼等结果2件，其中维持1件，被纠正1件。" in said
    assert "撤销1件，部分撤销0件，变更0件，确认违法0件，确认无效0件" in said


def test_the_report_says_that_nothing_was_corrected_only_where_that_was_counted(office: Shell) -> None:
    assert "确认无效的行政行为" not in paper(office, "2026")
    result(office, "2026-03-02", "维持")
    assert "责令履行职责、撤销、部分撤销、变更、确认违法、确认无效的行政行为" in paper(office, "2026")
