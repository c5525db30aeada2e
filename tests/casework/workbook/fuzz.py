"""Damages workbooks and imports them: faults or one sentence come out, and the book stays as it was.

    python -m tests.casework.workbook.fuzz [seconds] [seed]

A minute in `make fuzz`, which `make check` runs; an hour in `make soak`. Bytes of the file are changed, bytes of
one of its parts, cells, and files that are no workbook at all. Whatever is damaged, the import gives its faults or says
UnusableWorkbook; nothing is recorded unless every row is in order; memory stays bounded. The seed is told first, and a
failure prints its own: a run with that seed begins with the same file. No network.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import tempfile
import time
import warnings
import zipfile
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from fazheng.ledger.storage import open_home
from tests.checkup.fuzz import damaged, refuse_sockets

SLOWEST = 10.0  # seconds of the processor for one small file: what else the machine does is not counted
MOST_MEMORY = 500 * 1024  # kilobytes of the process at its peak
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODD: tuple[Any, ...] = (
    "", " ", "　", "\u200b", "'", "=1/0", "=SUM(A1:A9)", "#N/A", "_x0000_", "1e400", "4.40882E+17", "2024.3.5", "45356",
    "三月五日", "2024-02-30", "0000-00-00", "9999-12-31", "甲、乙、丙", "甲" * 40_000, "-",
    "－１", "１２３", "是", "否否",
    "hotline.ticket-2024-0001", "T1", "T2", "\ud7ff", "🀄", "<a>&amp;</a>", "]]>", 0, -1, 1e15, 1e300, -0.0, 4.40882e17,
    2.5,
    True, False, None, date(2024, 3, 5), date(1900, 1, 1),
    datetime.fromisoformat("9999-12-31T23:59"), clock_time(9, 30),
)  # fmt: skip


def parts_damaged(raw: bytes, dice: random.Random) -> bytes:
    """The workbook with one of its parts damaged and packed again, so that its sums are right."""
    held = {info.filename: content for info, content in _parts(raw)}
    name = dice.choice(list(held))
    match dice.randrange(8):
        case 0:
            del held[name]
        case 1:
            held[name], other = held[dice.choice(list(held))], held[name]
            held[name + "2"] = other
        case _:
            held[name] = damaged(held[name], dice)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in held.items():
            archive.writestr(part, content)
    return target.getvalue()


def _parts(raw: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def cells_damaged(raw: bytes, dice: random.Random) -> bytes:
    """The workbook with other contents in some cells, heads among them, and sheets merged, cut or renamed."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw))
    for _ in range(dice.randint(1, 12)):
        page = book[dice.choice(book.sheetnames)]
        wide = max(min(page.max_column, 40), 1)
        row, column = dice.randint(1, min(page.max_row, 8) + 1), dice.randint(1, wide)
        match dice.randrange(12):
            case 0:
                page.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
            case 1:
                page.delete_rows(row)
            case 2:
                page.insert_cols(column)
            case 3:
                page.title = dice.choice(("零申报", "后续步骤", "#", "说明", "热线", " "))
            case _ if type(page.cell(row, column)).__name__ == "Cell":
                value = dice.choice(ODD)
                page.cell(row, column).value = value[:32_767] if isinstance(value, str) else value
    if dice.random() < 0.1:
        book[dice.choice(book.sheetnames)].cell(dice.choice((5000, 1_048_576)), dice.choice((300, 16_384))).value = "x"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def no_workbook(raw: bytes, dice: random.Random) -> bytes:
    """A file of another form, or the beginning of one."""
    text = "编号,日期,经办人\r\nT1,2024.3.5,甲\r\n"
    mixed = text.encode() + text.encode("gb18030")
    sort = dice.choice(("utf-8", "utf-16", "gb18030", "utf-8-sig"))
    return damaged(
        dice.choice((text.encode(sort), mixed, OLE + raw[:4000], raw[: len(raw) // 2])),
        dice,
    )


class Desk:
    """A home with an empty bureau's book, and a good workbook for it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._homes = folder, 0
        self._new()
        from fazheng.casework.workbook import write_workbook
        from tests.casework.workbook.desk import HOTLINE, STUDY, good, law

        path = folder / "seed.xlsx"
        write_workbook(path, law(self.bureau), good())
        self.full = path.read_bytes()
        few = {name: rows for name, rows in good().items() if name in ("人员名册", HOTLINE, STUDY)}
        write_workbook(path, law(self.bureau), few, ["hotline.ticket", "study.session"])
        self.small = path.read_bytes()

    def _new(self) -> None:
        self._homes += 1
        open_home(self._folder / f"home{self._homes}", create=True)
        from fazheng.casework.declaring import open_bureau

        self.bureau = open_bureau("示例县民政局", "999001")

    def taken(self, raw: bytes, name: str) -> str:
        """What became of one file. Raises AssertionError where the book changed and should not have."""
        from fazheng.casework.workbook import UnusableWorkbook, import_workbook
        from fazheng.ledger.read import head

        path = self._folder / name
        path.write_bytes(raw)
        before = head(self.bureau.code)
        try:
            done = import_workbook(path, self.bureau, today=date(2026, 3, 2))
        except UnusableWorkbook as told:
            became = "unusable" if "\n" not in str(told) else "told in more than a line"
        else:
            if done.recorded:
                assert not done.faults, "recorded with faults"
                self._new()
                return "recorded"
            became = "faults" if done.faults else "nothing to record"
        finally:
            path.unlink()
        assert head(self.bureau.code) == before, "the book has changed"
        return became


def one(desk: Desk, dice: random.Random) -> str:
    """Imports one damaged file; what became of it."""
    raw = desk.full if dice.random() < 0.1 else desk.small
    damage = dice.choice((damaged, parts_damaged, parts_damaged, cells_damaged, no_workbook))
    return desk.taken(damage(raw, dice), dice.choice(("a.xlsx",) * 8 + ("a.xls", "a.csv", "a.xlsm", "a.et")))


def main(seconds: float, seed: int) -> int:
    sys.stdout.write(f"workbook fuzz: {seconds:.0f} s, seed {seed}\n")
    sys.stdout.flush()
    warnings.simplefilter("ignore")  # openpyxl tells what it leaves out
    begun, count, slowest = time.monotonic(), 0, 0.0
    became: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        refuse_sockets()
        while time.monotonic() - begun < seconds:
            started = time.process_time()
            try:
                what = one(desk, random.Random(seed + count))
            except BaseException as fault:
                sys.stdout.write(f"seed {seed + count}: {type(fault).__name__}: {fault}\n")
                return 1
            if what.startswith("told"):
                sys.stdout.write(f"seed {seed + count}: {what}\n")
                return 1
            took, peak = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            became[what], slowest = became.get(what, 0) + 1, max(slowest, took)
            if took > SLOWEST or peak > MOST_MEMORY:
                sys.stdout.write(f"seed {seed + count}: {took:.1f} s, {peak // 1024} MB at the peak\n")
                return 1
            count += 1
    sys.stdout.write(f"{count} workbooks: {became}, slowest {slowest:.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(float((sys.argv[1:] or ["60"])[0]), int((sys.argv[2:] or [str(random.randrange(10**9))])[0])))
