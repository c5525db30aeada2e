"""Outlines of a report: its headings as a tree, each saying which required part it serves, and a place's choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazheng.lawbook.procedure import Table


class Heading(Table, frozen=True, kw_only=True):
    """A heading with the sections that stand under it, and the headings below it.

    `serves` is the id of the required part; empty: that of the heading above. `zeros` begins the sentence that gathers
    what did not happen; it ends where the list of those things begins.
    """

    title: str
    serves: str = ""
    sections: tuple[str, ...] = ()
    zeros: str = ""
    heading: tuple[Heading, ...] = ()

    def walk(self, above: str = "", level: int = 1) -> Iterator[tuple[int, Heading, str]]:
        """Itself and every heading below it: its level, the heading, the part it serves."""
        serves = self.serves or above
        yield level, self, serves
        for below in self.heading:
            yield from below.walk(serves, level + 1)


class Outline(Table, frozen=True, kw_only=True):
    """One order of a report. The first by file name is the one used where nobody chose another."""

    id: str
    name: str
    headings: tuple[Heading, ...]

    def walk(self) -> Iterator[tuple[int, Heading, str]]:
        """Every heading in the order of reading, with its level and the part it serves."""
        for heading in self.headings:
            yield from heading.walk()

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of its sections in the order of reading."""
        return tuple(id for _, heading, _ in self.walk() for id in heading.sections)


class LocalOutline(Table, frozen=True, kw_only=True):
    """A place's choice for a report: the outline it uses, or one of its own where it lists headings."""

    report: str
    id: str
    name: str = ""
    heading: tuple[Heading, ...] = ()
    file: str = ""

    @property
    def own(self) -> Outline | None:
        """The outline it brings; None where it only chooses."""
        return Outline(id=self.id, name=self.name or self.id, headings=self.heading) if self.heading else None


def chosen(
    outlines: Mapping[str, Outline], local: tuple[LocalOutline, ...], report: str
) -> tuple[dict[str, Outline], str]:
    """The outlines of a report with those of the place, and the id the place chose; empty: the first."""
    mine = [one for one in local if one.report == report]
    return {**outlines, **{one.id: one.own for one in mine if one.own}}, mine[-1].id if mine else ""
