"""What is wrong with the law files of a report; `fazheng law check` shows it with the other findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Report, Section
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.outline import Outline
from fazheng.ledger.spoken import RESULTS
from fazheng.report.beside import beside_faults
from fazheng.report.comparing import ASPECTS
from fazheng.report.sentences import WORDS, always, holes, outside, uncounted

_LISTED = {"promises": (*RESULTS, "unanswered"), "tasks": ("task",)}
_OF_ENTRIES = ("promise", "made_in", "answer", "evidence", "task")


def findings(book: LawBook) -> list[Finding]:
    """Every fault of every report; those of figures are `figures.findings`. Empty where each can be composed."""
    return [fault for report in book.reports.values() for fault in report_findings(report, book)]


def report_findings(report: Report, book: LawBook) -> list[Finding]:
    """The faults of one report and of its outlines."""
    found = [Finding(f"reports：{report.id}", what, section.id) for section in report.sections
             for what in _section(section, report, book)]  # fmt: skip
    for id, times in Counter(section.id for section in report.sections).items():
        if times > 1:
            found.append(Finding(f"reports：{report.id}", "两节同名", id))
    if report.uses and report.uses not in report.outlines:
        found.append(Finding(f"reports：{report.id}", f"本地选的提纲“{report.uses}”没有", report.uses))
    found += [Finding(f"reports：{report.id}", what, id) for id, what in beside_faults(report, book)]
    for outline in report.outlines.values():
        found += [Finding(f"reports：{report.id}", f"提纲：{what}", outline.id) for what in _outline(outline, report)]
    return found


def _outline(outline: Outline, report: Report) -> Iterator[str]:
    parts = {section.id: section.part for section in report.sections}
    served = set()
    for level, heading, serves in outline.walk():
        if serves not in report.parts:
            said = f"写了没有的部分“{serves}”" if serves else "没有写明服务于哪个部分（serves）"
            yield f"标题“{heading.title}”{said}；有：{'、'.join(report.parts)}"
        if not heading.sections and not heading.heading:
            yield f"标题“{heading.title}”下面没有小节，也没有下一级标题"
        if level > 3:
            yield f"标题“{heading.title}”太深：最多三级"
        if re.search(r"\d", outside(heading.title)) or set(holes(heading.title)) - set(WORDS):
            yield f"标题“{heading.title}”里只能有 {'、'.join(f'{{{{ {word} }}}}' for word in WORDS)}，不能写数"
        for id in heading.sections:
            if id not in parts:
                yield f"标题“{heading.title}”写了没有的小节“{id}”"
            elif parts[id] != serves:
                yield f"小节“{id}”属于部分“{parts[id]}”，不能放在服务于“{serves}”的标题“{heading.title}”下面"
            else:
                served.add(serves)
    for id, times in Counter(outline.sections).items():
        if times > 1:
            yield f"小节“{id}”列了{times}次"
    for id in [id for id in report.parts if id not in served]:
        yield f"没有一个标题服务于应有的部分“{report.parts[id]}”（{id}）"


def _section(section: Section, report: Report, book: LawBook) -> Iterator[str]:
    if section.part not in report.parts:
        yield f"没有部分“{section.part}”；有：{'、'.join(report.parts)}"
    if section.lists:
        yield from _list(section)
        return
    if section.rests_on not in book.figures:
        yield f"没有统计项“{section.rests_on}”（rests_on）"
    for name, text in section.texts.items():
        yield from _text(name, text, book)
    if not section.some.strip():
        yield "缺少有数时的句子（some）"
    if section.none and holes(section.none):
        yield "none 是合写零的名词，不能有空"
    if section.task and section.part != "shortcomings" and "shortcomings" in report.parts:
        yield "task 只能写在存在的不足里"


def _list(section: Section) -> Iterator[str]:
    if section.rests_on or section.some or section.none or section.task:
        yield "列条目的小节（lists）不写 rests_on、some、none、task，写 says"
    wanted = _LISTED[section.lists]
    if set(section.says) != set(wanted):
        yield f"says 要写而且只写：{'、'.join(wanted)}"
    for name, text in section.says.items():
        if strange := set(holes(text)) - set(WORDS) - set(_OF_ENTRIES):
            yield f"says.{name} 里不认识“{'、'.join(sorted(strange))}”；可用：{'、'.join((*WORDS, *_OF_ENTRIES))}"
        for number in uncounted(text):
            yield f"says.{name} 里的数“{number}”不是谁录的"


def _text(name: str, text: str, book: LawBook) -> Iterator[str]:
    for hole in holes(text):
        id, at, aspect = hole.partition("@")
        if id not in book.figures and hole not in WORDS:
            yield f"{name} 里的“{hole}”既不是统计项，也不是 {'、'.join(WORDS)}"
        elif at and aspect not in ASPECTS:
            yield f"{name} 里的“{hole}”：@ 后面只能写 {'、'.join(ASPECTS)}"
    for hole in holes(always(text)):
        if "@" in hole:
            yield f"{name} 里的“{hole}”不一定说得出，要写在 [[ ]] 里面"
    if any(sign in outside(text) for sign in "{}") or "[[" in outside(text) or "]]" in outside(text):
        yield f"{name} 里的花括号只能成对写成 {{{{ 统计项 }}}}，方括号只能成对写成 [[ 有数才写的话 ]]"
    for number in uncounted(text):
        yield f"{name} 里的数“{number}”不是统计出来的，要写成 {{{{ 统计项 }}}}"
