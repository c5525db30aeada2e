"""The workbook: the template a bureau fills, the workbook written from rows, and the import that reads it back."""

from fazheng.casework.workbook.container import UnusableWorkbook
from fazheng.casework.workbook.faults import Fault
from fazheng.casework.workbook.importing import Imported, import_workbook
from fazheng.casework.workbook.imports import Import, imports
from fazheng.casework.workbook.template import write_template, write_workbook
from fazheng.casework.workbook.undoing import Undone, UndoRefused, undo_import

__all__ = [
    "Fault",
    "Import",
    "Imported",
    "UndoRefused",
    "Undone",
    "UnusableWorkbook",
    "import_workbook",
    "imports",
    "undo_import",
    "write_template",
    "write_workbook",
]
