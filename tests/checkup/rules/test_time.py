"""Dates, years and periods of a report. Every sentence is of our own making."""

from __future__ import annotations

import pytest

from tests.checkup.texts import found, quotes


def told(
    body: str = "全年召开会议4次。", *, title: str = "2024年度", plan: str = "补充执法人员。",
    head: str = "2025年工作安排",
    signed: str = "2025年1月10日", number: str = "",
) -> str:  # fmt: skip
    """A short report on 2024, changed where the test says."""
    return f"""示例县民政局{title}法治政府建设情况报告
{number}
县人民政府：
现将有关情况报告如下：
一、主要举措和成效
{body}
二、存在的不足和原因
执法力量不足，主要原因是人员调离较多。
三、{head}
{plan}
示例县民政局
{signed}
"""


def kinds(rule: str, text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.quote) for finding in found(rule, text)]


# ── signature and number ──


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (told(signed="2024年2月5日"), "date_contradiction"),
        (told(signed="2023年12月29日"), "date_contradiction"),
        (told(signed="2024年11月20日", number="示民报〔2025〕3号"), "date_contradiction"),
        (told("12月26日，组织集中学习。", signed="2024年12月2日"), "date_contradiction"),
        (told("学习贯彻党的二十届三中全会精神。", signed="2024年6月3日"), "date_contradiction"),
        (told(signed="2024年9月1日"), "signed_before_year_end"),
        (told(signed="2024年12月20日"), "signed_before_year_end"),
        (told(signed="2027年1月5日"), "date_contradiction"),
    ],
)
def test_a_signature_too_early_is_found(text: str, kind: str) -> None:
    (finding,) = found("signed-early", text)
    assert finding.kind == kind
    assert "年" in finding.quote


@pytest.mark.parametrize(
    "text",
    [
        told(), told(signed="2025年3月1日"), told(signed=""), told(title="2024年上半年", signed="2024年7月3日"),
        "示例县民政局2024年法治工作要点\n一、加强学习\n组织学习。\n二、规范执法\n公示结果。\n示例县民政局\n2024年2月1日\n",
    ],
)  # fmt: skip
def test_a_signature_in_time_is_let_be(text: str) -> None:
    assert found("signed-early", text) == []


def test_the_year_of_a_miswritten_signature_is_put_right() -> None:
    (finding,) = found("signed-early", told(signed="2024年2月5日"))
    assert (finding.quote, finding.suggestion) == ("2024年2月5日", "2025年2月5日")


@pytest.mark.parametrize(
    ("number", "marked"),
    [("示民报〔2023〕1号", 1), ("示民报〔2024〕1号", 1), ("示民报〔2025〕1号", 0), ("", 0), ("示民报〔2027〕1号", 1)],
)
def test_the_number_bears_the_year_of_the_signature(number: str, marked: int) -> None:
    assert quotes("number-year", told(number=number)) == [number] * marked


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("2025年3月5日，召开专题会议。", ["2025年3月5日"]),
        ("学习贯彻党的二十届四中全会精神。", ["二十届四中全会"]),
        ("2025年1月3日，召开述法会议。", []),
        ("有关工作将于2025年6月30日前开展检查。", []),
        ("该办法自2025年5月1日起施行，已组织学习。", []),
    ],
)
def test_what_happened_after_signing_is_found(body: str, marked: list[str]) -> None:
    assert quotes("told-after-signing", told(body)) == marked


# ── years of headings and plans ──


@pytest.mark.parametrize(
    ("head", "plan", "marked"),
    [
        ("2024年工作安排", "补充执法人员。", ["2024"]),
        ("2023年工作打算", "补充执法人员。", ["2023"]),
        ("下一年度工作安排", "2024年，我局将继续规范执法。", ["2024"]),
        ("下一步工作打算", "在2024年，要进一步加强培训。", ["2024"]),
        ("下一年度（2024年）工作安排", "补充执法人员。", ["2024"]),
        ("2025年工作安排", "2025年，我局将继续规范执法。", []),
        ("下一年度工作安排", "2024年工作虽然取得成绩，但仍有不足，将继续努力。", []),
        ("下一步工作打算", "到2027年，力争实现全覆盖。", []),
        ("2025—2027年工作安排", "补充执法人员。", []),
    ],
)
def test_the_coming_year_is_the_next_one(head: str, plan: str, marked: list[str]) -> None:
    assert quotes("wrong-plan-year", told(head=head, plan=plan)) == marked


def test_a_heading_on_what_was_done_is_no_plan() -> None:
    assert found("wrong-plan-year", told("（一）2024年工作要点完成情况。全部完成。")) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (told().replace("现将有关", "现将2023年度有关"), ["2023"]),
        (told().replace("一、主要举措", "一、2023年主要举措"), ["2023"]),
        (told().replace("现将有关", "现将2024年度有关"), []),
        (told().replace("一、主要举措", "一、2023年督察反馈问题整改举措"), []),
        (told().replace("一、主要举措", "一、2024年主要举措"), []),
    ],
)
def test_opening_and_headings_bear_the_year_of_the_title(text: str, marked: list[str]) -> None:
    assert quotes("year-of-text", text) == marked


# ── days ──


@pytest.mark.parametrize(
    "words",
    [
        "2024年2月30日", "6月31日", "13月5日", "2023年2月29日", "2024年13月", "202年", "20244年", "2204年",
        "2024年5月1日（星期二）", "12月4日（周一）", "2024年4月31日",
    ],
)  # fmt: skip
def test_a_day_that_is_not_is_found(words: str) -> None:
    tail = "，召开会议。" if words[-1] in "日月年）" else "召开会议。"
    (finding,) = found("no-such-day", told(f"{words}{tail}"))
    assert finding.kind == "odd_date"


