"""Which numerals are figures, and what they are."""

from __future__ import annotations

import pytest

from tests.checkup.texts import report

HEAD = "示例县民政局2031年度法治政府建设情况报告\n\n"
NEXT = "\n二、2032年工作安排\n"


def figures(text: str) -> list[tuple[str, str, str]]:
    """Words, value and unit of each figure."""
    return [(f.raw, str(f.value), f.unit) for f in report(HEAD + text).figures]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("指定一名干部负责。", [("一名", "1", "名")]),
        ("确定三个股室、八个方面。", [("三个", "3", "个"), ("八个", "8", "个")]),
        ("走访100余件、30多个社区。", [("100余件", "100", "件"), ("30多个", "30", "个")]),
        ("标准650→700元/月。", [("650", "650", "元/月"), ("700元/月", "700", "元/月")]),
        ("收入比由1.16缩小至1.15。", [("1.16", "1.16", ""), ("1.15", "1.15", "")]),
        ("城乡分别增幅5%、6%。", [("5%", "5", "%"), ("6%", "6", "%")]),
        ("办结率、满意率均为100%。", [("100%", "100", "%"), ("100%", "100", "%")]),
        ("受理24.02万件。", [("24.02万件", "24.02", "万件")]),
        ("补差320元/人/月。", [("320元/人/月", "320", "元/人/月")]),
        ("发放1,310万余元。", [("1,310万余元", "1310", "万元")]),
        ("分别为3、4、5件。", [("3", "3", "件"), ("4", "4", "件"), ("5件", "5", "件")]),
        ("百分之九十五的村。", [("百分之九十五", "95", "%")]),
        ("社会组织二十家。", [("二十家", "20", "家")]),
        ("2031年3月5日召开会议。", [("2031年3月5日", "2031-03-05", "")]),
        ("3月5日召开会议。", [("3月5日", "2031-03-05", "")]),
    ],
)  # fmt: skip
def test_what_is_counted_is_a_figure(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert figures(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "第22个国际日。", "落实“1310”部署。", "12345热线。", "12.4宪法日宣传。", "12·4活动。",
        "示民发〔2031〕5号。", "A4纸，5G网络，90后。",
        "三项制度、两个确立、三个档次。", "一起努力，一个一档，一件事。",
        "十四五规划，六一期间，第三季度。", "《2030年度工作要点》",
         "三级联动，五保户，百家企业。",
        "十三届三次全会。", "拨打电话0799-1234567。", "2031年度，1月至12月。", "“八五”普法。",
    ],
)  # fmt: skip
def test_a_numeral_in_a_name_is_none(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    "text",
    ["未收到行政复议申请。", "全年无行政诉讼案件。", "没有发生安全事故。", "实现零投诉。", "行政复议0件。"],
)
def test_what_there_was_none_of_is_zero(text: str) -> None:
    assert [(str(f.value), f.scope) for f in report(HEAD + text).figures] == [("0", "zero")]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("一、主要举措\n开展培训4场。", "actual"),
        ("一、主要举措\n列入名录满2年的，移出。", "condition"),
        ("一、主要举措\n自收到之日起30日内答复。", "condition"),
        ("一、主要举措\n将3家列入名录。", "actual"),
        ("一、主要举措\n持证率达80%以上。", "actual"),
        ("一、主要举措\n每季度至少开展1次。", "condition"),
        ("一、主要举措\n为80周岁以上老人发放津贴。", "condition"),
        ("一、主要举措\n力争达到5000人次。", "target"),
        (NEXT + "开展培训4场。", "plan"),
        (NEXT + "开展培训不少于4场。", "plan"),
        (NEXT + "确保办结率达到98%。", "target"),
    ],
)
def test_a_figure_that_was_not_done_is_told_apart(text: str, scope: str) -> None:
    assert [f.scope for f in report(HEAD + text).figures] == [scope]


def test_the_own_number_and_the_day_of_signing_are_of_the_document() -> None:
    text = f"{HEAD}示民发〔2032〕1号\n县政府：\n报告如下：\n一、主要举措\n开展工作。\n示例县民政局\n2032年1月12日\n"
    assert [(f.label, str(f.value), f.scope) for f in report(text).figures] == [
        ("发文字号年份", "2032", "document"), ("成文日期", "2032-01-12", "document"),
    ]  # fmt: skip


def test_raw_is_the_text_at_its_offsets() -> None:
    checked = report(HEAD + "受理３件，办结 3 件，答复率 100 ％，走访一百二十户。")
    assert [checked.text[f.start : f.end] for f in checked.figures] == [f.raw for f in checked.figures]
    assert [str(f.value) for f in checked.figures] == ["3", "3", "100", "120"]
