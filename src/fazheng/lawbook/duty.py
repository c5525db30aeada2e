"""What must happen regularly: a study each quarter, a report before the first of March, one visit of each home."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.conditions import Condition, Fact
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.place import Adoption, Place
from fazheng.lawbook.procedure import Rule
from fazheng.lawbook.reading import by, convert, known, tables, toml
from fazheng.lawbook.wording import INTERNAL, fixed_day

ADOPTED = "duty:"  # before a duty's id in `adopts`: a rule of a procedure is written “程序/规则” there


class Duty(Rule, frozen=True, kw_only=True):
    """One duty. It is shown in lights and refuses nothing, whatever its mark."""

    each: Literal["month", "quarter", "half_year", "year"]
    of: str
    where: Condition
    at_least: int = 1
    for_each: str = ""  # a register: one duty for each of its rows
    key: Fact | None = None  # the field that names the row; without `for_each`, the year the case is about
    until: str = ""
    before: str = ""
    about: int = 0  # about which year: -1 the year before
    since: date | None = None  # the day a place adopted it from; filled by the reader

    @property
    def has_effect(self) -> bool:
        """Whether it is owed here: not a local one nobody adopted, not one nobody verified."""
        return self.mark in ("read", "second_hand")


def read_duties(root: Path, place: Place | None, findings: list[Finding]) -> dict[str, Duty]:
    """Every duty by id, in the order of the files, as it has effect in `place`; those that wait are among them."""
    found = []
    for path in sorted((root / "duties").glob("*.toml")):
        file = path.relative_to(root).as_posix()
        for raw in tables(known(toml(path), ("duty",), file, findings), "duty", file, findings):
            one = _duty(raw, place, file, findings)
            found += [one] if one else []
    return by("id", found, "duties", findings)


def _duty(raw: dict[str, Any], place: Place | None, file: str, findings: list[Finding]) -> Duty | None:
    id = str(raw.get("id", ""))
    findings += [Finding(file, f"不认识的词“{key}”", id) for key in raw if key in INTERNAL | {"since"}]
    full = {"article": "", **raw, "file": file}
    adoption = place.adoption(ADOPTED + id) if place else None
    if adoption is not None and full.get("mark") in ("local", "second_hand"):
        full |= _adopted(adoption, full)
    try:
        full["statute"] = parse_citation(str(full["article"])).statute
    except ValueError:
        full["statute"] = ""  # the name of a document, with no article number
    duty = convert(full, Duty, file, findings)
    for word in ("until", "before") if duty else ():
        findings += [Finding(file, what, id) for what in fixed_day(word, getattr(duty, word))]
    return duty


def _adopted(adoption: Adoption, raw: dict[str, Any]) -> dict[str, Any]:
    named = "本地规定" if raw["mark"] == "local" else "本局已核"
    since = {"since": adoption.from_} if adoption.from_ else {}
    return {"mark": "read", "adopted_as": named, "article": adoption.article or raw["article"]} | since
