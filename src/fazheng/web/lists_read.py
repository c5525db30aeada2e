"""What a page of a list asks of the book: its rows, then what is held of those nobody asked for today; sums beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from fazheng.casework.lists.at_once import Question, answers, gathered_from
from fazheng.casework.lists.cases import Asked, CaseLine, case_rows, lines_of
from fazheng.casework.lists.columns import FieldColumn
from fazheng.casework.lists.held import Held, binding_of, held_in, held_of, held_question
from fazheng.casework.lists.rights import part_question
from fazheng.casework.lists.sums import Sums, Totals
from fazheng.lawbook.load import LawBook
from fazheng.web.clocks import Lamp, of_clock
from fazheng.web.lists_lines import Lines
from fazheng.web.lists_memory import Memory
from fazheng.web.paging import Place

_MARKS = {"since": "\0since", "until": "\0until", "ref": "\0ref"}  # no value holds a NUL


@dataclass(frozen=True, slots=True)
class PageOf:
    """The rows of a page and one more where the list goes on; the page's own as HTML, by case and in order; the sums,
    of nothing where they are not asked; whether the list opens to the person at all.
    """

    rows: list[CaseLine]
    made: dict[str, SafeString]
    totals: Totals
    opens: bool


@dataclass(frozen=True)
class Reading:
    """The cases that are asked for, and the columns of them that are shown."""

    book: LawBook
    asked: Asked
    columns: tuple[FieldColumn, ...]
    shown: tuple[str, ...]
    memory: Memory

    @property
    def key(self) -> tuple[object, ...]:
        """The list and what its filters leave of it: the key of what is kept for all who ask so."""
        one = self.asked
        return (*self._shape, one.since, one.until, one.ref)

    @cached_property
    def _shape(self) -> tuple[object, ...]:
        """The same but for days and numbers, which are told by whether they are asked."""
        one = self.asked
        whos = None if one.whos is None else tuple(one.whos)
        chosen = tuple(sorted(one.chosen.items()))
        return (one.versions[-1].id, whos, one.state, one.light, chosen, *(bool(getattr(one, by)) for by in _MARKS))

    @cached_property
    def _lines(self) -> Lines:
        return self._plan(html=True)

    def _plan(self, *, html: bool) -> Lines:
        key = ("lines", self.asked.versions[-1].id, self.shown, html)
        return self.memory.plans.kept(key, lambda: Lines(self.book, self.columns, self.shown, html=html))

    def page(self, place: Place, seq: int, *, summed: bool) -> PageOf:
        """That page of the list. Two statements. `seq`: where the book ended before any of them."""
        asked, lines = self.asked, self._lines
        kept = Sums(asked, self.columns, self.memory.sums_of(self.key)) if summed else None
        found, changed = answers(self._question(place), kept.changed if kept else Question())
        rows = [CaseLine._make(row) for row in found]
        made, unmade = self._known(place.own(rows))
        blocks = kept.blocks(changed) if kept else []
        part = Question() if rows or asked.whos is None else self.part
        held, has_part, *sums = answers(
            held_question(unmade, asked, lines.events, clocks=lines.clocked), part,
            *(kept.questions(blocks) if kept else ()),
        )  # fmt: skip
        bind = self.memory.plans.kept(("binding", asked.versions[-1].id), lambda: binding_of(asked))
        self._make(made, unmade, held_in(held, unmade, asked, bind))
        totals = kept.told(blocks, sums, seq) if kept else (0, {})
        return PageOf(rows, made, totals, bool(rows or asked.whos is None or has_part))

    @property
    def part(self) -> Question:
        """Whether the person has a part in any case of the procedure."""
        return part_question(self.asked.bureau, self.asked.versions[-1].id, self.asked.whos or ())

    def lines(self, pieces: Iterator[list[tuple[object, ...]]]) -> Iterator[list[str]]:
        """The rows as texts, a piece at a time."""
        plan = self._plan(html=False)
        for some in pieces:
            rows = [CaseLine._make(row) for row in some]
            held = held_of(rows, self.asked, plan.events)
            yield from (plan.cells(row, one := held[row.case_id], self._lamp(one)) for row in rows)

    def _question(self, place: Place) -> Question:
        """To compose the statement takes longer than to run it: it stands for the day, with marks for days asked."""
        shape, at = place.marked()
        asked = self.asked

        def composed() -> Question:
            marks = {by: mark for by, mark in _MARKS.items() if getattr(asked, by)}
            rows = lines_of(case_rows(asked.of(**marks), self.columns))
            return gathered_from(shape.rows(rows), CaseLine._fields)

        question = self.memory.statements.kept((*self._shape, shape), composed)
        return question.of({**at, **{mark: getattr(asked, by) for by, mark in _MARKS.items()}})

    def _known(self, rows: Sequence[CaseLine]) -> tuple[dict[str, SafeString], list[CaseLine]]:
        """The rows as HTML that were made today and have no newer entry, in their order; and the others."""
        get, shown, nothing = self.memory.rows.get, self.shown, SafeString("")
        made = {row.case_id: get((row.case_id, row.last_version, shown)) or nothing for row in rows}
        return made, [row for row in rows if not made[row.case_id]]

    def _make(self, made: dict[str, SafeString], rows: Sequence[CaseLine], held: dict[str, Held]) -> None:
        keep, shown, line = self.memory.rows.keep, self.shown, self._lines.line
        for row in rows:
            one = held[row.case_id]
            made[row.case_id] = keep((row.case_id, row.last_version, shown), line(row, one, self._lamp(one)))

    def _lamp(self, held: Held) -> Lamp | None:
        """The lamp of its clock: many cases have begun and are due on the same days."""
        near = held.clock
        if near is None:
            return None
        procedure = self.asked.versions[-1].id
        found: Lamp | None = self.memory.lamps.get((procedure, near))
        if found is None:
            found = of_clock(procedure, near, self.book, self.asked.today)
            self.memory.lamps.keep((procedure, near), found)
        return found
