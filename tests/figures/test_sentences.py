"""Every kind of figure in each of its states, as one sentence: a table that a reader can check line by line.

After a change that is meant: FAZHENG_GOLDEN=1 .venv/bin/python -m pytest tests/figures/test_sentences.py
writes the table anew; read its diff like any other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fazheng.figures import count, parse, recount
from fazheng.figures.saying import saying
from fazheng.lawbook.conditions import (
    AllOf,
    Fact,
    FieldTest,
    Happened,
    HappenedInPeriod,
    HasDefect,
    Missed,
    ParameterRef,
)
from fazheng.lawbook.figure import Figure, Rate
from tests.figures.books import BUREAU, toy_law
from tests.figures.small_book import small_book
from tests.figures.test_declared import declare

GOLDEN = Path(__file__).parent / "golden" / "sentences.txt"
OF: dict[str, Any] = {"of": "toy.case"}
OPENED = HappenedInPeriod("opened")
COLOUR = Fact("toy_list", "colour")
KINDS: dict[str, Figure] = {
    "案件": Figure(id="cases", name="开案数", unit="件", counts="cases", where=OPENED, **OF),
    "案件，某日的": Figure(id="stock", name="已答复的案件数", unit="件", counts="cases",
                   where=Happened("answered"), **OF),
    "案件，分项": Figure(id="split", name="分色开案数", unit="件", counts="cases", where=OPENED,
                     splits=Fact("opened", "colour"), **OF),
    "案件，超期": Figure(id="late", name="超期数", unit="件", counts="cases",
                     where=AllOf((OPENED, Missed("answer_period"))), **OF),
    "案件，程序问题": Figure(id="broken", name="有程序问题的案件数", unit="件", counts="cases",
                       where=AllOf((OPENED, HasDefect("noted_first"))), **OF),
    "案件，按地方参数": Figure(id="big", name="大额案件数", unit="件", counts="cases",
                        where=AllOf((OPENED, FieldTest(Fact("noted", "amount"), "at_least",
                                                       ParameterRef("toy.large")))), **OF),
    "事件": Figure(id="events", name="记事次数", unit="次", counts="events", event="noted", **OF),
    "不同的值": Figure(id="distinct", name="事由数", unit="个", counts="events", event="opened",
                   distinct=Fact("opened", "topic"), **OF),
    "合计，元": Figure(id="sums", name="金额", unit="元", sums=Fact("noted", "amount"), **OF),
    "台账，在册": Figure(id="listed", name="在册数", unit="家", counts="register", of="toy_list"),
    "台账，期初数": Figure(id="opening", name="含期初的在册数", unit="家", counts="register", of="toy_list"),
    "台账，在册，有条件": Figure(id="green", name="绿色在册数", unit="家", counts="register", of="toy_list",
                         where=FieldTest(COLOUR, "is", "green")),
    "台账，列入": Figure(id="came", name="列入数", unit="家", counts="register", of="toy_list", moved="entered"),
    "比率": Figure(id="rate", name="超期率", unit="%", digits=1, rate=Rate(of="late", over="cases")),
    "相加": Figure(id="adds", name="相加数", unit="件", adds=("cases", "late")),
}  # fmt: skip
ADDED = {"rate", "adds"}
ASKED = {"有数": "2024", "零": "2017", "申报": "2018", "申报零": "2016", "无数据": "2012"}
SECTIONS = {"desk": "热线承办员"}


def table() -> Iterator[str]:
    """The lines of the table, over the small book with a signed nought for 2017 and declared numbers for 2018."""
    writer = small_book()
    writer.enters("nothing:toy.case", "nothing_happened", "2018-01-05", {"of": "toy.case", "year": 2017})
    for figure in KINDS.values():
        if figure.id not in ADDED:
            declare(writer, figure.id, _period("申报", figure), 123400 if figure.unit == "元" else 12)
            declare(writer, figure.id, _period("申报零", figure), 0)
    declare(writer, "cases", "2024", 5)
    declare(writer, "opening", "2019", 40, opening=True)
    writer.enters("toy_list:A1", "row_strike", "2026-02-01", {})
    writer.seal()
    law = toy_law(*KINDS.values())
    for kind, figure in KINDS.items():
        for state in (state for state in ASKED if (figure.id, state) != ("opening", "零")):
            (value,) = count(BUREAU, law, parse(_period(state, figure)), [figure.id])
            assert [value] == recount(BUREAU, law, parse(_period(state, figure)), [figure.id])
            if state == "有数":
                yield f"【{kind}】{value.definition}"
            yield f"  {state}：{saying(value, SECTIONS)}"


def _period(state: str, figure: Figure) -> str:
    """Where the small book has that state: a register has a zero once it has rows, a parameter only from 2024 on."""
    if figure.id == "big":
        return {**ASKED, "零": "2024-12", "申报": "2024-02", "申报零": "2024-04", "无数据": "2024-05"}[state]
    zero = "2026-03" if figure.id == "listed" else "2021"
    return {**ASKED, "零": zero}[state] if figure.counts == "register" else ASKED[state]


def test_each_kind_of_figure_says_each_of_its_states(home: Path) -> None:
    found = "\n".join(table()) + "\n"
    if os.environ.get("FAZHENG_GOLDEN"):
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8"), "the table reads otherwise; if that is meant, see the top of this file"


@pytest.mark.parametrize("state", ["有数", "零", "申报", "申报零", "无数据"])
def test_every_kind_has_every_state_in_the_table(state: str) -> None:
    lines = GOLDEN.read_text("utf-8").splitlines()
    assert sum(line.startswith(f"  {state}：") for line in lines) == len(KINDS) - (
        state == "零"
    )  # an opening stock of nought is a declared one


def test_only_what_has_no_data_goes_without_a_source() -> None:
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("  ") and not line.startswith("  无数据"):
            assert "（" in line
