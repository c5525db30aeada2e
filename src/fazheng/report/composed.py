"""A composed report: everything the page shows, as frozen objects. Rendering adds nothing to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from fazheng.figures import FigureValue, Period
from fazheng.report.tabled import ChartText, TableText

SectionState = Literal["some", "zero", "no_data"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, and whose it is.

    `figure`: the id of the figure that made it; `marked`: a number that no figure made; `anchor`: of the case it opens.
    `source` says who speaks: a figure's id, the id of an entry's subject (promise:1, material:2), or PERSON.
    """

    text: str
    figure: str = ""
    marked: bool = False
    declared: bool = False  # a section signed for the number; the book did not count it, or not all of it
    source: str = ""
    anchor: str = ""


Paragraph = tuple[Piece, ...]
PERSON = "person"  # the source of what somebody wrote beside the sentences


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it reads this year: the sentence of its state, a person's paragraphs beside it, entries told in it.

    `none`: what did not happen, as a noun, where the section may be gathered with other zeros. `joins`: its sentence
    goes on in the paragraph of the section before.
    """

    id: str
    title: str
    state: SectionState
    sentence: Paragraph
    prose: tuple[Paragraph, ...] = ()
    entries: tuple[Paragraph, ...] = ()
    none: Paragraph = ()
    joins: bool = False

    @property
    def says_anything(self) -> bool:
        return bool(self.sentence or self.prose or self.entries)


@dataclass(frozen=True, slots=True)
class PartText:
    """A heading of the outline with what stands under it. `serves`: the name of the required part it answers.

    `sections` are those that say anything; `below` the headings one level further down; `zeros` begins the sentence
    that gathers what did not happen.
    """

    name: str
    sections: tuple[SectionText, ...]
    level: int = 1
    serves: str = ""
    below: tuple[PartText, ...] = ()
    zeros: str = ""

    @property
    def says_anything(self) -> bool:
        return bool(self.sections) or any(part.says_anything for part in self.below)

    def walk(self) -> Iterator[PartText]:
        """Itself and every heading below it, in the order of reading."""
        yield self
        for part in self.below:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Offered:
    """素材 of the year: its key in prose, its words, the case it tells of with its anchor, and where it belongs."""

    key: str
    text: str
    case_id: str
    anchor: str
    section: str
    title: str
    printed: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A task for next year that a shortcoming proposes and nobody has taken up."""

    section: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a figure: the case's or row's short name, and the anchor it opens; empty where there is none."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One entered field: its Chinese label and value; `anchor` where the value is another case of the page."""

    label: str
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class RowList:
    """Rows under one heading: cases of one procedure, or rows of a register with what stands in them.

    `see`: the figure of the page that tells the same rows, so that a long list need not stand twice.
    """

    heading: str
    links: tuple[Link, ...] = ()
    register: tuple[tuple[str, tuple[Told, ...]], ...] = ()
    see: FigureValue | None = None

    @property
    def size(self) -> int:
        return len(self.links) + len(self.register)


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """Where a number comes from. `base`: of a rate, the two figures it rests on."""

    value: FigureValue
    rows: tuple[RowList, ...]
    base: tuple[FigureValue, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()  # name and number as written
    declared: tuple[str, ...] = ()  # who declared it, on which paper; "" where it was counted
    against: str = ""  # how the book and a declaration differ
    differs: tuple[str, ...] = ()  # figures it might be taken for, a line each
    before: tuple[tuple[int, FigureValue], ...] = ()  # years that the sentences compare with, the last one first

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell but that nobody kept it: its name stands in one list with the others."""
        said = self.declared or self.against or self.differs or any(one.value is not None for one in self.base)
        return self.value.note == "无数据" and not (said or any(one.value is not None for _, one in self.before))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader must not miss beside a step. `kind`: late, defect, warning, after, amended, lag, later."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case: a step on its day, by whom, on which article, with what may be shown of what was entered."""

    day: str
    name: str
    who: str
    article: str = ""
    told: tuple[Told, ...] = ()
    apart: tuple[str, ...] = ()  # labels of what is held apart: 另存，不公开
    marks: tuple[Mark, ...] = ()
    withdrawn: bool = False
    entry: int = 0  # its number in the case


@dataclass(frozen=True, slots=True)
class CaseStory:
    """A case and its time line, printed once however many figures count it."""

    case_id: str
    anchor: str
    gist: str
    note: str
    lines: tuple[Line, ...]
    alarms: tuple[str, ...] = ()  # 超期, 程序问题: shown before the case is opened
    overdue: tuple[str, ...] = ()  # limits that had run out on the last counted day with nothing done


@dataclass(frozen=True, slots=True)
class Absent:
    """A section that says nothing of its own this year, and why."""

    part: str
    title: str
    figure: str
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the figures of the report are counted, zero (signed ones too), over nothing (无), without data, and
    declared by a section, alone or beside counted ones.
    """

    some: int = 0
    zero: int = 0
    nothing_over: int = 0
    no_data: int = 0
    declared: int = 0

    @property
    def all(self) -> int:
        return self.some + self.declared + self.zero + self.nothing_over + self.no_data

    @property
    def words(self) -> str:
        """212项：有数134项，申报2项，零67项，无数据8项; declared and over nothing only where there are any."""
        said = f"申报{self.declared}项，" if self.declared else ""
        over = f"基数为零{self.nothing_over}项，" if self.nothing_over else ""
        return f"{self.all}项：有数{self.some}项，{said}零{self.zero}项，{over}无数据{self.no_data}项"


@dataclass(frozen=True, slots=True)
class Composed:
    """The year's report of one bureau. `seq` and `digest` name the last entry of the book it was counted from."""

    bureau: str
    bureau_name: str
    title: str
    name: str  # of the report
    year: int
    period: Period
    example: bool
    seq: int
    digest: str
    parts: tuple[PartText, ...]
    figures: tuple[FigureBlock, ...]
    cases: tuple[tuple[str, tuple[CaseStory, ...]], ...]  # by the name of their procedure
    absent: tuple[Absent, ...]
    tally: Tally
    marked: int  # numbers in people's prose that no figure made
    opening: tuple[Paragraph, ...] = ()  # a person's words before the first heading
    closing: tuple[Paragraph, ...] = ()  # after the last heading's: that last year's numbers were restated
    outline: str = ""  # the id of the outline; empty: the required parts in turn
    offered: tuple[Offered, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    unanswered: tuple[str, ...] = ()  # promises of earlier reports that this one does not answer
    charts: tuple[ChartText, ...] = ()
    tables: tuple[TableText, ...] = ()
    companion: bool = False  # drawn up beside the main report: no check-up, no promises
    person: str = ""  # whose acts it lists, by code
    untold: int = 0  # cases that figures count and whose story the page does not tell: there are too many

    @property
    def headings(self) -> Iterator[PartText]:
        """Every heading of the outline in the order of reading."""
        return (heading for part in self.parts for heading in part.walk())

    @property
    def sections(self) -> Iterator[SectionText]:
        """Every section that says anything, in the order of reading."""
        return (section for heading in self.headings for section in heading.sections)

    @property
    def empty_figures(self) -> tuple[FigureBlock, ...]:
        """Figures of which the book holds nothing."""
        return tuple(block for block in self.figures if block.empty)

    @property
    def differing(self) -> tuple[FigureBlock, ...]:
        """Figures that were declared otherwise than the book counts them."""
        return tuple(block for block in self.figures if block.against)

    @property
    def told(self) -> dict[str, Any]:
        """The same counts for a program."""
        return {
            **asdict(self.tally),
            "figures": self.tally.all,
            "sections_without_data": [f"{one.part}·{one.title}" for one in self.absent],
            "unsourced_digits": self.marked,
            "differing": [block.value.id for block in self.differing],
            "cases": sum(len(cases) for _, cases in self.cases),
            "outline": self.outline,
            "material": [asdict(one) for one in self.offered],
            "proposed_tasks": [asdict(one) for one in self.proposed],
            "unanswered_promises": list(self.unanswered),
        }

    @property
    def summary(self) -> str:
        """They as a sentence."""
        return f"统计项{self.tally.words}；人写的文字里有{self.marked}处数字不是统计出来的。"
