"""`fazheng told`: what was told to whom, and whether the book of today bears it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from fazheng.casework.telling import HOWS, Telling, tellings
from fazheng.casework.told_again import Differing, differing
from fazheng.cli import chinese
from fazheng.cli.common import answer, common, settings
from fazheng.figures import told as told_period
from fazheng.lawbook.load import LawBook, load

SHOWN = 10  # numbers of a telling that the text answer lists


@click.command(cls=chinese.Command)
@click.option("--to", "to", default="", metavar="单位", help="只看报给这个单位的")
@click.option("--check", is_flag=True, help="与今天的账本核对：现在的数与当时报的不同，逐条说明")
@common
def told(to: str, check: bool) -> int:
    """报数留底：哪天、由谁、把哪些数报给了谁；--check 核对现在还是不是这个数。"""
    bureau = settings().open()
    book = load(place=bureau.place)
    known = [one for one in tellings(bureau.code) if to in ("", one.to)]
    if not check:
        answer(
            [_as_json(one) for one in known], lambda: "\n".join(_as_text(one, book) for one in known) or "还没有留底"
        )
        return 0
    found = list(differing(bureau.code, book, known))
    answer([_differing_as_json(one) for one in found], lambda: _checked(known, found))
    return int(bool(found))


def _checked(known: Sequence[Telling], found: Sequence[Differing]) -> str:
    numbers = sum(len(one.figures) for one in known)
    if not found:
        return f"报出{len(known)}次、{numbers}个数，与现在的账本都一致。"
    lines = [one.sentence for one in found]
    return "\n".join([*lines, f"报出{len(known)}次、{numbers}个数，其中{len(found)}个与现在的账本不同。"])


def _as_text(one: Telling, book: LawBook) -> str:
    periods = "、".join(told_period(period) for period in dict.fromkeys(figure.period for figure in one.figures))
    head = f"{one.on} 报{one.to}（{HOWS[one.how]}，{one.by}）：{periods}，{len(one.figures)}个数，据账本第{one.seq}条"
    lines = [f"  {_name(figure.id, book)}［{figure.id}］ {figure.shown}" for figure in one.figures[:SHOWN]]
    more = [f"  ……其余{len(one.figures) - SHOWN}个用 --format json 看"] if len(one.figures) > SHOWN else []
    return "\n".join([head, *lines, *more])


def _name(id: str, book: LawBook) -> str:
    return book.figures[id].name if id in book.figures else id


def _as_json(one: Telling) -> dict[str, Any]:
    figures = [
        {"id": f.id, "first": f.first, "last": f.last, "shown": f.shown, "source": f.source} for f in one.figures
    ]
    return {
        "entry": one.entry, "to": one.to, "on": str(one.on), "by": one.by, "how": one.how, "seq": one.seq,
        "digest": one.digest, "figures": figures,
    }  # fmt: skip


def _differing_as_json(one: Differing) -> dict[str, Any]:
    moved = {"came": one.came, "went": one.went, "changed": one.changed}
    return {
        "to": one.telling.to, "on": str(one.telling.on), "id": one.figure.id, "told": one.figure.shown,
        "now": one.now.shown if one.now else None, "law_changed": one.law, "sentence": one.sentence,
        **{word: [{"row": row.row, "did": row.did, "on": row.on} for row in rows] for word, rows in moved.items()},
    }  # fmt: skip


COMMANDS = (told,)
