"""What stands in a part, a paragraph, a sentence; and the words of law/style/content.toml, compiled."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from fazheng.checkup.style import Style
from fazheng.checkup.text import Span
from fazheng.lawbook.procedure import Table

if TYPE_CHECKING:
    from fazheng.checkup.facts.outline import Section
    from fazheng.checkup.report import Report

RESULTS, SHORTCOMINGS, PLANS = "主要举措和成效", "不足和原因", "下一年安排"


class Content(Table, frozen=True, kw_only=True):
    """See the file for what each word list says."""

    cause_like: str
    none_like: str
    case_like: str
    case_told_like: str
    mail_like: str
    mail_told_like: str
    fault_like: str
    ordered_like: str
    mended_like: str
    really_like: str
    based_rates: list[str]
    whole_like: str
    aim_like: str
    done_like: str
    meant_like: str
    told_like: str
    draft_like: str
    issued_like: str
    unsure_like: str
    talk_like: str
    acts_like: str
    growth_like: str
    growth_told_like: str
    powers: list[str]
    powers_called_like: str
    list_like: str
    acted_like: str
    zero_subjects: list[str]
    zero_other_like: str


def content(style: Style) -> Content:
    """The word lists as they stand in the file."""
    return style.read("content", Content)


@cache
def like(pattern: str) -> re.Pattern[str]:
    """A pattern of the file, compiled once."""
    return re.compile(pattern)


def tops(report: Report, part: str) -> Iterator[tuple[Section, Span]]:
    """The headings that open a part, each with all that stands under it, foot left out."""
    sections = report.sections
    for index, section in enumerate(sections):
        if section.part != part or (index and _within(sections[index - 1], section, part)):
            continue
        end = section.end
        for later in sections[index + 1 :]:
            if later.part != part:
                break
            end = later.end
        yield section, Span(section.title_end, max(section.title_end, min(end, report.header.foot)))


def _within(before: Section, section: Section, part: str) -> bool:
    return before.part == part and section.level >= before.level and section.level > 1


def sentence_of(report: Report, offset: int) -> Span:
    """The sentence an offset stands in."""
    sentences = report.document.sentences
    at = bisect_right(sentences, (offset, 1 << 60)) - 1
    return sentences[at] if at >= 0 else Span(0, 0)


def rest_of_paragraph(report: Report, offset: int) -> str:
    """What the paragraph of an offset says after it."""
    return report.plain[offset : report.document.line_at(offset).end]
