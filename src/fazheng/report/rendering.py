"""The report as one HTML file that asks nothing of any other: text, style and links within the page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.template import Context, Engine, Library
from django.utils.safestring import mark_safe

from fazheng.lawbook.citation import numeral
from fazheng.report.checking import Examined
from fazheng.report.composed import Composed
from fazheng.report.drawing import svg
from fazheng.report.flow import flow
from fazheng.report.tabled import ChartText

TEMPLATES = Path(__file__).parent / "templates"
FOLDED = 12  # rows up to this number are shown at once, longer lists are folded
STATES = {"some": "有数", "zero": "零", "nothing_over": "无（基数为零）", "no_data": "无数据"}


def render(composed: Composed, examined: Examined | None = None, signed: str = "") -> str:
    """The page as text, with what the check-up found in an annex of its own; `signed`: by whom and on which day; then
    headings with nothing under them are left out, as on the paper.

    Everything that was entered is escaped; there is no script and no address of a host.
    """
    style = (TEMPLATES / "yearly.css").read_text("utf-8")
    page = (
        _engine()
        .get_template("yearly.html")
        .render(
            Context(
                {
                    "report": composed,
                    "flow": list(flow(composed, blanks=not signed)),
                    "examined": examined,
                    "signed": signed,
                    "style": style,
                    "folded": FOLDED,
                    "states": STATES,
                }
            )
        )
    )
    return re.sub(r"\n\s*", "\n", page)


@cache
def _engine() -> Engine:
    engine = Engine(dirs=[str(TEMPLATES)], autoescape=True)
    library = Library()
    library.filter("numeral", numeral)
    library.filter("state_name", _state_name)
    library.filter("svg", _svg)
    engine.template_builtins.append(library)
    return engine


def _svg(chart: ChartText) -> str:
    return mark_safe(svg(chart))  # every text in it is escaped


def _state_name(state: str) -> str:
    return STATES[state]
