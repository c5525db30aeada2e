"""Parts and powers: what should be told and is not, what is told and cannot be."""

from __future__ import annotations

import pytest

from tests.checkup.texts import CLEAN, clean, found, quotes

NO_LEADER = CLEAN.replace(
    """二、党政主要负责人履行推进法治建设第一责任人职责情况

局主要负责人主持召开会议4次，专题研究法治建设工作，带头学法、年终述法。

三、存在""",
    "二、存在",
).replace("四、2032年", "三、2032年")


def with_result(sentence: str) -> str:
    """The sound report with one more paragraph among its results."""
    return CLEAN.replace("二、党政", f"（四）其他工作。{sentence}\n\n二、党政")


def with_plan(sentence: str) -> str:
    """The sound report with one more sentence among its plans."""
    return CLEAN.replace("提高群众知晓率。", f"提高群众知晓率。三是{sentence}")


def with_shortcomings(sentences: str) -> str:
    """The sound report with other shortcomings."""
    begin, end = CLEAN.index("一是执法力量不足"), CLEAN.index("\n\n四、")
    return CLEAN[:begin] + sentences + CLEAN[end:]


def test_a_part_that_is_nowhere_is_missing() -> None:
    (finding,) = found("missing-part", NO_LEADER)
    assert (finding.kind, finding.severity, finding.start) == ("missing_part", "error", None)
    assert "第一责任人履职" in finding.message


def test_only_a_report_on_law_based_government_owes_parts() -> None:
    assert found("missing-part", NO_LEADER.replace("法治政府建设", "社会救助").replace("法治建设", "救助")) == []


def test_a_part_inside_another_is_told_where_it_stands() -> None:
    text = NO_LEADER.replace("均按期办结。", "均按期办结。局主要负责人履行推进法治建设第一责任人职责，带头学法。")
    assert found("missing-part", text) == []
    (finding,) = found("embedded-part", text)
    assert finding.severity == "info"
    assert "第一责任人" in finding.message
    assert finding.quote in text
    assert text.index(finding.quote) < text.index("局主要负责人履行")


def test_a_heading_that_names_two_parts_serves_both() -> None:
    begin, end = CLEAN.index("四、2032"), CLEAN.index("\n\n示例县民政局\n\n2032")
    text = CLEAN[:begin] + "下一步，我局将加强学习。" + CLEAN[end:]
    assert len(found("embedded-part", text)) == 1
    assert found("embedded-part", text.replace("不足和原因", "不足和下一步打算")) == []


def test_a_long_report_without_headings_does_not_lack_its_measures() -> None:
    done = "一年来，坚持依法办事，开展检查12次，培训执法人员30人。" * 20
    text = f"示例县民政局2031年度法治政府建设工作总结\n2031年，示例县民政局认真落实各项任务。{done}\n"
    messages = [finding.message for finding in found("missing-part", text)]
    assert len(messages) == 3
    assert not any("主要举措" in message for message in messages)


@pytest.mark.parametrize(
    "sentences",
    [
        "一是执法人员偏少，力量薄弱。二是宣传形式单一，针对性不强。",
        "工作中还存在一些差距：制度落实不够细，因此效果有限；因地制宜的办法不多。",
        "法治意识有待加强，个别人员重业务轻法治，受到群众批评后才改正。",
    ],
)
def test_shortcomings_without_a_cause_are_told(sentences: str) -> None:
    assert quotes("missing-reason", with_shortcomings(sentences)) == ["三、存在的不足和原因"]


@pytest.mark.parametrize(
    "sentences",
    [
        "执法人员偏少，主要是由于编制有限。",
        "宣传不够深入，究其根源是重视不够。",
        "因人员调动频繁，执法经验不足。",
        "受经费限制，信息化建设滞后。",
        "学习抓得不紧，导致个别干部对新规定不熟。",
        "本年度无明显不足和问题。",
    ],
)
def test_shortcomings_with_a_cause_or_none_are_sound(sentences: str) -> None:
    assert found("missing-reason", with_shortcomings(sentences)) == []


