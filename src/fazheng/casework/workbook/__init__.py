"""The workbook: the template a bureau fills, the workbook written from rows, and the import that reads it back."""

from fazheng.casework.workbook.container import UnusableWorkbook
from fazheng.casework.workbook.faults import Fault
from fazheng.casework.workbook.importing import Imported, import_workbook
from fazheng.casework.workbook.template import write_template, write_workbook

__all__ = ["Fault", "Imported", "UnusableWorkbook", "import_workbook", "write_template", "write_workbook"]
