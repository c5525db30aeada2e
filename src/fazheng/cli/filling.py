"""`fazheng fill`: a form that another office sent, its holes filled with figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.casework.forms import Filling, FormFault, fill_form, holes_of
from fazheng.cli import chinese
from fazheng.cli.common import REPORTS, Unusable, answer, common, settings
from fazheng.figures import FigureValue, Period, PeriodFault, count, cut_off, parse, up_to
from fazheng.issuing.leaving import Leaving, leave
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.read import head

_HOLE = re.compile(r"([^@\s]+)(?:\s*@\s*(\S+))?")
WORDS = "year、next_year、bureau、cut_off"


@click.command(cls=chinese.Command)
@click.argument("sent", metavar="FORM.xlsx|.docx")
@click.option("--period", required=True, metavar="期间", help="没有另写期间的数，都是这个期间的")
@click.option("--out", default="", metavar="FILE", help="写到哪里（默认在账本的报告文件夹里）")
@click.option("--to", "told_to", default="", metavar="单位", help="报给谁：留底。不写的是底稿，不留底")
@click.option("--by", default="", metavar="CODE", help="填报人的人员编号（与 --to 一起写）")
@click.option("--leave-blank", is_flag=True, help="无数据的留空，其余照填")
@common
def fill(sent: str, period: str, out: str, told_to: str, by: str, leave_blank: bool) -> int:
    """填别处发来的表：表里写 {{统计项}}、{{统计项@2023}}、{{year}} 的地方填上数，格式和公式不动。"""
    bureau = settings().open()
    book = load(place=bureau.place)
    path = Path(sent)
    before = head(bureau.code)
    try:
        asked = _Asked(bureau, book, _span(period))
        for hole in holes_of(path):
            asked.take(hole)
        if not asked.fillings and not asked.wrong and not asked.empty:
            raise Unusable(f"“{path.name}”里没有一个 {{{{统计项}}}} 的空，没有写文件")
        if asked.wrong or (asked.empty and not leave_blank):
            return _listed(path, asked)
        filled = fill_form(path, asked.fillings | {hole: Filling("") for hole, _ in asked.empty})
    except (FormFault, PeriodFault) as fault:
        raise Unusable(str(fault)) from fault
    target = Path(out) if out else Path(settings().home) / REPORTS / f"{path.stem}（已填）{path.suffix}"
    if target.suffix.lower() != path.suffix.lower() or target.resolve() == path.resolve():
        raise Unusable(f"填好的表要另存成一个{path.suffix}文件，不改原表")
    if not out:
        target.parent.mkdir(exist_ok=True)
    leave({target: filled.data}, Leaving(bureau, told_to, "fill", by, before) if told_to else None, asked.told)
    kept = f"已留底：报{told_to}。" if told_to else "这是底稿，没有留底（报出去时写 --to 单位 --by 编号）。"
    blanks = f"留空{len(asked.empty)}处。" if asked.empty else ""
    said = {"file": str(target), "holes": filled.holes, "blank": [hole for hole, _ in asked.empty],
            "told_to": told_to, "notes": list(filled.notes)}  # fmt: skip
    answer(said, lambda: "\n  ".join([f"已写 {target}：填了{filled.holes}处。{blanks}{kept}", *filled.notes]))
    return 0


@dataclass
class _Asked:
    """What the form's holes ask for, as far as the book can tell it."""

    bureau: Bureau
    book: LawBook
    period: Period
    fillings: dict[str, Filling] = field(default_factory=dict)
    told: list[tuple[Period, FigureValue]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)  # hole, why
    empty: list[tuple[str, str]] = field(default_factory=list)
    _known: dict[tuple[Period, str], FigureValue] = field(default_factory=dict)

    def take(self, hole: str) -> None:
        """Finds what goes into one hole."""
        year = self.period[1].year
        day = cut_off(self.period)
        words = {"year": str(year), "next_year": str(year + 1), "bureau": self.bureau.name, "cut_off": day}
        found = _HOLE.fullmatch(hole)
        if hole in words:
            self.fillings[hole] = Filling(words[hole], words[hole] if hole in ("year", "next_year") else "")
        elif found is None or found[1] not in self.book.figures:
            self.wrong.append((hole, f"没有这个统计项；也可以写 {WORDS}"))
        elif self.book.figures[found[1]].of == STAFF:
            self.wrong.append((hole, "数的是本局的人，涉及个人，不自动填；请人事股室手填"))
        else:
            self._figure(hole, found[1], found[2])

    def _figure(self, hole: str, id: str, period: str | None) -> None:
        try:
            span = _span(period) if period else self.period
        except PeriodFault as fault:
            self.wrong.append((hole, str(fault)))
            return
        if (span, id) not in self._known:
            self._known[span, id] = count(self.bureau.code, self.book, span, [id])[0]
            self.told.append((span, self._known[span, id]))
        value = self._known[span, id]
        if value.state == "no_data":
            self.empty.append((hole, f"{value.name}：{value.note}"))
        else:
            plain = value.value is not None and value.counts != "rate"
            self.fillings[hole] = Filling(value.shown, value.shown if plain else "")


def _span(text: str) -> Period:
    return up_to(parse(text), clock.today())


def _listed(path: Path, asked: _Asked) -> int:
    """Says which holes could not be filled; nothing was written. Exit code 1."""
    bad: Sequence[tuple[str, str]] = [*asked.wrong, *asked.empty]
    how = "补录、申报，或者用 --leave-blank 把无数据的留空" if not asked.wrong else "请改正表里的空，再填"
    answer(
        {"file": "", "wrong": dict(asked.wrong), "no_data": dict(asked.empty)},
        lambda: "\n  ".join(
            [f"“{path.name}”有{len(bad)}处填不了，没有写文件；{how}：", *(f"{{{{{hole}}}}} {why}" for hole, why in bad)]
        ),
    )
    return 1


COMMANDS = (fill,)
