"""The files of a signed report in a home: those that are as they were signed, and those that are not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.signing import since_signed
from fazheng.figures import chinese as chinese_day
from fazheng.figures import count
from fazheng.figures import year as year_of
from fazheng.issuing.fault import Unusable
from fazheng.issuing.leaving import Leaving
from fazheng.lawbook.load import load
from fazheng.ledger.read import head
from fazheng.ledger.signed import Signature, restatements, sha256

REPORTS = "报告"  # the folder of a home that holds nothing private: the only one to show around


def beside(folder: Path, name: str, digest: str) -> Path:
    """Where a file waits until the signature stands."""
    return folder / f".{digest[:16]}-{name}"


def finish(done: Signature, home: Path) -> tuple[list[Path], list[Path]]:
    """Moves files into place that a kill left waiting; those that are as they were signed, and those that are not."""
    good: list[Path] = []
    lost: list[Path] = []
    for name, digest in done.files.items():
        path = home / REPORTS / name
        waiting = beside(home / REPORTS, name, digest)
        if waiting.exists() and sha256(waiting.read_bytes()) == digest:
            os.replace(waiting, path)
        is_it = path.exists() and sha256(path.read_bytes()) == digest
        (good if is_it else lost).append(path)
    return good, lost


def restated_lines(bureau: str, year: int) -> list[str]:
    """What was restated of the year's report, a line each; empty for nothing."""
    return [
        f"{chinese_day(one.on)}更正（{one.by}）：“{change['name']}”{change['signed']}改为{change['now']}"
        for one in restatements(bureau, year)
        for change in one.changed
    ]


def standing(done: Signature) -> str:
    """Who signed, when, from which head: a sentence."""
    paper = f"在纸上签字，{done.entered_by}代录，扫描件 {done.scan[:12]}…。" if done.scan else ""
    why = f"缺少应有的部分，理由：{done.reason}。" if done.missing else ""
    return (
        f"{done.year}年度报告由{done.by}于{chinese_day(done.on)}签发，{done.year}年度已锁定（账本第{done.entry}条）。"
        f"各数据账本前{done.seq}条，链尾 {done.seq}:{done.digest[:16]}…；正文摘要 {done.text_digest[:16]}…。"
        f"{paper}{why}"
    )


def files_told(done: Signature, home: Path) -> list[str]:
    good, lost = finish(done, home)
    return [*(f"  {path}" for path in good), *(f"  不是签发时的文件，或者不在了：{path}" for path in lost)]


def as_json(done: Signature, home: Path) -> dict[str, Any]:
    """The signature for a program."""
    good, lost = finish(done, home)
    return {
        "year": done.year, "by": done.by, "on": str(done.on), "entry": done.entry, "seq": done.seq,
        "digest": done.digest, "text_digest": done.text_digest, "sound": done.sound, "reason": done.reason,
        "missing": list(done.missing), "figures": len(done.figures),
        "files": [str(path) for path in good], "lost": [str(path) for path in lost],
    }  # fmt: skip


def tell_signed(bureau: Bureau, done: Signature, to: str, by: str) -> None:
    """Keeps on record that the signed report went to an office, as last restated. Raises Unusable."""
    book = load(place=bureau.place)
    if since_signed(bureau.code, book, done.year):
        raise Unusable("签发以后账本有变化，报出的数与账本不一致：请先用“更正说明”更正，再报")
    before = head(bureau.code)
    period = year_of(done.year)
    values = count(bureau.code, book, period, ids=[one["id"] for one in done.figures if one["id"] in book.figures])
    Leaving(bureau, to, "report", by, before).keep((period, value) for value in values)
