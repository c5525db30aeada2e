"""Conditions in Chinese: what a gate needs, and what to do first."""

from typing import Any

import pytest

from fazheng.lawbook.conditions import parse
from fazheng.lawbook.load import load
from fazheng.procedure.question import question
from fazheng.procedure.words import describe, todo
from tests.procedure.story import Story, day, toys


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"event": "a"}, "已有“甲事”"),
        ({"event": "a", "at_least": 2}, "已有“甲事”2次以上"),
        ({"event": "a", "since": "b"}, "“乙事”以后又有“甲事”"),
        ({"event": "a", "in_period": True}, "期内有“甲事”"),
        ({"expired": "a_period"}, "“甲事期限”已届满"),
        ({"missed": "a_period"}, "“甲事期限”超期"),
        ({"not": {"missed": "a_period"}}, "“甲事期限”没有超期"),
        ({"not": {"event": "a"}}, "并非已有“甲事”"),
        ({"field": "noted.flag", "is": True}, "“记事·是否”为“是”"),
        ({"field": "noted.colour", "in": ["red", "blue"]}, "“记事·颜色”是红、蓝之一"),
        ({"field": "noted.sum", "at_least": 123450}, "“记事·金额”不少于1234.50元"),
        ({"field": "noted.number", "at_most": 3}, "“记事·数目”不多于3"),
        ({"field": "noted.secret", "present": True}, "“记事·说明”已填"),
        ({"field": "noted.secret", "present": False}, "“记事·说明”未填"),
        ({"field": "noted.on", "present": True}, "“记事·日期”已填"),
        ({"actor_not_in": "noted.by"}, "办理人不在“记事·办理人”之中"),
        ({"defect": "a_before_guarded"}, "有条目违反“试验法第六条：”"),
        ({"all": [{"event": "a"}, {"event": "b"}]}, "已有“甲事”，且已有“乙事”"),
        ({"any": [{"event": "a"}, {"event": "b"}]}, "（已有“甲事”，或者已有“乙事”）"),
    ],
)
def test_a_condition_is_said_in_chinese(condition: dict[str, Any], told: str) -> None:
    assert describe(parse(condition), toys().procedures["toy.words"][0]) == told


def test_many_broken_rules_are_told_by_their_articles_each_once() -> None:
    """A hundred phrases in one sentence say nothing to anybody; what else may be the case stands before them."""
    version = load(place="示例县").procedures["penalty.ordinary"][-1]
    gates = [gate.id for gate in version.gates if gate.article.startswith("第五十九条")][:5]
    assert len(gates) == 5
    some = [{"defect": gate} for gate in (*gates, gates[0], "role")]
    told = describe(parse({"any": [{"event": "decide"}, *some]}), version)
    assert told.startswith("（已有“decide”，或者有条目违反下列程序规则之一（共7条）：行政处罚法第五十九条")
    assert told.endswith("；办理人没有这一步的角色）")
    articles = told.partition("：行政处罚法")[2].partition("；")[0].split("、")
    assert len(set(articles)) == len(articles) >= 4
    few = describe(parse({"any": [{"defect": gate} for gate in gates]}), version)
    assert few.count("有条目违反“行政处罚法第五十九条") == 5


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"event": "b"}, "先办理“乙事”"),
        ({"event": "b", "since": "a"}, "先办理“乙事”"),
        ({"expired": "a_period"}, "等“甲事期限”届满（最早2026-03-13）"),
        ({"field": "noted.flag", "is": True}, "先办理“记事”，须“记事·是否”为“是”"),
        ({"actor_not_in": "noted.people"}, "请由“记事·到场人员”以外的人办理"),
        ({"not": {"event": "a"}}, "须并非已有“甲事”"),
        ({"any": [{"event": "b"}, {"expired": "a_period"}]}, "先办理“乙事”；或者等“甲事期限”届满（最早2026-03-13）"),
        (
            {"all": [{"event": "b"}, {"field": "noted.flag", "is": False}]},
            "先办理“乙事”；并且先办理“记事”，须“记事·是否”为“否”",
        ),
    ],
)
def test_what_to_do_first_is_said_in_chinese(condition: dict[str, Any], told: str) -> None:
    story = Story("toy.words").told("begin 2026-03-02", "do_a 2026-03-03")
    asked = question(story.law_at(day("2026-03-04")), story.case, day("2026-03-04"), story.around)
    assert todo(parse(condition), toys().procedures["toy.words"][0], asked) == told


def test_what_was_done_too_early_is_to_be_done_again() -> None:
    story = Story("toy.words").told("begin 2026-03-02", "do_b 2026-03-03", "do_a 2026-03-04")
    asked = question(story.law_at(day("2026-03-04")), story.case, day("2026-03-04"), story.around)
    needs = parse({"event": "b", "since": "a"})
    assert todo(needs, toys().procedures["toy.words"][0], asked) == "“甲事”以后，重新办理“乙事”"


def test_a_wait_without_a_certain_day_names_none() -> None:
    story = Story("toy.words").told("begin 2026-03-02", "stop 2026-03-03")
    asked = question(story.law_at(day("2026-03-04")), story.case, day("2026-03-04"), story.around)
    assert todo(parse({"expired": "a_period"}), toys().procedures["toy.words"][0], asked) == "等“甲事期限”届满"
