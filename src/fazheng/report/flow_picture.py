"""The flow of a procedure as SVG: ranks from top to bottom, each step a box that says its state in words and colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from fazheng.procedure.flow import WORDS, Stage

ACROSS = 4  # boxes beside each other: what a page holds at a readable size
WIDE, HIGH, GAP, DROP, EDGE = 158, 66, 18, 34, 10  # pixels of a box, between boxes, between rows, at the edge
_SIGNS = 9  # characters in a line of a box
_LINES = 2


@dataclass(frozen=True, slots=True)
class _Box:
    stage: Stage
    x: float
    y: float


def svg(stages: Sequence[Stage], title: str) -> str:
    """The drawing with its title and what it shows in words. The same stages give the same text."""
    boxes = _placed(stages)
    width = ACROSS * (WIDE + GAP) - GAP + 2 * EDGE
    height = max(box.y for box in boxes.values()) + HIGH + EDGE if boxes else EDGE
    here = next((stage.step.name for stage in stages if stage.here), "还没有开始")
    done = sum(bool(stage.days) for stage in stages)
    said = f"共{len(stages)}步，已办{done}步，现在在“{here}”。每一步的先后和情况见下面的列表。"
    return (
        f'<svg class="flow" role="img" aria-labelledby="flow-t flow-d" viewBox="0 0 {width} {height:g}"'
        f' width="{width}" height="{height:g}"><title id="flow-t">{escape(title)}</title>'
        f'<desc id="flow-d">{escape(said)}</desc>{"".join(_edges(boxes))}{"".join(map(_drawn, boxes.values()))}</svg>'
    )


def _placed(stages: Sequence[Stage]) -> dict[str, _Box]:
    rows: dict[int, list[Stage]] = {}
    for stage in stages:
        rows.setdefault(stage.rank, []).append(stage)
    found: dict[str, _Box] = {}
    y = float(EDGE)
    for rank in sorted(rows):
        for start in range(0, len(rows[rank]), ACROSS):
            some = rows[rank][start : start + ACROSS]
            for n, stage in enumerate(some):  # from the left: there a telephone begins to look
                found[stage.step.id] = _Box(stage, EDGE + n * (WIDE + GAP), y)
            y += HIGH + (GAP if start + ACROSS < len(rows[rank]) else DROP)
    return found


def _edges(boxes: dict[str, _Box]) -> Iterator[str]:
    """Lines from a step to those that follow it, drawn beneath the boxes; walked ones stronger."""
    for box in boxes.values():
        for earlier in (boxes[one] for one in box.stage.after if one in boxes):
            x1, y1 = earlier.x + WIDE / 2, earlier.y + HIGH
            x2, y2 = box.x + WIDE / 2, box.y
            bend = max((y2 - y1) / 2, DROP / 2)
            walked = bool(earlier.stage.days and (box.stage.days or box.stage.state == "open"))
            look = "walked" if walked else "way"
            yield f'<path class="{look}" d="M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}"/>'


def _drawn(box: _Box) -> str:
    stage, x, y = box.stage, box.x, box.y
    look = stage.state + (" here" if stage.here else "")
    words = WORDS[stage.state] + (f" {stage.days[-1]:%m-%d}" if stage.days and stage.state == "done" else "")
    lines = _wrapped(stage.step.name)
    top = y + (19 if len(lines) > 1 else 27)
    texts = [f'<text x="{x + WIDE / 2:g}" y="{top + 17 * n:g}">{escape(line)}</text>' for n, line in enumerate(lines)]
    texts.append(f'<text class="state" x="{x + WIDE / 2:g}" y="{y + HIGH - 9:g}">{escape(words)}</text>')
    if stage.here:
        texts.append(f'<rect class="flag" x="{x + WIDE - 62:g}" y="{y - 11:g}" width="68" height="19" rx="9"/>')
        texts.append(f'<text class="flagged" x="{x + WIDE - 28:g}" y="{y + 3:g}">在这里</text>')
    shape = f'<rect x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="4"/>'
    return (
        f'<g class="{look}"><title>{escape(stage.step.name)}：{escape(stage.words)}</title>{shape}{"".join(texts)}</g>'
    )


def _wrapped(name: str) -> list[str]:
    lines = [name[n : n + _SIGNS] for n in range(0, len(name), _SIGNS)]
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], lines[_LINES - 1][: _SIGNS - 1] + "…"]
