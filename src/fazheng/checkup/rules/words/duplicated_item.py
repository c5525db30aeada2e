from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_RUN = re.compile(r"[^，。；：！？、\n\r“”（）]{1,24}(?:、[^，。；：！？、\n\r“”（）]{1,24}){1,40}")
_NAMES = re.compile(r"《[^《》\n]{2,60}》(?:[、和及与]?《[^《》\n]{2,60}》)+")
_JOINS = re.compile("[或和与及的对向将把]")
_LAST = re.compile("等|以及|及其|和|与|及")
SHORTEST = 2
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
    for found in _RUN.finditer(report.plain):
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
        if first is not None and all(_bare(words, len(item) + longer, longer) for words, _ in items[first + 1 : index]):
            yield Hit(f"“{item}”在并列的各项里写了两次", at, at + len(item))
        seen[item] = index


def _bare(words: str, longest: int, longer: int) -> bool:
    return len(words) <= longest and (longer > LONGER or not _JOINS.search(words))