def test_a_heading_with_nothing_under_it_is_told() -> None:
    text = CLEAN.replace("二、党政", "（四）加强执法监督\n\n二、党政")
    assert quotes("heading-without-content", text) == ["（四）加强执法监督"]
    begin, end = CLEAN.index("局主要负责人"), CLEAN.index("三、存在")
    assert len(found("heading-without-content", CLEAN[:begin] + CLEAN[end:])) == 1


@pytest.mark.parametrize(
    "listed",
    [
        "一是补充执法人员",
        "1.补充人员\n2.组织培训\n3.改进普法",
        "（一）补充执法人员\n（二）组织业务培训\n（三）改进普法方式",
    ],
)
def test_a_list_of_single_lines_is_no_row_of_empty_headings(listed: str) -> None:
    begin, end = CLEAN.index("一是补充"), CLEAN.index("\n\n示例县民政局\n\n2032")
    assert found("heading-without-content", CLEAN[:begin] + listed + CLEAN[end:]) == []


def test_a_heading_above_smaller_headings_has_content() -> None:
    assert found("heading-without-content", CLEAN.replace("一、主要举措和成效\n\n", "一、主要举措和成效\n")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "着力提升民政立法水平。",
        "加快养老立法步伐，完善制度。",
        "制定政府规章2部。",
        "做好部门规章和规范性文件的起草。",
        "我局对扰乱秩序的3人作出行政拘留。",
    ],
)
def test_powers_that_a_county_lacks_are_told(sentence: str) -> None:
    (finding,) = found("overreach", with_result(sentence))
    assert (finding.kind, finding.severity) == ("overreach", "warning")


@pytest.mark.parametrize(
    "sentence",
    [
        "坚持科学立法、严格执法、公正司法、全民守法。",
        "配合市人大开展养老服务立法调研。",
        "健全内部规章制度12项。",
        "制定规章制度，严格管理。",
        "对省政府规章草案提出意见3条。",
        "领会立法精神，准确适用法律。",
        "学习《示例省制定地方性法规和政府规章规定》。",
        "公安机关对违法人员作出行政拘留，我局配合做好救助。",
        "制定行政规范性文件2件，均按规定备案。",
        "深入学习贯彻立法法，提高干部法治素养。",
    ],
)
def test_working_under_the_laws_of_others_is_no_overreach(sentence: str) -> None:
    assert found("overreach", with_result(sentence)) == []


def test_a_city_with_districts_may_make_laws_and_is_not_told() -> None:
    assert found("overreach", with_result("提高殡葬立法质量。").replace("示例县", "示例市")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "收到行政诉讼案件2件。",
        "全年接到群众投诉举报15件。",
        "检查养老机构9家，发现安全隐患21处。",
        "对3家社会组织发出限期整改通知书3份，要求引以为戒。",
        "受理信访事项36件。",
    ],
)
def test_what_came_in_without_an_outcome_is_told(sentence: str) -> None:
    assert [f.kind for f in found("missing-outcome", with_result(sentence))] == ["missing_outcome"]


@pytest.mark.parametrize(
    "sentence",
    [
        "收到行政诉讼案件2件，均被法院驳回。",
        "全年接到群众投诉举报15件，全部按期答复。",
        "检查养老机构9家，发现安全隐患21处，已全部整改到位。",
        "检查养老机构9家，发现安全隐患21处。目前18处已整改，3处正在整改。",
        "未收到行政复议申请。",
        "受理信访事项36件，办结率100%。",
        "办理行政处罚案件2件，罚款1万元。",
        "对3家社会组织下发限期整改通知书3份，均已完成整改。",
        "收到群众锦旗3面、感谢信2封。",
    ],
)
def test_what_came_in_with_an_outcome_is_sound(sentence: str) -> None:
    assert found("missing-outcome", with_result(sentence)) == []


@pytest.mark.parametrize(
    "sentence", ["认真办理来信来访，办结率达到100%。", "已完成培训3场。", "共举办培训5期，参训120人。"]
)
def test_a_plan_told_as_done_is_told(sentence: str) -> None:
    assert {f.kind for f in found("plan-as-result", with_plan(sentence))} == {"plan_as_result"}


