"""`fazheng export`: the book for other people's programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.exporting import exportable, record_export
from fazheng.casework.writing import Act, writing
from fazheng.cli import chinese
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import Unusable, answer, common, procedure_id, settings
from fazheng.exports import FORMATS, Exported, Mask, Selection, export
from fazheng.lawbook.load import load
from fazheng.procedure.surroundings import Refusal

_NAMES = {
    "entries": "条目", "cases": "案件", "events": "事项", "clocks": "期限", "defects": "程序问题",
    "registers": "名册行", "traces": "案件", "objects": "对象",
}  # fmt: skip


class _Refused(Exception):
    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals


@click.command("export", cls=chinese.Command)
@click.argument("kind", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("out", metavar="FILE")
@click.option("--to", "to", required=True, metavar="单位", help="交给谁（另存，不写进文件）")
@click.option("--as", "by", required=True, metavar="CODE", help="谁导出的（人员编号）")
@click.option("--procedure", "procedures", multiple=True, metavar="程序名", help="只要这个程序，可写多个")
@click.option("--year", type=int, default=0, metavar="年度", help="只要这一年有事的案件")
@click.option("--unmasked", is_flag=True, help="不遮盖人员、单位和文字栏目（另存的仍然不出）；须写理由")
@click.option("--reason", default="", help="为什么不遮盖（另存）")
@click.option("--same-names", "key", default="", metavar="口令", help="用同一口令的导出，同一个人的代号相同")
@common
def export_book(
    kind: str, out: str, to: str, by: str, procedures: tuple[str, ...], year: int, unmasked: bool, reason: str, key: str
) -> int:
    """把账本导出给别的软件：jsonl 逐条、parquet 按列、xes 和 ocel 过程挖掘。

    人员和单位换成代号，文字栏目不出，另存的从不出；每次导出都记一条。
    """
    if unmasked and key:
        raise Unusable("--same-names 是给代号用的，不能与 --unmasked 同用")
    bureau = settings().open()
    book = load(place=bureau.place)
    selection = Selection(
        bureau.code, tuple(sorted({procedure_id(name, book) for name in procedures})), year, _progress
    )
    mask = Mask(book, key.encode() or clock.salt(), unmasked)
    doer = Act(clock.today(), by, {}, entered_by=by)

    def recorded(made: Exported) -> None:
        with writing(bureau) as act:
            refused = record_export(act, doer, form=kind, to=to, said=selection.said, whole=unmasked, reason=reason,
                                    counts=made.counts, digests=made.digests)  # fmt: skip
        if refused:
            raise _Refused(refused)

    try:
        with writing(bureau) as act:
            if refused := exportable(act, doer, to=to, whole=unmasked, reason=reason):
                raise _Refused(refused)
        made = export(kind, Path(out), selection, mask, confirm=recorded)
    except _Refused as fault:
        against = fault.refusals
        answer({"refused": [one.shown() for one in against]}, lambda: refusals_as_text(against))
        return 1
    answer(_as_json(made, selection), lambda: _as_text(made, selection, unmasked))
    return 0


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r已读 {done} 行", end="", file=sys.stderr)


def _as_json(made: Exported, selection: Selection) -> dict[str, Any]:
    return {"file": str(made.path), "selection": selection.said, "counts": made.counts, "digests": made.digests}


def _as_text(made: Exported, selection: Selection, whole: bool) -> str:
    counted = "，".join(f"{_NAMES[name]}{number}" for name, number in made.counts.items())
    masked = "未遮盖" if whole else "人员和单位是代号，文字栏目不在其中"
    digests = "".join(f"\n  {name}　SHA-256 {digest}" for name, digest in made.digests.items())
    return f"已导出 {made.path}（{selection.said}）：{counted}；{masked}，另存的内容不在其中。已记入账本。{digests}"


COMMANDS = (export_book,)
