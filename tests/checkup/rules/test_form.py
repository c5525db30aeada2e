"""Punctuation, numbering, blanks, residue, titles: what is told and what is left in peace."""

from __future__ import annotations

import pytest

from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document, Note
from tests.checkup.texts import CLEAN, clean, found, quotes

TITLE = "示例县民政局2031年度法治政府建设情况报告\n"
SOUND = [
    "一、主要举措和成效\n（一）规范执法。1.建立台账；2.公开结果。\n（二）加强监督。",
    "比例为1:2，9:30开会，网址https://example.cn/a?b=1，增长5.5%，发放1,310份。",
    "学习《示例办法（试行）》（示民发〔2031〕2号），举办“法律进社区（村）”活动。",
    "流程为：受理—审核—决定。2031—2035年，周一至周五。",
    "他说：“依法办事。”大家同意。坚持‘三个必须’……持续推进！",
    "English words, like these: ok? (yes).",
    "全县共有低保对象5 132户、8 945人，已经全部发放到位。",
    "分为：1）申请；2）审核；a）公示。",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_lines_give_no_finding_of_form(text: str) -> None:
    report = Report(Document(TITLE + text + "\n"))
    form = [f for f in run(report) if f.rule not in ("missing-signoff",)]
    assert [(f.rule, f.quote) for f in form if f.kind in KINDS] == []


KINDS = frozenset(
    """
punctuation missing_punctuation halfwidth_punctuation unbalanced_bracket unbalanced_quote wrong_dash stray_space
whitespace leftover_markup page_chrome encoding_garble lost_text lost_number missing_unit duplicated_heading
duplicated_title split_title misnumbered_heading title_body_mismatch numeral_style addressee_order
""".split()
)


@pytest.mark.parametrize(
    ("rule", "text", "quote"),
    [
        ("halfwidth-punctuation", "规范执法,公开结果。", ","),
        ("halfwidth-punctuation", "任务如下:一是学习。", ":"),
        ("halfwidth-punctuation", "（一）规范执法:含检查。", ":"),
        ("halfwidth-punctuation", "工作已经完成.", "."),
        ("unbalanced-bracket", "公布清单（含办事指南。", "（"),
        ("unbalanced-bracket", "公布清单含办事指南）。", "）"),
        ("unbalanced-bracket", "学习《示例办法，公开结果。", "《"),
        ("unbalanced-quote", "举办“法律进社区活动。", "“"),
        ("unbalanced-quote", "举办法律进社区”活动。", "”"),
        ("unbalanced-quote", "举办“法律进社区“活动”。", "“"),
        ("wrong-dash", "实施2031一2035年规划。", "一"),
        ("wrong-dash", "明确目标--建成体系。", "--"),
        ("wrong-dash", "明确目标—建成体系。", "—"),
        ("doubled-punctuation", "依法办理。，及时答复。", "。，"),
        ("doubled-punctuation", "依法办理，，及时答复。", "，，"),
        ("doubled-punctuation", "公布（，含指南）结果。", "，"),
        ("doubled-punctuation", "一，主要举措", "一，"),
        ("leftover-markup", "[bookmark: _Toc1]规范执法。", "[bookmark: _Toc1]"),
        ("leftover-markup", "规范&nbsp;执法。", "&nbsp;"),
        ("leftover-markup", "见错误！未找到引用源。执法。", "错误！未找到引用源。"),
        ("leftover-markup", "<span style=\"a\">执法。", "<span style=\"a\">"),
        ("encoding-garble", "规范执\ufffd法。", "\ufffd"),
        ("encoding-garble", "规范\u200b执法。", "\u200b"),
        ("page-chrome", "来源：示例县民政局 浏览次数：12", "来源：示例县民政局 浏览次数：12"),
        ("page-chrome", "- 3 -", "- 3 -"),
        ("lost-text", "落实《》的规定。", "《》"),
        ("lost-text", "印发示政发〔〕号文件。", "〔〕号"),
        ("lost-text", "群众满意率达%。", "达%"),
        ("missing-unit", "发放临时救助资金12.5万，惠及群众。", "12.5万"),
        ("missing-unit", "全年受理信访事项36，办结35件。", "36"),
        ("numeral-style", "二0三一年完成。", "二0三一年"),
        ("numeral-style", "2031年三月完成。", "2031年三月"),
        ("stray-space", "按照2031 年度要求。", "1 年"),
        ("stray-space", "各股室都要坚持依法 行政，认真落实各项制度。", "法 行"),
    ],
)  # fmt: skip
def test_a_fault_of_form_is_told_where_it_stands(rule: str, text: str, quote: str) -> None:
    assert quotes(rule, TITLE + text + "\n") == [quote]


def test_a_text_written_in_half_width_throughout_is_told_once() -> None:
    text = "".join(f"规范第{n}项工作,公开结果;" for n in range(12))
    (finding,) = found("halfwidth-punctuation", TITLE + text)
    assert "共24处" in finding.message


def test_a_quotation_over_two_paragraphs_is_whole() -> None:
    assert found("unbalanced-quote", TITLE + "他说：“依法办事。\n要公开结果。”大家同意。\n") == []


def test_a_paragraph_without_its_stop_is_told_and_wrapped_lines_are_not() -> None:
    bare = CLEAN.replace("提高群众知晓率。", "提高群众知晓率")
    assert quotes("missing-punctuation", bare) == ["率"]
    as_follows = CLEAN.replace("报告如下：", "报告如下")
    assert quotes("missing-punctuation", as_follows) == ["如下"]
    line = "示例县民政局严格落实各项法治建设任务要求，坚持依法履职，规范行政执法行为，主动公开各类信息，接受监督和评议"
    assert found("missing-punctuation", CLEAN.replace("示例县民政局\n", f"{line}\n" * 6 + "示例县民政局\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("（三）化解", "（四）化解", "（四）"),
        ("（三）化解", "（二）化解", "（二）"),
        ("四、2032年", "五、2032年", "五、"),
        ("二是宣传形式", "三是宣传形式", "三是"),
    ],
)
def test_a_number_out_of_order_is_told(old: str, new: str, quote: str) -> None:
    assert quotes("misnumbered-heading", CLEAN.replace(old, new)) == [quote]


def test_lists_that_begin_anew_are_in_order() -> None:
    text = CLEAN.replace("（二）推进政务公开。", "1.公开。\n2.监督。\n（二）推进政务公开。").replace(
        "（三）化解", "1.受理。\n2.办理。\n（三）化解"
    )
    assert found("misnumbered-heading", text) == []


def test_the_same_heading_twice_is_told() -> None:
    assert quotes("duplicated-heading", CLEAN.replace("推进政务公开", "规范行政执法")) == ["规范行政执法"]


def test_the_title_twice_is_told() -> None:
    first = CLEAN.split("\n")[0]
    assert quotes("duplicated-title", f"{first}\n{CLEAN}") == [first]


def test_a_title_broken_inside_a_word_is_told_and_one_broken_after_the_bureau_is_not() -> None:
    broken = CLEAN.replace("法治政府建设情况报告", "法治政府建\n设情况报告", 1)
    assert len(found("split-title", broken)) == 1
    assert found("split-title", CLEAN.replace("民政局2031年度", "民政局\n2031年度", 1)) == []


def test_a_signature_of_another_bureau_is_told() -> None:
    other = CLEAN.replace("\n示例县民政局\n\n2032", "\n示范县民政局\n\n2032")
    assert quotes("title-body-mismatch", other) == ["示范县民政局"]


def test_the_government_before_the_party_committee_is_told() -> None:
    assert quotes("addressee-order", CLEAN.replace("县委、县政府：", "县政府、县委：")) == ["县政府、县委"]
    assert found("addressee-order", clean()) == []


def test_empty_lines_in_a_row_are_told_once() -> None:
    assert len(found("whitespace", CLEAN.replace("\n\n示例县民政局\n", "\n\n\n\n\n\n示例县民政局\n"))) == 1


def test_comments_and_changes_left_in_the_file_are_told_by_kind() -> None:
    notes = (Note("comment", "再核", 3), Note("comment", "再看"), Note("deleted", "旧话"), Note("header", "页眉"))
    findings = run(Report(Document(CLEAN, notes=notes)), ["hidden-residue"])
    assert sorted(f.message[:8] for f in findings) == ["文件里有批注2处", "文件里有未接受的"]


@pytest.mark.parametrize(
    "text",
    ["静夜思\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n", "A Report\nThis is an English page, with text.\n"],
)
def test_a_poem_and_an_english_page_bring_no_nonsense(text: str) -> None:
    assert [f.rule for f in run(Report(Document(text)))] == []
