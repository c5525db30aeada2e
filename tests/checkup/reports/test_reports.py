"""Ten whole reports of ten styles, labelled in their own text, and right sentences that look like faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazheng.checkup.run import run
from tests.checkup.eval import DECIDABLE, Score, evaluate, f1, precision
from tests.checkup.reports.build import HERE, build, built
from tests.checkup.texts import report

TRICKY = [line for line in (HERE / "tricky.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
AROUND = """示例县民政局2023年度法治政府建设情况报告
县人民政府：
现将2023年度法治政府建设情况报告如下：
一、主要举措和成效
{}
二、党政主要负责人履行推进法治建设第一责任人职责情况
局长主持召开会议4次，带头学法述法。
三、存在的不足和原因
一是力量不足，原因是持证人员调离较多。
四、2024年工作安排
加强培训，改进普法。
示例县民政局
2024年1月12日
"""


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    folder = tmp_path_factory.mktemp("reports")
    build(folder)
    return evaluate(folder, show=True)


def test_nearly_every_fault_that_a_machine_can_decide_is_found(score: Score) -> None:
    tallies = [tally for kind, tally in score.by_kind.items() if kind in DECIDABLE]
    hit, missed = sum(t.hit for t in tallies), sum(t.missed for t in tallies)
    assert hit / (hit + missed) >= 0.97, "\n".join(score.lines)


def test_nearly_every_finding_is_borne_out(score: Score) -> None:
    assert precision(score) >= 0.98, "\n".join(score.lines)


def test_figures_sections_and_facts_agree(score: Score) -> None:
    assert f1(score.figures) >= 0.99, "\n".join(score.lines)
    assert score.scopes.recall >= 0.98
    assert f1(score.sections) == 1.0
    assert score.facts.missed == 0, "\n".join(score.lines)


def test_no_relation_that_holds_is_reported(score: Score) -> None:
    assert score.false_relations == 0


@pytest.mark.parametrize("name", ["08-clean-wordy-county", "09-clean-county-headless"])
def test_a_clean_report_gives_no_finding(name: str) -> None:
    text, _ = built((HERE / "source" / f"{name}.txt").read_text("utf-8"), name)
    assert [f for f in run(report(text)) if f.severity != "info"] == []


@pytest.mark.parametrize("sentence", TRICKY)
def test_a_right_sentence_is_neither_error_nor_warning(sentence: str) -> None:
    found = run(report(AROUND.format(sentence)))
    assert [(f.rule, f.quote) for f in found if f.severity != "info" and f.kind != "no_figures"] == []


def test_marks_are_read_with_their_offsets() -> None:
    head = "bureau: 甲局\nyear: 2031\nparts: 成 present\nholds: 1+2=3\n---\n"
    source = head + "§1成一、法治\n⟦typo|办结‹三件=3›⟧，⟦=|一一⟧，‹5次@plan›\n"
    text, gold = built(source, "x")
    assert text == "一、法治\n办结三件，一一，5次\n"
    assert gold["defects"] == [{"type": "typo", "quote": "办结三件", "offsets": [5], "tier": "core"}]
    assert [(f["raw"], f["value"], f["offset"], f["scope"]) for f in gold["figures"]] == [
        ("三件", 3, 7, "actual"),
        ("5次", 5, 13, "plan"),
    ]
    assert gold["not_defects"] == ["一一"]
    assert gold["sections"] == [{"level": 1, "part": "主要举措和成效", "offset": 0}]


def test_a_mark_left_open_is_refused() -> None:
    with pytest.raises(ValueError, match="not closed"):
        built("bureau: 甲局\nyear: 2031\nparts: \n---\n⟦typo|法治\n", "x")


def test_every_source_says_what_it_is() -> None:
    assert len(list((Path(__file__).parent / "source").glob("*.txt"))) >= 10


def test_lines_broken_by_a_page_bring_hardly_any_false_alarm() -> None:
    text, _ = built((HERE / "source" / "08-clean-wordy-county.txt").read_text("utf-8"), "x")
    lines = [line[at : at + 35] for line in text.split("\n") for at in range(0, max(1, len(line)), 35)]
    assert [f for f in run(report("\n".join(lines))) if f.severity != "info"] == []


def test_a_heading_without_number_is_read_as_its_part() -> None:
    text, _ = built((HERE / "source" / "03-paragraphs-district.txt").read_text("utf-8"), "x")
    assert [section.part for section in report(text).sections] == [
        "主要举措和成效",
        "第一责任人履职",
        "不足和原因",
        "下一年安排",
    ]
