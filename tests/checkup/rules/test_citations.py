"""Names, numbers and standing of what a report cites. Every sentence is of our own making."""

from __future__ import annotations

import pytest

from fazheng.checkup.facts.named import left_out
from fazheng.checkup.facts.near_names import distance
from fazheng.lawbook import texts
from tests.checkup.texts import found, quotes, report


def told(body: str, year: int = 2024) -> str:
    """A short report with one paragraph of the given words."""
    return f"""示例县民政局{year}年度法治政府建设情况报告
县人民政府：
现将{year}年度法治政府建设情况报告如下：
一、主要举措和成效
{body}
二、存在的不足和原因
执法力量不足，主要原因是人员调离较多。
三、{year + 1}年工作安排
补充执法人员，组织业务培训。
示例县民政局
{year + 1}年1月10日
"""


def one_kind(rule: str, body: str, year: int = 2024) -> str:
    """The kind of the one finding of a rule."""
    (finding,) = found(rule, told(body, year))
    return finding.kind


# ── names ──


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("《老年人权益保护法》", "《中华人民共和国老年人权益保障法》"),
        ("《中华人民共和国老年人权益保护法》", "《中华人民共和国老年人权益保障法》"),
        ("《中华人民共和国行政惩罚法》", "《中华人民共和国行政处罚法》"),
        ("《行政复意法》", "《中华人民共和国行政复议法》"),
        ("《未成年人保戶法》", "《中华人民共和国未成年人保护法》"),
        ("《法制宣传教育法》", "《中华人民共和国法治宣传教育法》"),
        ("《中华人名共和国慈善法》", "《中华人民共和国慈善法》"),
        ("《中华人民共和国婚姻登记条例》", "《婚姻登记条例》"),
        ("《社会团体登记管理条列》", "《社会团体登记管理条例》"),
        ("《民办非企业单位登记管理暂行条利》", "《民办非企业单位登记管理暂行条例》"),
        ("《消费者权益保障法》", "《中华人民共和国消费者权益保护法》"),
    ],
)
def test_a_wrong_name_is_told_with_the_right_one(written: str, right: str) -> None:
    (finding,) = found("wrong-statute-name", told(f"组织学习{written}。"))
    assert (finding.quote, finding.suggestion) == (written, right)


@pytest.mark.parametrize(
    "written",
    [
        "《未成年保护法》", "《城市居民委员会法》", "《民办非企业单位登记管理条例》", "《老年人权益保障》",
        "《中华人民共和国未成年人保护》", "《信息公开条例》",
    ],
)  # fmt: skip
def test_a_name_with_words_left_out_is_incomplete(written: str) -> None:
    assert one_kind("wrong-statute-name", f"宣传{written}。") == "incomplete_name"


@pytest.mark.parametrize(
    "written",
    [
        "《中华人民共和国老年人权益保障法》", "《老年人权益保障法》", "《未保法》", "《民法典》",
        "《民法典·婚姻家庭编》", "《民法典（继承编）》",
        "《中华人民共和国慈善法（2023修正）》", "《收养评估办法》", "《收养评估办法（试行）》",
        "《中华人民共和国　宪法》",
        "《教师法》", "《律师法》", "《公证法》", "《公司法》", "《职业病防治法》", "《水法》",
        "《示例省养老服务条例》",
        "《示例市殡葬管理办法》", "《社会救助条例》", "《养老机构管理条例》", "《关于加强执法监督的实施方案》",
        "《示例县民政局法制审核办法》",
        "《社会救助法（草案）》", "《章程》", "《求是》", "《工作办法》", "《示例县实施〈中华人民共和国慈善法〉办法》",
        "《婚姻登记工作手册》",
        "《国务院办公厅关于加强孤儿保障工作的意见》", "《关于加强孤儿保障工作的意见》",
        "《示例县社会团体登记管理规定》",
    ],
)  # fmt: skip
def test_right_short_local_and_other_names_are_let_be(written: str) -> None:
    assert quotes("wrong-statute-name", told(f"组织学习{written}。")) == []


def test_a_name_is_one_slip_away_by_change_swap_loss_or_gain() -> None:
    assert [distance("行政处罚法", other, 1) for other in ("行政惩罚法", "行政罚处法", "行政处法", "行政的处罚法")] == [
        1, 1, 1, 1,
    ]  # fmt: skip
    assert distance("行政处罚法", "行政许可法", 1) == 2


def test_left_out_means_that_nothing_was_changed() -> None:
    assert left_out("未成年保护法", "中华人民共和国未成年人保护法")
    assert not left_out("老年人权益保护法", "中华人民共和国老年人权益保障法")


# ── standing ──


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("向村民宣传《收养法》。", 2024),
        ("宣传《中华人民共和国婚姻法》《继承法》。", 2023),
        ("依照《信访条例》办理信访事项。", 2024),
        ("开展婚姻法宣传，发放资料。", 2024),
        ("讲解物权法、侵权责任法有关规定。", 2022),
        ("按照《中华人民共和国行政监察法》要求接受监督。", 2020),
    ],
)
def test_a_repealed_law_told_as_standing_is_found(body: str, year: int) -> None:
    assert one_kind_of_all("repealed-statute", body, year) == {"repealed_law"}


