"""数据核对表: the figures a section answers for, filled where the book knows them, read back once they are signed."""

from fazheng.casework.asked.making import as_workbook
from fazheng.casework.asked.reading import Taken, take_back
from fazheng.casework.asked.sheet import AskedRow, AskedSheet, sections_asked, sheet_for

__all__ = ["AskedRow", "AskedSheet", "Taken", "as_workbook", "sections_asked", "sheet_for", "take_back"]
