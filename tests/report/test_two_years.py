"""Two years' words beside each other."""

from fazheng.ledger.signed import Line
from fazheng.report.two_years import beside


def lines(*texts: str) -> tuple[Line, ...]:
    return (Line(1, (("一、标题", ""),)), *(Line(0, ((text, ""),)) for text in texts))


def test_a_sentence_is_the_same_has_new_numbers_was_reworded_is_gone_or_is_new() -> None:
    before = lines("全年受理工单12件。统筹推进各项工作。", "组织学法四次，由主要负责人主持。", "建立了旧的制度清单。")
    now = lines("统筹推进各项工作。全年受理工单15件。", "组织学法四次，均由主要负责人主持。", "推出全新便民措施！")
    found = {one.before or one.now: one.state for one in beside(before, now)}
    assert found == {
        "全年受理工单12件。": "numbers",
        "统筹推进各项工作。": "same",
        "组织学法四次，由主要负责人主持。": "reworded",
        "建立了旧的制度清单。": "gone",
        "推出全新便民措施！": "new",
    }


def test_a_sentence_of_this_year_stands_for_one_of_last_year_only() -> None:
    found = beside(lines("统筹推进各项工作。统筹推进各项工作。"), lines("统筹推进各项工作。"))
    assert [one.state for one in found] == ["same", "gone"]


def test_headings_and_no_report_at_all_are_nothing() -> None:
    assert beside(lines(), lines()) == []
