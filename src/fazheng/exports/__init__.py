"""The book for other people's programs: JSON lines, Parquet, IEEE XES, OCEL 2.0. Masked by default."""

from fazheng.exports.masking import Mask
from fazheng.exports.selecting import Selection
from fazheng.exports.writing import FORMATS, Exported, ExportFault, export

__all__ = ["FORMATS", "ExportFault", "Exported", "Mask", "Selection", "export"]
