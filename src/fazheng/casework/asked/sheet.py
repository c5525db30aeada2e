"""What stands on the sheet of a section: its figures over a period, beside those of the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fazheng.casework.bureaux import Bureau, is_example
from fazheng.figures import FigureValue, Period, count, told
from fazheng.figures.saying import origin
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.sections import section_names, section_of

NAME = "数据核对表"
CODE, FIGURE, UNIT, BEFORE, VALUE, SOURCE, CASES, PAPER, MEANING = HEADS = (
    "编号", "统计项", "单位", "上年同期", "本期数", "出处", "案件数", "依据的文件", "口径",
)  # fmt: skip
SIGNED = "填报人（签字）："
PERIOD, SECTION, BUREAU = "期间", "岗位", "单位编号"


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A figure, as the book has it now and had it a year before."""

    value: FigureValue
    before: FigureValue
    source: str

    @property
    def rate(self) -> bool:
        return self.value.counts == "rate"


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """The sheet of one section over a period. `example`: the bureau is an invented one."""

    bureau: Bureau
    period: Period
    section: str
    section_name: str
    rows: tuple[AskedRow, ...]
    example: bool

    @property
    def title(self) -> str:
        return f"{self.bureau.name}{told(self.period)}{NAME}（{self.section_name}）"

    @property
    def days(self) -> str:
        return f"{self.period[0]}..{self.period[1]}"

    @property
    def blanks(self) -> int:
        """Rows the book knows nothing of, to be filled by the section."""
        return sum(row.value.value is None and not row.rate for row in self.rows)


def sections_asked(book: LawBook) -> Mapping[str, int]:
    """How many figures each section answers for, by role. Those nobody can be told for stand under ""."""
    return Counter(section_of(figure, book) for figure in book.figures.values())


def sheet_for(bureau: Bureau, book: LawBook, period: Period, section: str) -> AskedSheet:
    """The sheet of the section, its figures in the order of the law files. Without rows where it answers for none."""
    ids = [figure.id for figure in book.figures.values() if section_of(figure, book) == section]
    now = count(bureau.code, book, period, ids) if ids else []
    before = count(bureau.code, book, year_before(period), ids) if ids else []
    names = section_names(book)
    rows = tuple(
        AskedRow(value, old, origin(value, names) if value.value is not None else value.note)
        for value, old in zip(now, before, strict=True)
    )
    said = book.place.role("", section) if book.place is not None else None
    name = said.name if said is not None and said.name else names.get(section, section)
    return AskedSheet(bureau, period, section, name, rows, is_example(bureau.code))


def year_before(period: Period) -> Period:
    """The same days a year earlier; a period that ends with February ends with February."""
    first, last = period
    after = last + timedelta(days=1)
    return _earlier(first), _earlier(after) - timedelta(days=1)


def _earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
