"""Numbers kept of a part of the book over a period: good as long as nothing comes to what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from fazheng.figures.periods import Period
from fazheng.figures.reader import UNSAID, Found
from fazheng.figures.wide.tables import NUMBERS, run
from fazheng.lawbook.figure import Figure

MOST_PERIODS = 8  # that are kept at once, those asked last among them: each goes along with every entry


class Counted(msgspec.Struct, frozen=True):
    """What was counted of a part: whether the book has data of it in the period, of each figure its number by part.

    A figure that is not split has one part, UNSAID; a part without a number is left out.
    """

    data: bool
    numbers: dict[str, dict[str, int]]

    def found(self, figure: Figure) -> Found:
        """The number of a figure without its rows."""
        parts = self.numbers[figure.id]
        return Found(sum(parts.values()), (), parts if figure.splits else {})


def as_parts(found: Found) -> dict[str, int]:
    """A number as it is kept."""
    parts = found.parts if found.parts else {UNSAID: found.value}
    return {part: number for part, number in parts.items() if number}


def put(bureau: str, law: str, counted: Mapping[tuple[Period, str], tuple[int, Counted]]) -> None:
    """Keeps what was counted, by period and part, up to which entry. One statement."""
    values = [
        value
        for (period, part), (seq, one) in sorted(counted.items())
        for value in (bureau, law, said(period), part, seq, msgspec.json.encode(one).decode())
    ]
    run(
        f"INSERT INTO {NUMBERS} (bureau, law, period, part, seq, told) VALUES"
        f" {', '.join(['(%s, %s, %s, %s, %s, %s)'] * len(counted))} ON CONFLICT (bureau, law, period, part)"
        " DO UPDATE SET seq = excluded.seq, told = excluded.told",
        values,
    )


def prune(bureau: str, law: str, asked: Sequence[Period]) -> None:
    """Lets go of numbers of another law, and of periods that were not asked for where there are too many. One
    statement.
    """
    among = ", ".join(["%s"] * len(asked))
    many = f"(SELECT COUNT(DISTINCT period) FROM {NUMBERS} WHERE bureau = %s) > {MOST_PERIODS}"
    run(
        f"DELETE FROM {NUMBERS} WHERE bureau = %s AND (law <> %s OR ({many} AND period NOT IN ({among})))",
        [bureau, law, bureau, *map(said, asked)],
    )


def said(period: Period) -> str:
    """A period as the table writes it."""
    return f"{period[0]}..{period[1]}"


def read(period: str) -> Period:
    first, last = period.split("..")
    return date.fromisoformat(first), date.fromisoformat(last)


@lru_cache(maxsize=2000)
def decoded(told: str) -> Counted:
    """What the table holds of a part; nobody may change it."""
    return msgspec.json.decode(told, type=Counted)
