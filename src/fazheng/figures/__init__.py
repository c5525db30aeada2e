"""统计: figures as law files define them, counted over a period, each with its rows and what it means."""

from fazheng.figures.adding import rests_on
from fazheng.figures.counting import FigureUnknown, count, recount
from fazheng.figures.findings import findings
from fazheng.figures.periods import Period, PeriodFault, between, parse, up_to, year
from fazheng.figures.value import FigureValue, Part, number_text

__all__ = [
    "FigureUnknown",
    "FigureValue",
    "Part",
    "Period",
    "PeriodFault",
    "between",
    "count",
    "findings",
    "number_text",
    "parse",
    "recount",
    "rests_on",
    "up_to",
    "year",
]