def one_kind_of_all(rule: str, body: str, year: int) -> set[str]:
    return {finding.kind for finding in found(rule, told(body, year))}


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("《婚姻法》《收养法》同时废止，我局组织学习《民法典》。", 2021),
        ("原《信访条例》规定的事项继续办结。", 2023),
        ("《信访工作条例》取代《信访条例》后，及时修订制度。", 2023),
        ("宣传《信访条例》。", 2022),
        ("宣传《收养法》。", 2020),
        ("宣传劳动合同法、婚姻法律知识和婚姻法规政策。", 2024),
        ("落实《示例省信访条例》和省信访条例的规定。", 2024),
        ("宣传《中国公民收养子女登记办法》。", 2024),
        ("开展合同法律审查，合同法审率100%。", 2024),
    ],
)
def test_history_the_year_itself_and_longer_names_are_no_repealed_law(body: str, year: int) -> None:
    assert quotes("repealed-statute", told(body, year)) == []


def test_what_replaced_a_law_is_told() -> None:
    (finding,) = found("repealed-statute", told("宣传《收养法》。"))
    assert "2021-01-01" in finding.message
    assert "《中华人民共和国民法典》" in finding.message


def test_a_plan_of_the_state_that_has_run_out_is_a_stale_plan() -> None:
    assert one_kind("repealed-statute", "落实《法治政府建设实施纲要（2015—2020年）》。", 2023) == "stale_plan"
    assert quotes("repealed-statute", told("落实《法治政府建设实施纲要（2021—2025年）》。", 2025)) == []
    assert quotes("repealed-statute", told("落实《法治政府建设实施纲要》。", 2027)) == []


@pytest.mark.parametrize(
    ("body", "year", "kinds"),
    [
        ("宣传《中华人民共和国社会救助法》。", 2024, {"law_not_in_force"}),
        ("严格执行《法治宣传教育法》。", 2023, {"law_not_in_force"}),
        ("学习《中华人民共和国民法典》。", 2018, {"law_not_in_force"}),
        ("配合做好《社会救助法》立法调研。", 2024, set()),
        ("对《社会救助法（草案）》提出意见。", 2025, set()),
        ("学习《中华人民共和国慈善法》。", 2024, set()),
        ("落实《行政执法监督条例》。", 2023, set()),
    ],
)
def test_a_law_nobody_could_know_yet_is_found(body: str, year: int, kinds: set[str]) -> None:
    assert one_kind_of_all("statute-not-yet", body, year) == kinds


# ── articles, numbers, issuers ──


@pytest.mark.skipif(not texts.installed(), reason="the package of statute texts is not installed")
def test_an_article_the_law_has_not_is_found() -> None:
    body = "依照《中华人民共和国民法典》第一千三百条和《中华人民共和国民法典》第一千零九十三条办理。"
    assert quotes("article-number", told(body)) == ["《中华人民共和国民法典》第一千三百条"]


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("示民发[2024]5号", "〔2024〕"), ("示民发（2024）5号", "〔2024〕"), ("示民发(2024)5号", "〔2024〕"),
        ("示民发【2024】5号", "〔2024〕"),
        ("示府办发〔2024）12号", "〔2024〕"), ("示民罚字[2024]第3号", "〔2024〕"),
    ],
)  # fmt: skip
def test_a_number_wants_its_own_brackets(number: str, right: str) -> None:
    (finding,) = found("number-brackets", told(f"印发《实施方案》（{number}）。"))
    assert finding.suggestion == right


@pytest.mark.parametrize(
    "words",
    [
        "示民发〔2024〕5号",
        "（2024）示0101行初5号判决",
        "第（3）项",
        "民政部令第60号",
        "培训3期（2024年5月）",
        "举办活动（2024年）12场",
    ],
)
def test_right_numbers_and_court_numbers_are_let_be(words: str) -> None:
    assert quotes("number-brackets", told(f"根据{words}的要求办理。")) == []
    assert quotes("number-incomplete", told(f"根据{words}的要求办理。")) == []


@pytest.mark.parametrize(
    "words",
    ["示民发〔2024〕", "示民发〔2024〕12的要求", "示民发〔24〕12号", "示县委发印发《工作方案》"],
)
def test_a_number_that_lacks_a_part_is_found(words: str) -> None:
    assert len(quotes("number-incomplete", told(f"根据{words}，认真办理。"))) == 1


@pytest.mark.parametrize("words", ["县民政局印发《工作方案》", "联合下发《通知》", "及时转发《通知》"])
def test_to_issue_a_paper_is_no_number(words: str) -> None:
    assert quotes("number-incomplete", told(f"{words}，认真办理。")) == []


@pytest.mark.parametrize(
    "words",
    [
        "《关于做好执法监督工作的》",
        "《中华人民共和国中华人民共和国慈善法》",
        "《慈善法、民法典》",
        "《示例县落实县委依法治县委党政负责人述法方案》",
    ],
)
def test_a_broken_title_is_found(words: str) -> None:
    assert len(quotes("title-garbled", told(f"落实{words}。"))) == 1


