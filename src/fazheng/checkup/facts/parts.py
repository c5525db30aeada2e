"""Which required part each section serves, and whether every part is there. law/style/parts.toml says which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from fazheng.checkup.facts.header import Header
from fazheng.checkup.facts.outline import Section
from fazheng.checkup.style import Style
from fazheng.checkup.text import Document
from fazheng.lawbook.procedure import Table

_CHINESE = re.compile("[\u4e00-\u9fff，。、：；（）《》“”0-9]+")


class Part(Table, frozen=True, kw_only=True):
    """A required part: what its headings say, and what a sentence says that serves it inside another section."""

    name: str
    headings: list[str]
    inside: list[str] = []
    claims: bool = False  # a lower section whose text says `inside` serves this part, whatever its heading
    source: str = ""


class Parts(Table, frozen=True, kw_only=True):
    """The required parts. `otherwise` is the part of a heading that names none."""

    parts: list[Part]
    otherwise: str
    papers: list[str]  # what a report calls itself in its title or opening
    subjects: list[str]  # the subject whose reports owe these parts


Status = Literal["present", "embedded", "missing"]
OPENING = 200  # characters of a section that tell what it is about


@dataclass(frozen=True)
class PartFound:
    """Whether a required part is there: under a heading of its own, inside another section, or not."""

    name: str
    status: Status
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class _Patterns:
    headings: tuple[tuple[str, re.Pattern[str]], ...]
    inside: tuple[tuple[str, re.Pattern[str] | None], ...]
    claims: tuple[tuple[str, re.Pattern[str]], ...]
    otherwise: str
    papers: re.Pattern[str]
    subjects: re.Pattern[str]


def _patterns(style: Style) -> _Patterns:
    read = style.read("parts", Parts)
    return _Patterns(
        tuple((part.name, re.compile("|".join(part.headings))) for part in read.parts if part.headings),
        tuple((part.name, re.compile("|".join(part.inside)) if part.inside else None) for part in read.parts),
        tuple((part.name, re.compile("|".join(part.inside))) for part in read.parts if part.claims),
        read.otherwise,
        re.compile("|".join(read.papers)),
        re.compile("|".join(read.subjects)),
    )


def is_report(document: Document, header: Header, sections: tuple[Section, ...], style: Style) -> bool:
    """Whether a text is a report: mostly Chinese, and called so, or with headings of which one names a part."""
    plain = document.plain
    if sum(map(len, _CHINESE.findall(plain, 0, 4000))) * 2 < len("".join(plain[:4000].split())):
        return False
    called = (header.title.value if header.title else "", plain[header.head : header.head + 600])
    tops = [section for section in sections if section.level == 1]
    named_one = any(named(section.title, style, header.year) for section in tops)
    papers = style.made(_patterns).papers
    return (any(map(papers.search, called)) and (bool(sections) or len(plain) > 300)) or (len(tops) > 1 and named_one)


def owes_parts(document: Document, header: Header, style: Style) -> bool:
    """Whether a report is one of those that owe the required parts."""
    title = header.title.value if header.title else ""
    pattern = style.made(_patterns).subjects
    return bool(pattern.search(title) or (not title and pattern.search(document.plain[: header.head + 600])))


def named(title: str, style: Style, year: int | None) -> str:
    """The part a heading names; empty where it names none."""
    title = re.sub(r"\s", "", title)
    if year is not None:
        title = title.replace(str(year + 1), "下一").replace(str(year), "本")
    return next((name for name, pattern in style.made(_patterns).headings if pattern.search(title)), "")


def parts_of_sections(
    document: Document, sections: tuple[Section, ...], style: Style, year: int | None
) -> tuple[Section, ...]:
    """The sections, each with its part: its own heading's, else that of the heading above, else the usual one."""
    patterns = style.made(_patterns)
    above: dict[int, str] = {}
    found = []
    for section in sections:
        above = {level: part for level, part in above.items() if level < section.level}
        top = above[max(above)] if above else patterns.otherwise
        own = named(section.title, style, year)
        part = own if own and (top == patterns.otherwise or not above) else top
        if above and part == patterns.otherwise:
            begin = document.plain[section.start : min(section.end, section.start + OPENING)]
            part = next((name for name, pattern in patterns.claims if pattern.search(begin)), part)
        above[section.level] = part
        found.append(replace(section, part=part))
    return tuple(found)


def parts(document: Document, sections: tuple[Section, ...], style: Style, year: int | None) -> Mapping[str, PartFound]:
    """Each required part by name."""
    patterns = style.made(_patterns)
    highest = min((section.level for section in sections), default=1)
    found = {}
    for name, inside in patterns.inside:
        own = [section for section in sections if section.part == name]
        if own and (name != patterns.otherwise or any(s.end > s.title_end for s in own)):
            status: Status = "present" if any(section.level == highest for section in own) else "embedded"
            found[name] = PartFound(name, status, own[0].start, own[-1].end)
            continue
        said = inside.search(document.plain) if inside else None
        found[name] = PartFound(name, "embedded", said.start(), said.end()) if said else PartFound(name, "missing")
    return found
