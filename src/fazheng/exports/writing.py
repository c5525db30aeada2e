"""An export as a whole: written beside its place, taken there in one move, its digest and what it holds told."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fazheng.exports import jsonl, ocel, parquet, xes
from fazheng.exports.masking import Mask
from fazheng.exports.selecting import Selection
from fazheng.exports.unusable import ExportFault

__all__ = ["FORMATS", "ExportFault", "Exported", "export"]

Write = Callable[[Path, Selection, Mask], dict[str, int]]
FORMATS: Mapping[str, Write] = {
    "jsonl": jsonl.write,
    "parquet": parquet.write,
    "xes": xes.write,
    "ocel": ocel.write,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """`counts`: rows by kind. `digests`: SHA-256 by file name; of a folder, of each of its files."""

    path: Path
    counts: dict[str, int]
    digests: dict[str, str]


def export(
    form: str,
    path: Path,
    selection: Selection,
    mask: Mask,
    *,
    confirm: Callable[[Exported], None] = lambda exported: None,
) -> Exported:
    """Writes the selected part of the book to `path`: a file, for parquet a folder of one file a table.

    `confirm` is called when all is written and before it is taken to its place, where it replaces what stood: what it
    raises leaves everything as it was. Nothing leaves unrecorded, even where the machine stops in between.
    Raises ExportFault where it cannot be written, or a part that the format needs is not installed.
    """
    if form == "parquet" and path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise ExportFault(f"“{path.name}”已经存在：Parquet 每张表一个文件，请指一个新文件夹")
    try:
        beside = Path(tempfile.mkdtemp(prefix=".export-", dir=path.resolve().parent))
    except OSError as fault:
        raise ExportFault(f"写不了“{path.name}”：请检查文件夹是否存在、能否写入") from fault
    try:
        target = beside / "new"
        counts = FORMATS[form](target, selection, mask)
        digests = {path.name if target.is_file() else each.name: _digest(each) for each in _files(target)}
        exported = Exported(path, counts, digests)
        confirm(exported)
        if path.is_dir() and target.is_dir():
            path.rmdir()
        os.replace(target, path)
        return exported
    except OSError as fault:
        raise ExportFault(f"写不了“{path.name}”：磁盘可能已满，或文件正被别的软件打开") from fault
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _files(target: Path) -> list[Path]:
    return sorted(target.iterdir()) if target.is_dir() else [target]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
