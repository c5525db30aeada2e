"""Another bureau's numbers beside ours: only what is counted alike is comparable, and what is not says why.

Reads what `fazheng figures YEAR --format json` prints, or the proof file of a signed report. Nothing of it is kept.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.figures.periods import Period
from fazheng.figures.value import FigureValue

AT_MOST = 5_000_000  # bytes of a file, and of what stands in it
_SIGNED = "signed.json"
_DAY = re.compile(r"\d{4}-\d\d-\d\d|（截至[^）]*）")
_WHAT = "请选对方导出的统计数（.json），或者已签发报告的证明文件（.zip）"


class Unreadable(ValueError):
    """The file is none that another bureau's program wrote; the message says in Chinese what to choose instead."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """A number of theirs. `definition` "" where their file does not say it; `period` None where it does not either."""

    id: str
    name: str
    shown: str
    numerator: int | None
    denominator: int | None
    definition: str
    source: str
    period: Period | None
    known: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Ours and theirs; `why_not` says why they may not be held against each other, empty where they may."""

    ours: FigureValue
    theirs: Theirs | None
    why_not: tuple[str, ...]


def read_theirs(content: bytes) -> dict[str, Theirs]:
    """Their numbers by figure. Raises Unreadable."""
    if len(content) > AT_MOST:
        raise Unreadable(f"文件太大：最多{AT_MOST // 1_000_000} MB。{_WHAT}")
    try:
        told = _signed(content) if content[:2] == b"PK" else json.loads(content.decode("utf-8-sig"))
        rows = told if isinstance(told, list) else told.get("figures", [])
        found = [_one(row) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile):
        raise Unreadable(f"看不懂这个文件。{_WHAT}") from None
    if not found:
        raise Unreadable(f"这个文件里没有统计数。{_WHAT}")
    return {one.id: one for one in found}


def _signed(content: bytes) -> Any:
    """The signed entry of a proof file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packet:
        if packet.getinfo(_SIGNED).file_size > AT_MOST:
            raise ValueError
        entry = json.loads(packet.read(_SIGNED))
    data = entry["data"]
    return json.loads(data) if isinstance(data, str) else data


def _one(row: Mapping[str, Any]) -> Theirs:
    days = [row.get("first"), row.get("last")]
    period = (date.fromisoformat(str(days[0])), date.fromisoformat(str(days[1]))) if all(days) else None
    number = row.get("value") is not None or row.get("numerator") is not None
    return Theirs(
        str(row["id"]), str(row.get("name") or ""), str(row["shown"])[:40], _whole(row.get("numerator")),
        _whole(row.get("denominator")), str(row.get("definition") or ""), str(row.get("source") or ""), period, number,
    )  # fmt: skip


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def compare(ours: Sequence[FigureValue], theirs: Mapping[str, Theirs], period: Period) -> list[Compared]:
    """Each of our figures with theirs, in our order."""
    return [Compared(one, theirs.get(one.id), _why_not(one, theirs.get(one.id), period)) for one in ours]


def _why_not(ours: FigureValue, theirs: Theirs | None, period: Period) -> tuple[str, ...]:
    if theirs is None:
        return ("对方的文件里没有这一项",)
    said = []
    if ours.value is None:
        said.append("本局没有数据")
    if not theirs.known:
        said.append("对方没有数据")
    said += _counted_otherwise(ours, theirs, period)
    if theirs.source and theirs.source != ours.source:
        words = {"counted": "从账本数出", "declared": "申报", "mixed": "含申报"}
        said.append(f"来源不同：对方{words.get(theirs.source, '不明')}，本局{words[ours.source]}")
    return tuple(said)


def _counted_otherwise(ours: FigureValue, theirs: Theirs, period: Period) -> list[str]:
    """Another time, or another way of counting. A definition names its days: two that are the same are of one time."""
    if theirs.definition and theirs.definition == ours.definition:
        return []
    said = []
    if theirs.period and theirs.period != period:
        said.append(f"时间不同：对方是{theirs.period[0]}至{theirs.period[1]}，本局是{period[0]}至{period[1]}")
    if not theirs.definition:
        return [*said, "对方的文件没有写怎么数的，请先问清"]
    undated = _DAY.sub("", theirs.definition) == _DAY.sub("", ours.definition)
    return [*said, "时间不同，见两边的定义" if undated else "数法不同，见两边的定义"]