@pytest.mark.parametrize(
    "words",
    ["《关于做好执法监督工作的通知》", "《示例县委依法治县委员会工作规则》", "《县委依法治县办关于述法的通知》"],
)
def test_a_whole_title_is_let_be(words: str) -> None:
    assert quotes("title-garbled", told(f"落实{words}。")) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("民政部颁布的《殡葬管理条例》", "wrong_issuer"),
        ("国务院《社会组织信用信息管理办法》", "wrong_issuer"),
        ("《社会组织信用信息管理办法》（国务院令第60号）", "wrong_issuer"),
    ],
)
def test_a_wrong_issuer_is_found(words: str, kind: str) -> None:
    assert one_kind("wrong-issuer", f"学习{words}。") == kind


@pytest.mark.parametrize(
    "words",
    [
        "国务院《殡葬管理条例》", "民政部《社会组织信用信息管理办法》（民政部令第60号）",
        "全国人大常委会颁布的《中华人民共和国行政许可法》",
        "国务院、民政部《殡葬管理条例》", "向民政部报告，《殡葬管理条例》",
        "中共中央办公厅、国务院办公厅印发的《法治政府建设与责任落实督察工作规定》",
        "中共中央、国务院印发的《信访工作条例》",
    ],
)  # fmt: skip
def test_a_right_issuer_is_let_be(words: str) -> None:
    assert quotes("wrong-issuer", told(f"学习{words}。")) == []


# ── names without signs, words of the past ──


def test_a_full_name_without_signs_and_a_wrong_one_are_found() -> None:
    assert one_kind("unmarked-statute", "宣传中华人民共和国慈善法。") == "missing_punctuation"
    assert one_kind("unmarked-statute", "宣传老年人权益保护法。") == "wrong_law_name"


@pytest.mark.parametrize(
    "words", ["宣传慈善法、民法典", "宣传《中华人民共和国慈善法》", "宣传老年人权益保障法", "落实省优化营商环境条例"]
)
def test_short_names_may_stand_without_signs(words: str) -> None:
    assert quotes("unmarked-statute", told(f"{words}。")) == []


@pytest.mark.parametrize(
    ("body", "kind", "quote"),
    [
        ("报县政府法制办备案。", "outdated_institution", "政府法制办"),
        ("与县卫计局、工商局联合检查。", "outdated_institution", "卫计局"),
        ("联合县国土资源局核查。", "outdated_institution", "国土资源局"),
        ("走访五保户。", "outdated_term", "五保户"),
        ("加强民间组织监管。", "outdated_term", "民间组织"),
        ("规范养老机构设立许可审批。", "repealed_matter", "养老机构设立许可"),
    ],
)
def test_what_is_past_is_found(body: str, kind: str, quote: str) -> None:
    assert (kind, quote) in {(finding.kind, finding.quote) for finding in found("outdated-words", told(body))}


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("原县工商局的职能划入市场监管局。", 2024), ("与县卫计局联合检查。", 2017), ("落实《农村五保供养工作条例》。",
        2024),
        ("依法取缔非法民间组织2家。", 2024), ("养老机构设立许可取消后实行备案。", 2024), ("县环保部门到场。", 2024),
        ("县工商联召开座谈会。", 2024), ("县农业农村局、市场监督管理局参加。", 2024), ("局法制机构审核。", 2024),
    ],
)  # fmt: skip
def test_history_titles_and_earlier_years_are_let_be(body: str, year: int) -> None:
    assert quotes("outdated-words", told(body, year)) == []


# ── what programs are told ──


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("《慈善法》", "有效"), ("《收养法》", "已废止（2021-01-01起，由《民法典》取代）"), ("《老年人权益保护法》",
        "名称有误，应为《中华人民共和国老年人权益保障法》"),
        ("《示例县法治工作要点》", "未核对（地方或者本单位文件）"), ("《章程》", "不是法规"), ("《公司法》",
        "有效（未逐部核对）"),
        ("《社会救助法》", "尚未公布（2026-07-01起施行）"),
    ],
)  # fmt: skip
def test_a_citation_says_how_it_stands(written: str, status: str) -> None:
    (citation,) = report(told(f"落实{written}。")).citations
    assert citation.status == status


def test_the_state_before_a_regulation_that_is_not_called_so_is_a_wrong_name() -> None:
    assert one_kind("wrong-statute-name", "学习《中华人民共和国婚姻登记条例》。") == "wrong_law_name"
    assert quotes("wrong-statute-name", told("学习《中华人民共和国政府信息公开条例》。")) == []


def test_a_part_of_the_civil_code_is_no_chapter_of_a_book() -> None:
    (finding,) = found("wrong-statute-name", told("宣传《民法典继承篇》。"))
    assert finding.suggestion == "《民法典继承编》"
    assert found("wrong-statute-name", told("宣传《民法典继承编》。")) == []
