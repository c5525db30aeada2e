"""Sections put under the headings of an outline, or of the required parts in turn where a report has no outline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazheng.lawbook.figure import Report
from fazheng.lawbook.outline import Heading, Outline
from fazheng.report.composed import PartText, SectionText


class OutlineUnknown(LookupError):
    """The report has no outline of that id."""


def outline_of(report: Report, id: str) -> Outline | None:
    """The outline named, else that of the place, else the first. None where there is none. Raises OutlineUnknown."""
    wanted = id or report.uses
    if wanted and wanted not in report.outlines:
        raise OutlineUnknown(f"没有提纲“{wanted}”；有：{'、'.join(report.outlines) or '无'}")
    return report.outlines[wanted] if wanted else next(iter(report.outlines.values()), None)


def under_headings(
    report: Report, outline: Outline | None, sections: Mapping[str, SectionText], titles: Mapping[str, str]
) -> tuple[PartText, ...]:
    """The headings of the outline with the sections that say anything. `titles` fill the words in titles."""
    if outline is None:
        return tuple(_required(report, sections))
    return tuple(_heading(one, report, sections, titles, "", 1) for one in outline.headings)


def left_out(report: Report, outline: Outline | None, sections: Mapping[str, SectionText]) -> Iterator[SectionText]:
    """Sections that say something and stand under no heading of the outline."""
    listed = set(outline.sections) if outline else set(sections)
    return (sections[s.id] for s in report.sections if s.id not in listed and sections[s.id].says_anything)


def _heading(
    heading: Heading,
    report: Report,
    sections: Mapping[str, SectionText],
    titles: Mapping[str, str],
    above: str,
    level: int,
) -> PartText:
    serves = heading.serves or above
    title = heading.title
    for word, said in titles.items():
        title = title.replace(f"{{{{ {word} }}}}", said)
    return PartText(
        title,
        tuple(sections[id] for id in heading.sections if sections[id].says_anything),
        level,
        report.parts[serves],
        tuple(_heading(one, report, sections, titles, serves, level + 1) for one in heading.heading),
        heading.zeros,
    )


def _required(report: Report, sections: Mapping[str, SectionText]) -> Iterator[PartText]:
    """The parts in their order, each section under a heading of its own where it has a title."""
    for id, name in report.parts.items():
        mine = [sections[s.id] for s in report.sections if s.part == id and sections[s.id].says_anything]
        below = tuple(PartText(section.title, (section,), 2, name) for section in mine if section.title)
        yield PartText(name, tuple(section for section in mine if not section.title), 1, name, below)
