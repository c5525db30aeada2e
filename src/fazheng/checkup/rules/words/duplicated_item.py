from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_RUN = re.compile(r"[^，。；：！？、\n\r“”（）]{1,24}(?:、[^，。；：！？、\n\r“”（）]{1,24}){1,40}")
_PIECE = re.compile(r"[^，。；：！？\n\r“”（）]+")
_NAMES = re.compile(r"《[^《》\n]{2,60}》(?:[、和及与]?《[^《》\n]{2,60}》)+")
_JOINS = re.compile("[或和与及的对向将把]")
_LAST = re.compile("等|以及|及其|和|与|及")
SHORTEST = 2
TAIL = 4  # signs of an item that stands behind the words leading the list in
_LEAD = re.compile(
    "(?:做到|开展|加强|推进|包括|包含|涉及|围绕|组织|落实|完善|提供|规范|健全|纳入|深入|召开|举办|走进|实现|坚持|强化|履行|保障|对|把|将|向)$"
)
LONGER = 2  # signs by which an item between two equal ones may be longer


@rule(
    title="并列的各项里有一项写了两次",
    kinds="duplicated_item",
    severity="warning",
    why="一串并列的内容里同一项出现两次，不是多写了，就是本来要写另一项。",
    source="公文校对的一般要求",
    example="“开展社会救助、养老服务、殡葬管理、养老服务等执法检查”里“养老服务”写了两次。",
)
def duplicated_item(report: Report) -> Iterator[Hit]:
    """顿号隔开的一串里，或者连着写的几个《》里，同一项出现两次。"""
    for piece in _PIECE.finditer(report.plain):
        for found in _RUN.finditer(report.plain, *piece.span()) if "、" in piece[0] else ():
            yield from _twice(list(_items(found[0], found.start())))
    for found in _NAMES.finditer(report.plain):
        yield from _twice([(m[0], found.start() + m.start()) for m in re.finditer("《[^《》]+》", found[0])], longer=60)


def _items(words: str, start: int) -> Iterator[tuple[str, int]]:
    parts = words.split("、")
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        cut = _LAST.search(part) if last else None
        item = part[: cut.start()] if cut else part
        if len(item.strip()) >= SHORTEST and not re.search(r"\d", item):
            yield item.strip(), start
        start += len(part) + 1


def _twice(items: list[tuple[str, int]], longer: int = LONGER) -> Iterator[Hit]:
    """An item seen before, where in no item between the two a second list may begin."""
    seen: dict[str, int] = {}
    for index, (item, at) in enumerate(items):
        first = seen.get(item)
        if (
            first is not None and all(_bare(words, len(item) + longer, longer) for words, _ in items[first + 1 : index])
        ) or (index > 1 and len(item) >= TAIL and _led_by(items[0][0], item)):
            yield Hit(f"“{item}”在并列的各项里写了两次", at, at + len(item))
        seen[item] = index


def _led_by(first: str, item: str) -> bool:
    """Whether the list's first item is this one behind words that lead the list in: 做到事实清楚."""
    return first.endswith(item) and len(first) > len(item) and _LEAD.search(first[: -len(item)]) is not None


def _bare(words: str, longest: int, longer: int) -> bool:
    return len(words) <= longest and (longer > LONGER or not _JOINS.search(words))
