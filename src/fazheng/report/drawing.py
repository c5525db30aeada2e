"""A chart as SVG: bars across, in per cent of the width and in em, so that it grows with the type and fits any screen.

Ours, for a chart here is a handful of rectangles; see docs/decisions/0025-companions-and-charts.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from fazheng.report.tabled import Bar, ChartText, Panel

LEFT, WIDE = 19, 56  # where a bar begins and how long the longest is, in per cent
WHOLE = 100  # per cent: the longest bar of a rate
LINE = 1.7  # em from bar to bar
LOOKS = ("p1", "p2", "p3", "p4", "p5")  # of segments, told apart without colour


def svg(chart: ChartText) -> str:
    """The drawing, with a title and a description for whoever cannot see it. The same chart gives the same text."""
    body, height = [], 0.0
    most = max((bar.number or 0 for panel in chart.panels for bar in panel.bars), default=0)
    most = max(most, WHOLE) if chart.unit == "%" else most
    for panel in chart.panels:
        shapes = list(_panel(panel, height, most))
        body += shapes
        height += 1.6 + LINE * len(panel.bars) + 0.6
    id = f"chart-{chart.id}"
    return (
        f'<svg role="img" aria-labelledby="{id}-t {id}-d" width="100%" height="{_em(height)}">'
        f'<title id="{id}-t">{escape(chart.title)}（{escape(_unit(chart))}）</title>'
        f'<desc id="{id}-d">{escape(chart.described)}</desc>{"".join(body)}</svg>'
    )


def _unit(chart: ChartText) -> str:
    return f"单位：{chart.unit}"


def _panel(panel: Panel, top: float, most: float) -> Iterator[str]:
    yield f'<text class="of" x="0" y="{_em(top + 1.1)}">{escape(panel.name)}</text>'
    for n, bar in enumerate(panel.bars):
        y = top + 1.6 + LINE * n
        yield f'<text x="0" y="{_em(y + 1.05)}">{bar.name}</text>'
        yield from _drawn(bar, y, most, now=n == len(panel.bars) - 1)
    yield _line(LEFT, top + 1.5, top + 1.6 + LINE * len(panel.bars))


def _drawn(bar: Bar, y: float, most: float, *, now: bool) -> Iterator[str]:
    """A bar with its number behind it; of zero the number alone; of no data a dashed frame that has no length."""
    if bar.number is None:
        yield _box("none", LEFT, WIDE, y)
        yield _text(LEFT + WIDE / 2, y, bar.text, "mid")
        return
    length = max(WIDE * bar.number / most, 0.0) if most else 0.0
    if bar.segments:
        yield from _stacked(bar, y, length)
    elif bar.number:
        yield _box("now" if now else "was", LEFT, length, y)
    yield _text(LEFT + length + 1.2, y, bar.text, "num")


def _stacked(bar: Bar, y: float, length: float) -> Iterator[str]:
    whole = sum(part.number for part in bar.segments) or 1
    at = float(LEFT)
    for part, look in zip(bar.segments, LOOKS, strict=False):
        wide = length * part.number / whole
        if part.number:
            yield _box(look, at, wide, y)
            if wide > 4:
                yield _text(at + wide / 2, y, part.name[:1], f"mid in{look}")
        at += wide


def _box(look: str, x: float, width: float, y: float) -> str:
    return f'<rect class="{look}" x="{x:.4g}%" y="{_em(y + 0.1)}" width="{width:.4g}%" height="1.3em"/>'


def _text(x: float, y: float, text: str, look: str) -> str:
    return f'<text class="{look}" x="{x:.4g}%" y="{_em(y + 1.05)}">{escape(text)}</text>'


def _line(x: float, top: float, bottom: float) -> str:
    return f'<line x1="{x}%" x2="{x}%" y1="{_em(top)}" y2="{_em(bottom)}"/>'


def _em(number: float) -> str:
    return f"{number:.4g}em"
