"""A report under check-up: what rules may ask of it. Each part is worked out when first asked for, and once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from fazheng.checkup.catalogue import catalogue
from fazheng.checkup.facts import header as headers
from fazheng.checkup.facts.citations import Citation, citations
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.figures import figures
from fazheng.checkup.facts.header import Header
from fazheng.checkup.facts.named import names_of
from fazheng.checkup.facts.outline import Outline, Section, outline
from fazheng.checkup.facts.parts import PartFound, is_report, named, owes_parts, parts, parts_of_sections
from fazheng.checkup.facts.relations import Relation, relations
from fazheng.checkup.facts.residue import chrome_lines
from fazheng.checkup.style import Style, style
from fazheng.checkup.text import Document
from fazheng.lawbook.statute import Statute

T = TypeVar("T")


class Report:
    """One text and all that is known of it. `year` is the report year where the reader names it; others: --against."""

    def __init__(
        self,
        document: Document,
        *,
        year: int | None = None,
        others: Sequence[Document] = (),
        words: Style | None = None,
        statutes: Mapping[str, Statute] | None = None,
    ) -> None:
        self.document = document
        self.text = document.text
        self.plain = document.plain
        self.others = tuple(others)
        self.style = words or style()
        self._statutes = statutes
        self._year = year
        self._made: dict[Callable[[Report], object], object] = {}

    def made(self, build: Callable[[Report], T]) -> T:
        """What `build` finds in this report, found once and kept: for what several rules need."""
        if build not in self._made:
            self._made[build] = build(self)
        return self._made[build]  # type: ignore[return-value]

    @cached_property
    def statutes(self) -> Mapping[str, Statute]:
        """The catalogue by short names."""
        return catalogue() if self._statutes is None else self._statutes

    @cached_property
    def header(self) -> Header:
        """Title, addressee, number, signature, bureau, region and the report year with its arguments."""
        return headers.header(self.document, self.style, self._year, self.chrome)

    @cached_property
    def chrome(self) -> frozenset[int]:
        """Starts of lines that a web page or a layout brought along: no part of what the bureau wrote."""
        return chrome_lines(self.document, self.style)

    @property
    def year(self) -> int | None:
        """The year reported on; None where nothing tells."""
        return self.header.year

    @cached_property
    def is_report(self) -> bool:
        """Whether this is a Chinese report at all: rules on parts, title and signature ask it first."""
        return is_report(self.document, self.header, self.outline.sections, self.style)

    @cached_property
    def owes_parts(self) -> bool:
        """Whether the parts of a yearly report on law-based government are asked of it."""
        return self.is_report and owes_parts(self.document, self.header, self.style)

    @cached_property
    def outline(self) -> Outline:
        """Headings in order, and inline points (一是, 首先)."""
        return outline(self.document, self.header, lambda title: bool(named(title, self.style, self.year)))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The headings with the required part that each serves."""
        return parts_of_sections(self.document, self.outline.sections, self.style, self.year)

    @cached_property
    def parts(self) -> Mapping[str, PartFound]:
        """Each required part: present, embedded or missing, and where."""
        return parts(self.document, self.sections, self.style, self.year)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every count, rate, amount, ratio and date, in order."""
        return figures(self.document, self.sections, self.header, self.style)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Sums, rates and growth among the figures, and whether they hold."""
        return relations(self.document, self.figures, self.style)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Each 《…》 in order, looked up in the catalogue."""
        return citations(self.document, names_of(self.statutes, self.style), self.header)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section an offset stands in; None before the first heading."""
        at = bisect_right(self._starts, offset)
        return self.sections[at - 1] if at else None

    @cached_property
    def _starts(self) -> list[int]:
        return [section.start for section in self.sections]
