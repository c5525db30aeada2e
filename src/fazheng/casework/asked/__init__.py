"""数据核对表: the figures a section answers for, filled where the book knows them, read back once they are signed."""

from fazheng.casework.asked.making import as_workbook
from fazheng.casework.asked.reading import Filled, SheetRefused, Taken, read_filled, take_back, take_in
from fazheng.casework.asked.scans import SCAN_NAME, scan_attached
from fazheng.casework.asked.sheet import AskedRow, AskedSheet, sections_asked, sheet_for

__all__ = [
    "SCAN_NAME", "AskedRow", "AskedSheet", "Filled", "SheetRefused", "Taken", "as_workbook", "read_filled",
    "scan_attached", "sections_asked", "sheet_for", "take_back", "take_in",
]  # fmt: skip
