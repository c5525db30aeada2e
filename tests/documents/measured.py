"""The lines of a PDF, measured in millimetres from the paper's edges."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from fazheng.documents.grid import BODY, TITLE

MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """Signs on one base line. `signs` holds the left edges."""

    base: float  # mm from the top
    text: str
    left: float
    right: float
    signs: tuple[float, ...]


def pages(path: Path, *, sizes: tuple[float, ...] = (BODY, TITLE)) -> list[list[Line]]:
    """The lines of each page from top to bottom; of signs of those sizes alone, so without head and foot."""
    with pdfplumber.open(path) as file:
        return [_lines(page, sizes) for page in file.pages]


def _lines(page: pdfplumber.page.Page, sizes: tuple[float, ...]) -> list[Line]:
    height = float(page.height)
    by_base: dict[float, list[dict[str, float | str]]] = {}
    for sign in page.chars:
        if sign["text"].strip() and any(abs(sign["size"] - size) < 0.3 for size in sizes):
            base = round((height - sign["matrix"][5]) * MM, 2)
            near = next((known for known in by_base if abs(known - base) <= 0.3), base)
            by_base.setdefault(near, []).append(sign)
    return [_line(base, sorted(signs, key=lambda one: float(one["x0"]))) for base, signs in sorted(by_base.items())]


def _line(base: float, signs: list[dict[str, float | str]]) -> Line:
    lefts = tuple(float(sign["x0"]) * MM for sign in signs)
    return Line(base, "".join(str(s["text"]) for s in signs), lefts[0], float(signs[-1]["x1"]) * MM, lefts)
