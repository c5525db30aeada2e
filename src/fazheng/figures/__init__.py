"""统计: figures as law files define them, counted over a period, each with its rows and what it means."""

from fazheng.figures.adding import rests_on
from fazheng.figures.counting import FigureUnknown, count, count_by, count_each, recount
from fazheng.figures.declared import Declared
from fazheng.figures.findings import findings
from fazheng.figures.kept import since
from fazheng.figures.periods import Period, PeriodFault, between, chinese, cut_off, parse, told, up_to, year
from fazheng.figures.value import FigureValue, Part, number_text
from fazheng.figures.wide import BookMoved, drop

__all__ = [
    "BookMoved",
    "Declared",
    "FigureUnknown",
    "FigureValue",
    "Part",
    "Period",
    "PeriodFault",
    "between",
    "chinese",
    "count",
    "count_by",
    "count_each",
    "cut_off",
    "drop",
    "findings",
    "number_text",
    "parse",
    "recount",
    "rests_on",
    "since",
    "told",
    "up_to",
    "year",
]
