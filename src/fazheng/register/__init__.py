"""台账: what stands at a date, row by row, read from the projections of register entries."""

from fazheng.register.rows import Row, row_on, rows_on, spans_of, spans_of_many

__all__ = ["Row", "row_on", "rows_on", "spans_of", "spans_of_many"]
