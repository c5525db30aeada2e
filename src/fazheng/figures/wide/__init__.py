"""The wide form: one row a case, made from the projections, so that many figures are counted in one statement."""

from fazheng.figures.wide.reader import BookMoved, WideReader
from fazheng.figures.wide.tables import drop
from fazheng.figures.wide.together import Together

__all__ = ["BookMoved", "Together", "WideReader", "drop"]
