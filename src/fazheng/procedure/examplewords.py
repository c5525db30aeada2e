"""Words of example files that lead nowhere: keys, steps, and what stands around the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fazheng.lawbook.facts import put_into_row
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.comparing import WORDS

_OF_EXAMPLE = frozenset({"name", "given", "when", "then", "linked", "registered"})
_OF_LINKED = frozenset({"procedure", "given", "linked"})
_OF_ROW = frozenset({"register", "key", "from", "to", "row"})


def faults(file: str, raw: Mapping[str, Any], version: Procedure, book: LawBook) -> Iterator[Finding]:
    """A finding for each word of an example file that nothing defines."""
    yield from (Finding(file, f"不认识的表“{key}”") for key in raw if key not in ("defaults", "example"))
    defaults = raw.get("defaults", {})
    known = {*version.steps, "by", "place", "people", "linked", "registered"}
    yield from (Finding(file, f"不认识的词“{key}”", "defaults") for key in defaults if key not in known)
    yield from (Finding(file, what, "defaults") for what in _around(defaults, book))
    for row in raw.get("example", []):
        unknown = {*row} - _OF_EXAMPLE | {f"then.{word}" for word in {*row.get("then", {})} - WORDS}
        told = [*(f"不认识的词“{word}”" for word in sorted(unknown)), *_around(row, book)]
        yield from (Finding(file, what, str(row.get("name"))) for what in told)


def _around(row: Mapping[str, Any], book: LawBook) -> Iterator[str]:
    for word, of_one in (("linked", _linked), ("registered", _registered)):
        found = row.get(word, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            yield f"{word} 要写成 [ {{ … }} ]"
            continue
        for one in found:
            yield from of_one(one, book)


def _linked(row: Mapping[str, Any], book: LawBook) -> Iterator[str]:
    yield from (f"不认识的词“linked.{key}”" for key in row if key not in _OF_LINKED)
    versions = book.procedures.get(str(row.get("procedure")), ())
    if not versions:
        yield f"没有程序“{row.get('procedure')}”"
        return
    if not row.get("given"):
        yield f"关联的“{versions[-1].name}”没有写 given：至少要开案"
    for given in row.get("given", []):
        step = str(given.get("step")) if isinstance(given, dict) else str(given).partition(" ")[0]
        found = [version.steps[step] for version in versions if step in version.steps]
        if not found:
            yield f"“{versions[-1].name}”没有“{step}”这一步"
        elif isinstance(given, dict):
            kinds = {"step", "on", "by", "happened", *(field for one in found for field in one.fields)}
            yield from (f"“{found[-1].name}”没有字段“{field}”" for field in given if field not in kinds)
    yield from _around({"linked": row.get("linked", [])}, book)


def _registered(row: Mapping[str, Any], book: LawBook) -> Iterator[str]:
    yield from (f"不认识的词“registered.{key}”" for key in row if key not in _OF_ROW)
    register = book.registers.get(str(row.get("register")))
    if register is None:
        yield f"没有名册“{row.get('register')}”"
        return
    if not isinstance(row.get("key"), str):
        yield f"“{register.name}”的 key 要写成文字"
    days = [row.get("from"), row.get("to", date.max)]
    if not all(isinstance(day, date) for day in days) or days[0] >= days[1]:
        yield f"“{register.name}”的 from、to 要写成日期，to 在 from 以后"
    held = row.get("row", {})
    if not isinstance(held, dict):
        yield "row 要写成 { 字段 = 值 }"
        return
    for field, value in held.items():
        if field not in register.fields or not register.kinds[field].apart:
            yield from put_into_row(field, value, register)
