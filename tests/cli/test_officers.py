"""`fazheng officers`: who may act on a day and for what, hours, interests; cases per officer."""

from __future__ import annotations

from typing import Any

from tests.cli.typing import Shell

OURS = "51999900MJX00000X8"


def training(shell: Shell, day: str, people: str, hours: int, topic: str = "行政处罚") -> None:
    shell.ask("case", "open", "officer.training", "--on", day, "--as", "Z009", "--data", "培训形式=轮训",
              "--data", f"题目={topic}", "--data", f"学时={hours}", "--data", f"参加的人员={people}",
              "--data", "组织的机关=示例县司法局", "--data", "有考核、评比结果=否")  # fmt: skip


def personnel(shell: Shell) -> None:
    shell.ask("register", "enter", "staff", "--on", "2020-01-01", "--data", "code=Z009", "--data", "name=示例壬",
              "--data", "roles=人事股室", "--paper", "示例县机构编制台账")  # fmt: skip


def officer(shell: Shell, code: str, day: str) -> Any:
    return next(one for one in shell.ask("officers", "today", "--on", day)["officers"] if one["code"] == code)


def steps_of(one: Any, procedure: str, word: str) -> Any:
    return next(may[word] for may in one["may"] if may["procedure"] == procedure)


def test_an_officer_may_act_as_long_as_the_certificate_is_valid(fresh: Shell) -> None:
    valid = officer(fresh, "Z003", "2026-03-02")
    assert valid["certificate"]["state"] == "valid"
    assert "立案" in steps_of(valid, "penalty.ordinary", "steps")
    late = officer(fresh, "Z003", "2030-01-02")
    assert late["certificate"]["state"] == "expired"
    assert "立案" in steps_of(late, "penalty.ordinary", "lacking")
    assert "立案" not in steps_of(late, "penalty.ordinary", "steps")


def test_hours_are_counted_by_person_and_topic_within_the_year(fresh: Shell) -> None:
    personnel(fresh)
    training(fresh, "2025-12-30", "Z003", 40)
    training(fresh, "2026-02-02", "Z003、Z004", 8)
    training(fresh, "2026-02-09", "Z003", 6, "文书、案卷、全过程记录")
    hours = officer(fresh, "Z003", "2026-03-02")["hours"]
    topics = {"行政处罚": 8, "文书、案卷、全过程记录": 6}
    assert hours == {"total": 14, "by_topic": topics, "wanted": 60, "short": 46}
    assert officer(fresh, "Z004", "2026-03-02")["hours"]["total"] == 8


def test_a_declared_interest_stands_beside_the_person_until_it_ends(fresh: Shell) -> None:
    personnel(fresh)
    opened = fresh.ask("case", "open", "officer.interest", "--on", "2026-01-05", "--as", "Z009", "--data",
                       f"统一社会信用代码={OURS}", "--data", "申报的人员=Z003",
                       "--data", "关系=近亲属任职、持股")  # fmt: skip
    assert officer(fresh, "Z003", "2026-01-05")["interests"] == [OURS]
    assert officer(fresh, "Z004", "2026-01-05")["interests"] == []
    fresh.ask("case", "do", opened["case"], "end_interest", "--on", "2026-02-02", "--as", "Z009", "--data", "理由=…")
    assert officer(fresh, "Z003", "2026-02-01")["interests"] == [OURS]
    assert officer(fresh, "Z003", "2026-02-02")["interests"] == []


def test_cases_are_listed_by_code_and_a_case_counts_once_for_each_person(fresh: Shell) -> None:
    personnel(fresh)
    training(fresh, "2026-02-02", "Z003、Z004", 8)
    training(fresh, "2026-02-09", "Z003", 6)
    told = fresh.ask("officers", "cases", "2026-02")["people"]
    assert [one["code"] for one in told] == sorted(one["code"] for one in told)
    assert {one["code"]: one["cases"] for one in told}["Z009"] == {"officer.training": 2}
    assert {one["code"]: one["total"] for one in told}["Z003"] == 0  # who is trained handles nothing


def test_somebody_who_is_no_officer_is_told_so(fresh: Shell) -> None:
    said = fresh("officers", "today", "Z001", "--on", "2026-03-02")
    assert said.code == 2
    assert said.err == "Z001在2026-03-02不是执法人员，也没有执法证；用 fazheng officers today 列出各人\n"


def test_one_person_s_page_names_each_step_and_what_the_place_asks(fresh: Shell) -> None:
    said = fresh("officers", "today", "Z003", "--on", "2026-03-02").out
    assert "能办：行政处罚普通程序：" in said
    assert "还差60（要求60）" in said
