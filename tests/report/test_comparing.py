"""Comparison with last year: never a percentage over nothing, never a word about a year of which nothing is known."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from fazheng.figures import FigureValue, Part, count, year
from fazheng.figures.value import NOTHING_OVER, per_cent
from fazheng.lawbook.figure import Section
from fazheng.lawbook.load import LawBook, load
from fazheng.report import compose, findings
from fazheng.report.comparing import change, last, split, trend
from fazheng.report.sentences import Told, filled, in_a_sentence, money
from fazheng.report.written import written
from tests.figures.books import BUREAU, LAW
from tests.figures.random_books import Scene, scenes
from tests.figures.small_book import small_book


def counted(number: int | None, unit: str = "件", **more: object) -> FigureValue:
    return FigureValue("toy.x", "数", unit, number, "", **more)  # type: ignore[arg-type]


def rate(top: int, base: int) -> FigureValue:
    value = per_cent(top, base, 1) if base else None
    note = "" if base else NOTHING_OVER
    return FigureValue("toy.r", "率", "%", value, "", numerator=top, denominator=base, counts="rate", note=note)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (153, 141, "比上年增加12件，增长8.5%"),
        (141, 153, "比上年减少12件，下降7.8%"),
        (12, 12, "与上年持平"),
        (12, 0, "比上年增加12件"),
        (0, 12, "比上年减少12件"),
        (0, 0, ""),
        (12, None, ""),
        (None, 12, ""),
    ],
)
def test_a_change_is_told_with_a_percentage_only_over_something(now: int | None, before: int | None, told: str) -> None:
    assert change(counted(now), counted(before)) == told
    assert change(counted(now), None) == ""


def test_rates_differ_in_points_and_a_rate_over_nothing_in_nothing() -> None:
    assert change(rate(97, 100), rate(95, 100)) == "比上年提高2.0个百分点"
    assert change(rate(90, 100), rate(95, 100)) == "比上年降低5.0个百分点"
    assert change(rate(90, 100), rate(0, 0)) == ""
    assert change(rate(0, 0), rate(90, 100)) == ""


def test_money_is_written_as_a_sentence_writes_it() -> None:
    assert [money(fen) for fen in (36000_00, 1200_55, 360_00, 12_3456_00, 3_0000_00)] == [
        "3.6万", "1200.55", "360", "123456", "3万",
    ]  # fmt: skip
    assert change(counted(36000_00, "元"), counted(12000_00, "元")) == "比上年增加2.4万元，增长200.0%"
    assert in_a_sentence(counted(36000_00, "元")) == "3.6万"


def test_last_year_is_told_with_its_unit_and_left_out_without_data() -> None:
    assert last(counted(7)) == "7件"
    assert last(counted(0)) == "0件"
    assert last(counted(None)) == last(None) == ""


def test_a_trend_needs_three_known_years() -> None:
    assert trend([counted(1), counted(2), counted(3)], 2024) == "2022年1件、2023年2件、2024年3件，逐年上升"
    assert trend([counted(3), counted(2), counted(1)], 2024).endswith("，逐年下降")
    assert trend([counted(3), counted(1), counted(2)], 2024) == "2022年3件、2023年1件、2024年2件"
    assert trend([None, counted(2), counted(3)], 2024) == trend([counted(None), counted(2), counted(3)], 2024) == ""
    assert trend([counted(0)] * 3, 2024) == ""


def test_a_split_lists_what_is_above_zero() -> None:
    parts = (Part("a", "来信", 2), Part("b", "来访", 0), Part("c", "网上", 1))
    assert split(counted(3, parts=parts)) == "来信2件、网上1件"
    assert split(counted(0)) == ""


def test_an_optional_part_is_printed_only_where_its_figures_are_above_zero_and_the_rest_is_known() -> None:
    told = Told({"a": counted(2), "b": counted(0), "c": counted(None)}, {"year": "2024"}, {"a@change": ()})

    def said(text: str) -> str:
        return "".join(piece.text for piece in filled(text, told))

    assert said("收到{{ a }}件[[，退回{{ b }}件]][[，另有{{ c }}件]]。") == "收到2件。"
    assert said("收到{{ a }}件[[（{{ a@change }}）]]。") == "收到2件。"
    assert said("其中[[甲{{ b }}件]][[、乙{{ a }}件]]。") == "其中乙2件。"
    assert said("[[{{ year }}年，]]好。") == "2024年，好。"
    assert said("收到{{ a }}件。[[退回{{ b }}件]][[，另有{{ c }}件]]。") == "收到2件。"


def section(text: str) -> Section:
    return Section(id="x", part="done", rests_on="toy.opened", some=text, zero="没有{{ toy.notes }}。")


def with_section(text: str) -> LawBook:
    law = load(root=LAW)
    return replace(law, reports={"toy": structs.replace(law.reports["toy"], sections=(section(text),))})


ASKING = (
    "开案{{ toy.opened }}件[[（{{ toy.opened@change }}）]][[；上年{{ toy.opened@last }}]]"
    "[[；{{ toy.opened@trend }}]][[；{{ toy.opened@split }}]][[；{{ toy.answered_rate@change }}]]。"
    "[[{{ toy.late@limits }}。]][[{{ toy.broken@articles }}。]]"
)


def sentence(law: LawBook, number: int, **more: date) -> str:
    report = compose(BUREAU, "示例局", law, number, {}, **more)
    return next("".join(piece.text for piece in one.sentence) for one in report.sections)


def test_the_sentences_of_a_book_compare_list_and_name_causes(home: Path) -> None:
    small_book().seal()
    told = sentence(with_section(ASKING), 2024)
    assert told.startswith("开案3件（比上年增加2件，增长200.0%）；上年1件；红2件、未填1件")
    assert "“答复期限”1件，逾期12日。违反试验法第五条第二款的1件。" in told.replace("“办理期限”", "“答复期限”")
    assert "2022年" not in told  # nothing is known of it


def test_a_running_year_is_not_compared_with_a_whole_one(home: Path) -> None:
    small_book().seal()
    told = sentence(with_section(ASKING), 2024, today=date(2024, 12, 30))
    assert "上年" not in told
    assert told.startswith("开案3件；红2件")


def test_what_a_hole_asks_may_stand_only_where_it_may_be_left_out() -> None:
    found = [one.what for one in findings(with_section("开案，{{ toy.opened@change }}，{{ toy.opened@best }}。"))]
    assert "some 里的“toy.opened@change”不一定说得出，要写在 [[ ]] 里面" in found
    assert any("@ 后面只能写" in what for what in found)
    assert findings(with_section(ASKING)) == []


class _Undo(Exception):
    pass


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(scene=scenes(), number=st.integers(2023, 2026))
def test_over_random_books_no_percentage_stands_on_nothing_and_no_data_is_never_a_zero(
    home: Path, scene: Scene, number: int
) -> None:
    law = with_section(ASKING)
    try:
        with transaction.atomic():
            scene.writer.seal()
            report = compose(BUREAU, "示例局", law, number, {})
            text = written(report).text
            now, before, oldest = (
                {one.id: one for one in count(BUREAU, law, year(number - n), ["toy.opened", "toy.answered_rate"])}
                for n in range(3)
            )
            opened, was = now["toy.opened"], before["toy.opened"]
            if opened.value is None:
                assert "开案" not in text
                assert not re.search(r"\d", text.replace(str(number), ""))
            if re.search("增长|下降[0-9]", text):
                assert was.value
                assert opened.value
            if was.value is None:
                assert "上年" not in text.replace("个百分点", "") or before["toy.answered_rate"].value is not None
                assert "上年0件" not in text
            if oldest["toy.opened"].value is None:
                assert f"{number - 2}年" not in text
            assert "None" not in text
            assert "无数据" not in text
            raise _Undo
    except _Undo:
        pass


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_change_and_last_year_make_this_year(now: int, before: int) -> None:
    told = change(counted(now), counted(before))
    found = re.match(r"比上年(增加|减少)(\d+)件(?:，(增长|下降)([\d.]+)%)?$", told)
    if now == before:
        assert told == ("与上年持平" if now else "")
        return
    assert found
    assert before + int(found[2]) * (1 if found[1] == "增加" else -1) == now
    assert bool(found[3]) == bool(now and before)
    if found[4]:
        assert abs(Decimal(found[4]) - Decimal(abs(now - before)) * 100 / before) <= Decimal("0.1")
