"""Builds reports/*.txt and gold/*.json from source/*.txt, whose text carries its labels in the line.

    python -m tests.checkup.reports.build

A source begins with `key: value` lines (title, bureau, year, signed, number, addressee; `parts:` with 成 因 责 下 each
followed by its status; `defect:` a kind that has no span; `holds:` a sum that adds up), then `---`, then the text:

    ⟦kind|words⟧     a fault that must be found         ‹173家›            a figure: its first number, scope actual
    ⟦~kind|words⟧    one of tier style                  ‹三次=3›           its value said
    ⟦?kind|words⟧    one of tier unsure                 ‹5次@plan›         its scope said
                                                         ‹100%×2›           of two things alike (均为)
    ⟦=|words⟧        right words: never to be marked    §2成（一）…        a heading of level 2 in part 成; - for none
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PARTS = {"成": "主要举措和成效", "因": "不足和原因", "责": "第一责任人履职", "下": "下一年安排", "-": None}
TIERS = {"": "core", "~": "style", "?": "unsure", "=": ""}
MARK = re.compile(
    r"⟦(?P<tier>[~?=]?)(?P<kind>[a-z_]*)\|"
    r"|(?P<close>⟧)|(?P<figure>‹)|(?:=(?P<value>[^‹›@=×]+))?(?P<twice>×2)?(?:@(?P<scope>[a-z]+))?(?P<end>›)"
    r"|§(?P<level>\d)(?P<part>[成因责下-])"
)


def number(raw: str) -> int | float:
    """The first number of a figure; 万 belongs to its unit."""
    found = re.search(r"\d+(?:\.\d+)?", raw)
    if not found:
        raise ValueError(f"{raw}: say the value")
    return float(found[0]) if "." in found[0] else int(found[0])


def said(value: str | None, raw: str) -> int | float | str:
    if value is None:
        return number(raw)
    return int(value) if value.isdigit() else value


def parsed(marked: str) -> tuple[str, dict[str, list[Any]]]:
    """The text without marks, and what the marks said, with offsets into it."""
    out: list[str] = []
    at = last = 0
    open_faults: list[tuple[int, str, str]] = []
    figure_from = 0
    told: dict[str, list[Any]] = {"defects": [], "not_defects": [], "figures": [], "sections": []}
    for mark in MARK.finditer(marked):
        out.append(marked[last : mark.start()])
        at, last = at + mark.start() - last, mark.end()
        if mark["close"]:
            begun, tier, kind = open_faults.pop()
            words = "".join(out)[begun:at]
            if tier:
                told["defects"].append(
                    {"type": kind, "quote": words or None, "offsets": [begun] if words else [], "tier": tier}
                )
            else:
                told["not_defects"].append(words)
        elif mark["kind"] is not None:
            open_faults.append((at, TIERS[mark["tier"]], mark["kind"]))
        elif mark["figure"]:
            figure_from = at
        elif mark["end"]:
            raw = "".join(out)[figure_from:at]
            value, scope = said(mark["value"], raw), mark["scope"] or "actual"
            figure = {"label": "", "value": value, "raw": raw, "offset": figure_from, "scope": scope}
            told["figures"] += [figure, dict(figure)] if mark["twice"] else [figure]
        else:
            told["sections"].append({"level": int(mark["level"]), "part": PARTS[mark["part"]], "offset": at})
    if open_faults:
        raise ValueError(f"not closed: {open_faults}")
    return "".join([*out, marked[last:]]), told


def built(source: str, name: str) -> tuple[str, dict[str, Any]]:
    """The text of a source and its labels."""
    head, marked = source.split("\n---\n", 1)
    said_of: dict[str, list[str]] = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        said_of.setdefault(key, []).append(value.strip())
    text, told = parsed(marked)
    one = {key: values[0] for key, values in said_of.items()}
    statuses = one["parts"].split()
    cited: dict[str, list[int]] = {}
    for found in re.finditer("《[^》]*》", text):
        cited.setdefault(found[0], []).append(found.start())
    gold = {
        "file": f"{name}.txt",
        "title": one.get("title") or next(line.strip() for line in text.splitlines() if "法治" in line),
        "bureau": one["bureau"],
        "report_year": int(one["year"]),
        "signed_date": one.get("signed") or None,
        "doc_number": one.get("number") or None,
        "addressee": one.get("addressee") or None,
        "mandatory_parts": {PARTS[k]: v for k, v in zip(statuses[::2], statuses[1::2], strict=True)},
        "citations": [{"as_written": words, "offsets": offsets} for words, offsets in cited.items()],
        "relations": [{"type": "sum", "expr": expr, "holds": True} for expr in said_of.get("holds", [])],
        **told,
    }
    gold["defects"] += [
        {"type": kind, "quote": None, "offsets": [], "tier": "core"} for kind in said_of.get("defect", [])
    ]
    return text, gold


def build(to: Path) -> None:
    """Writes every report and its labels under a folder."""
    for kind in ("reports", "gold"):
        (to / kind).mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / "source").glob("*.txt")):
        text, gold = built(path.read_text("utf-8"), path.stem)
        (to / "reports" / f"{path.stem}.txt").write_text(text, "utf-8")
        (to / "gold" / f"{path.stem}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    build(HERE)