@pytest.mark.parametrize(
    "words",
    [
        "2024年2月29日", "12月31日", "2024年5月1日（星期三）", "2024年12月4日（周三）", "第12345号", "24月龄",
        "12个月", "3.15日", "2035年",
        "5月8日至10日", "共办理2024件", "用时15日",
    ],
)  # fmt: skip
def test_a_day_that_is_there_is_let_be(words: str) -> None:
    assert found("no-such-day", told(f"{words}，召开会议。")) == []


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("2024年至2022年", 1), ("5月20日至5月10日", 1), ("5月20日至10日", 1), ("5月20日—6月10日", 0), ("2022—2024年",
        0),
        ("11月25日至12月5日", 0),
        ("5月10日至20日", 0),
    ],
)  # fmt: skip
def test_a_period_ends_after_it_begins(words: str, marked: int) -> None:
    assert len(found("reversed-period", told(f"{words}，开展检查。"))) == marked


def test_years_run_together_are_told_as_lost_in_conversion() -> None:
    (finding,) = found("joined-years", told("落实20242028年工作方案。"))
    assert (finding.kind, finding.severity, finding.suggestion) == ("lost_text", "info", "2024—2028")
    assert found("joined-years", told("落实2024—2028年方案，编号20242028。")) == []


def test_a_year_without_its_word_is_found() -> None:
    assert kinds("year-without-word", told("按照2024法治建设要求办理。")) == [("missing_word", "2024")]
    assert found("year-without-word", told("按照2024年法治建设要求，办理2024件；示民〔2024〕民政1号。")) == []


# ── plans and periods ──


@pytest.mark.parametrize(
    "body",
    [
        "深入实施“七五”普法。", "扎实推进“十三五”规划。", "全力打赢脱贫攻坚战。", "推进党史学习教育。",
        "落实《示例县养老服务行动方案（2020—2022年）》。",
        "落实三年行动计划（2020—2022年）。", "深入学习贯彻党的十九大精神。",
    ],
)  # fmt: skip
def test_a_plan_that_has_run_out_is_found(body: str) -> None:
    assert [kind for kind, _ in kinds("stale-plan", told(body))] == ["stale_plan"]


@pytest.mark.parametrize(
    "body",
    [
        "做好“七五”普法总结验收。", "“十三五”以来，工作稳步推进。", "巩固拓展脱贫攻坚成果同乡村振兴有效衔接。",
        "深入实施“八五”普法。", "落实“十四五”规划。",
        "推动党史学习教育常态化长效化。", "落实《示例县养老服务行动方案（2023—2025年）》。",
        "2020—2022年共办理案件12件。",
        "学习党的十九大和党的二十大精神。",
    ],
)  # fmt: skip
def test_plans_that_run_and_what_they_left_are_let_be(body: str) -> None:
    assert found("stale-plan", told(body)) == []


def test_the_coming_year_needs_a_plan_that_still_runs() -> None:
    text = told(plan="深入实施“八五”普法。").replace("2025", "2026").replace("2024", "2025")
    assert kinds("stale-plan", text) == [("stale_plan", "八五”普法")] or quotes("stale-plan", text) == ["“八五”普法"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (told("今年以来，我局召开会议4次。"), ["今年以来"]),
        (told("今年我局召开会议4次。"), ["今年"]),
        (told(plan="明年将补充人员。"), ["明年"]),
        (told("今年以来，我局召开会议4次。", signed="2024年12月28日"), []),
        (told("今年以来，我局召开会议4次。", signed=""), []),
        (told(plan="今年将补充人员。"), []),
        (told("本年度召开会议4次。"), []),
    ],
)
def test_this_year_is_the_year_of_the_signature(text: str, marked: list[str]) -> None:
    assert quotes("relative-year", text) == marked


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("近年来，我局办理案件12件。", ["近年来"]),
        ("近几年来开展检查。", ["近几年来"]),
        ("随着近年来形势变化，任务加重。", []),
        ("2024年，我局办理案件12件。", []),
    ],
)
def test_of_late_is_no_year(body: str, marked: list[str]) -> None:
    assert quotes("vague-period", told(body)) == marked


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("2023年5月，举办法治培训1期。", ["2023年5月"]),
        ("2024年5月，举办法治培训1期。", []),
        ("2023年5月，举办培训1期，2024年又举办2期。", []),
        ("2023年5月印发方案，2024年落实。", []),
        ("2023年12月以来，开展检查。", []),
    ],
)
def test_what_was_done_in_another_year_is_found(body: str, marked: list[str]) -> None:
    assert quotes("out-of-period", told(body)) == marked


def test_a_title_that_bears_the_year_of_publishing_is_told_at_the_title() -> None:
    text = told("2023年召开会议4次。2023年办理案件3件。", head="下一年度工作安排", signed="2024年1月20日")
    assert quotes("signed-early", text) == ["2024"]


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("落实《示例县2023年法治政府建设工作要点》。", ["2023年"]),
        ("落实《示例县2024年法治政府建设工作要点》。", []),
        ("总结《示例县2023年法治政府建设工作要点》落实情况。", []),
        ("印发《关于做好2023年度年检工作的通知》。", []),
    ],
)
def test_the_points_of_last_year_are_found(body: str, marked: list[str]) -> None:
    assert quotes("points-of-last-year", told(body)) == marked


def test_without_a_signature_the_number_tells_when_a_report_was_written() -> None:
    assert quotes("relative-year", told("今年召开会议4次。", signed="", number="示民报〔2025〕3号")) == ["今年"]