@pytest.mark.parametrize(
    "sentence",
    [
        "确保办结率达到100%。",
        "举办培训4期，力争持证率达到95%。",
        "新建养老服务站3个，覆盖率达到90%以上。",
        "开展检查不少于12次。",
        "组织培训，使执法人员持证率达到100%。",
        "推动公开率达到100%。",
    ],
)
def test_a_plan_told_as_a_plan_is_sound(sentence: str) -> None:
    assert found("plan-as-result", with_plan(sentence)) == []


def test_a_result_that_is_only_meant_is_a_hint() -> None:
    (finding,) = found("plan-as-result", with_result("计划举办普法讲座6场。"))
    assert finding.severity == "info"
    for sentence in (
        "按照年度执法计划开展检查6次。",
        "计划检查6家，实际检查8家。",
        "按计划举办讲座6场。",
        "预计投入30万元，目前已投入20万元。",
    ):
        assert found("plan-as-result", with_result(sentence)) == []


def test_a_draft_that_is_issued_is_a_hint() -> None:
    text = with_result("印发《示例县养老服务补贴办法（征求意见稿）》，规范发放。")
    assert [f.kind for f in found("draft-as-result", text)] == ["draft_as_result"]
    for sentence in (
        "起草《示例县养老服务补贴办法（征求意见稿）》，征求意见12条。",
        "印发《示例县养老服务补贴办法》。",
        "就《示例县养老服务补贴办法（征求意见稿）》公开征求意见。",
    ):
        assert found("draft-as-result", with_result(sentence)) == []


def test_a_section_that_only_reasons_is_a_hint() -> None:
    talk = "志愿者是宝贵的力量。只有人人参与，乡村才能和谐。发展公益事业具有重要意义。必须凝聚各方共识。"
    (finding,) = found("general-talk", with_result(talk))
    assert finding.quote == talk
    assert found("general-talk", with_result(talk + "我局组建志愿队伍3支。")) == []


def test_an_act_beyond_the_listed_powers_is_told() -> None:
    listed = "公布权责清单，其中行政许可6项、行政处罚9项、行政给付4项。"
    assert quotes("powers-not-listed", with_result(listed + "全年采取行政强制措施2件。")) == ["采取行政强制措施2件"]
    assert found("powers-not-listed", with_result(listed + "全年作出行政处罚决定2件。")) == []
    assert found("powers-not-listed", with_result("全年采取行政强制措施2件。")) == []


def test_none_here_and_some_there_is_told() -> None:
    text = with_result("全年未发生行政复议案件。办理行政复议案件2件，均已审结。")
    assert quotes("none-and-some", text) == ["办理行政复议案件2件"]
    for sentence in (
        "未发生被撤销的行政复议案件。办理行政复议案件2件，均已维持。",
        "一季度无行政复议。办理行政复议案件2件，均已维持。",
        "未发生行政诉讼。办理行政复议案件2件，均已维持。",
    ):
        assert found("none-and-some", with_result(sentence)) == []


@pytest.mark.parametrize(
    "text",
    ["床前明月光，疑是地上霜。举头望明月，低头思故乡。", "We held 3 meetings.\nNo reason was given.\n", clean()],
)
@pytest.mark.parametrize(
    "rule",
    ["missing-part", "embedded-part", "missing-reason", "missing-outcome", "overreach", "heading-without-content",
     "plan-as-result", "draft-as-result", "none-and-some", "powers-not-listed", "general-talk"],
)  # fmt: skip
def test_a_poem_an_english_page_and_a_sound_report_stay_silent(rule: str, text: str) -> None:
    assert found(rule, text) == []


def test_a_power_counted_among_ones_own_that_ones_own_list_lacks_is_told() -> None:
    listed = "梳理权责事项20项，其中行政许可5项、行政给付9项、行政检查6项。"
    claimed = found("powers-not-listed", CLEAN + f"\n{listed}对行政许可、行政检查、行政强制职权进行公示。")
    assert [one.message for one in claimed if "行政强制" in one.message] != []
    sound = found("powers-not-listed", CLEAN + f"\n{listed}对行政许可、行政给付、行政检查职权进行公示。")
    assert [one for one in sound if "职权" in one.quote] == []
