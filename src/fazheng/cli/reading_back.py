"""What `fazheng report --read-back` answers: a file that came back, beside the report's own words."""

from __future__ import annotations

from pathlib import Path

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.checkup.reading import Unreadable, read
from fazheng.cli.common import Unusable, answer, settings
from fazheng.issuing.coming_back import came_back
from fazheng.issuing.signing import Asked
from fazheng.lawbook.load import load
from fazheng.ledger.signed import signature
from fazheng.report.reading_back import KINDS, ReadBack

_SHOWN = 120  # characters of an edit on a line


def shown_back(bureau: Bureau, year: int, file: Path, prose: str, outline: str, with_material: bool) -> int:
    """Reads the file and tells what was edited outside; 1 where a number of it is not the book's. Raises Unusable."""
    book, asked = load(place=bureau.place), Asked(year, prose, outline, with_material)
    found = came_back(bureau, Path(settings().home), asked, clock.today(), _bytes(file), file.name)
    names = {one.figure: book.figures[one.figure].name for one in found.numbers if one.figure in book.figures}
    value = {
        "file": file.name,
        "signed": signature(bureau.code, year) is not None,
        "numbers": [one._asdict() | {"name": names.get(one.figure, one.figure)} for one in found.numbers],
        "edits": [one._asdict() for one in found.edits],
    }
    answer(value, lambda: _as_text(file.name, found, names))
    return int(bool(found.numbers))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        try:
            read(file)  # which says what is wrong with it
        except Unreadable as fault:
            raise Unusable(str(fault)) from fault
        raise Unusable(f"读不了“{file.name}”") from None


def _as_text(name: str, found: ReadBack, names: dict[str, str]) -> str:
    if not found.numbers and not found.edits:
        return f"《{name}》的文字和数都与报告一致。"
    told = [f"《{name}》读回：不是账本的数{len(found.numbers)}处，文字改动{len(found.edits)}处。"]
    for one in found.numbers:
        told.append(
            f"  数不对：{one.heading}：“{names.get(one.figure, one.figure)}”［{one.figure}］账本{one.book}，"
            f"文件{one.file}：{one.sentence}"
        )
    for edit in found.edits:
        old, new = _short(edit.old), _short(edit.new)
        words = {"changed": f"“{old}”→“{new}”", "added": f"“{new}”", "left_out": f"“{old}”"}
        told.append(f"  {KINDS[edit.kind]}：{edit.heading or '全文'}：{words[edit.kind]}（{_short(edit.sentence)}）")
    return "\n".join(told)


def _short(text: str) -> str:
    """The words as a line holds them; whole for a program (--format json)."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}……{text[-_SHOWN // 2 :]}"
