"""设定依据 of the items of the list of powers, held against the catalogue on a day; and limits that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fazheng.lawbook import catalogue, texts
from fazheng.lawbook.citation import parse
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.statute import Statute, Version
from fazheng.register.powers import Item
from fazheng.workdays import Length

State = Literal["current", "changed", "outdated", "wrong_name", "unknown"]
_LENGTH = re.compile(r"(\d{1,4})(?:个)?(工作日|日|天|月|年)")
_UNITS = {"工作日": "working days", "日": "days", "天": "days", "月": "months", "年": "years"}


@dataclass(frozen=True, slots=True)
class Basis:
    """A basis of an item. `outdated`: no longer or not yet in force, or no such article in what is in force.

    `changed`: in force, in a version later than the day since which the item stands, so its number is to be read again;
    `unknown`: nothing in the catalogue to hold it against.
    """

    item: str
    text: str
    state: State
    says: str = ""


def bases_of(items: Iterable[Item], book: LawBook, day: date) -> list[Basis]:
    """Every basis of the items with how it stands on `day`, in the order of the list; empty where there is no item."""
    return [_basis(item, text, book, day) for item in items for text in item.words("bases")]


def length_of(text: str) -> Length | None:
    """The length that 30个工作日, 60日, 3个月, 1年 spells; None for anything else."""
    found = _LENGTH.fullmatch(re.sub(r"[\s　]", "", text))
    return Length.parse(f"{int(found[1])} {_UNITS[found[2]]}") if found else None


def limit_faults(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """Items whose limits cannot be read, or that promise more time than the law gives: code and what is wrong."""
    for item in items:
        said = {name: str(item.data.get(name) or "") for name in ("limit_by_law", "promised")}
        read = {name: length_of(text) for name, text in said.items()}
        labels = {"limit_by_law": "法定期限", "promised": "承诺期限"}
        for name, text in said.items():
            if text and read[name] is None:
                yield item.code, f"“{labels[name]}”写成了“{text}”：要写成 20个工作日、60日、3个月 的样子"
        by_law, promised = read["limit_by_law"], read["promised"]
        if by_law and promised and by_law.unit == promised.unit and promised.number > by_law.number:
            yield item.code, f"承诺期限（{said['promised']}）比法定期限（{said['limit_by_law']}）长"


def _basis(item: Item, text: str, book: LawBook, day: date) -> Basis:
    try:
        cited = parse(text)
    except ValueError as fault:
        return Basis(item.code, text, "unknown", str(fault))
    found = catalogue.find(book, cited.statute)
    if found is None:
        return Basis(item.code, text, "unknown", f"法规目录里没有“{cited.statute}”，请核对名称")
    statute = found.statute
    state, says = _stands(statute, text, item, book, day)
    if found.wrong and state == "current":
        return Basis(item.code, text, "wrong_name", f"名称应为“{statute.name}”")
    return Basis(item.code, text, state, says)


def _stands(statute: Statute, text: str, item: Item, book: LawBook, day: date) -> tuple[State, str]:
    now = catalogue.status_on(statute, day)
    if now.state == "repealed":
        instead = f"，由{'、'.join(f'“{name}”' for name in now.replaced_by)}取代" if now.replaced_by else ""
        return "outdated", f"“{statute.short}”施行到{now.ended}为止{instead}"
    if now.state in ("passed", "not_passed"):
        return "outdated", f"“{statute.short}”在{day}还没有施行"
    if now.version is None:
        return "unknown", f"“{statute.short}”在{day}是不是有效，目录里没有记载"
    if missing := _missing(statute, now.version, text, book):
        return "outdated", missing
    if item.from_day < now.version.from_.isoformat():
        return "changed", f"“{statute.short}”{now.version.from_}起有新版本，请按新版本核对条号"
    return "current", ""


def _missing(statute: Statute, version: Version, text: str, book: LawBook) -> str:
    cited = parse(text)
    if not cited.article or not catalogue.has_text(statute, version):
        return ""
    try:
        found = catalogue.article(book, statute, version, cited.article)
    except texts.TextFault:
        return ""
    if found is None:
        return f"现行“{statute.short}”没有{text.removeprefix(cited.statute)}"
    return "" if found.part(cited) is not None else f"现行“{statute.short}”该条没有这一款或这一项：{text}"
