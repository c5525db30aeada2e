"""A procedure's folder read as one: its files merged, its marks weighed against what the place adopted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Register
from fazheng.lawbook.place import Place
from fazheng.lawbook.procedure import (
    Extension,
    Gate,
    Limit,
    Procedure,
    Rule,
    Step,
    Suggestion,
    Suspension,
)
from fazheng.lawbook.reading import as_list, convert, toml
from fazheng.lawbook.wording import INTERNAL, unknown_words

R = TypeVar("R", bound=Rule)
TABLES: dict[str, type[Rule]] = {
    "step": Step,
    "gate": Gate,
    "limit": Limit,
    "suspension": Suspension,
    "extension": Extension,
    "suggest": Suggestion,
}
_LISTS = ("after", "unless", "before", "binds", "stops")
_ADOPTABLE = ("article", "length", "at_most")


def rule_files(folder: Path) -> list[Path]:
    """The files of a folder that are read as one procedure; its examples are not among them."""
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("examples"))


def digest(folder: Path) -> str:
    """SHA-256 over names and bytes of the folder's rule files: which text of the law a case was decided by."""
    total = hashlib.sha256()
    for path in rule_files(folder):
        total.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


def read_procedure(folder: Path, root: Path, place: Place | None, findings: list[Finding]) -> Procedure | None:
    """The procedure of a folder as it has effect in `place`; None with findings where it cannot be read."""
    head: dict[str, Any] = {}
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = {table: [] for table in TABLES}
    for path in rule_files(folder):
        file = path.relative_to(root).as_posix()
        for key, value in toml(path).items():
            if key in TABLES and isinstance(value, list):
                rows[key] += [(file, dict(row)) for row in value]
            elif key == "procedure":
                head |= value
            elif key in ("roles", "choices", "labels"):
                head[key] = head.get(key, {}) | value
            else:
                findings.append(Finding(file, f"不认识的表“{key}”"))
    where = folder.relative_to(root).as_posix()
    if missing := [key for key in ("id", "name", "statute", "mark", "in_force", "opens") if key not in head]:
        findings.append(Finding(where, f"[procedure] 缺少“{'”“'.join(missing)}”"))
        return None
    adopt = place.adoption if place else (lambda rule: None)
    rules: dict[str, list[Rule]] = {table: [] for table in TABLES}
    waiting: list[Rule] = []
    for table, kind in TABLES.items():
        for file, raw in rows[table]:
            rule = _rule(raw, kind, head, adopt(f"{head['id']}/{raw.get('id')}"), file, findings)
            if rule is None:
                continue
            off = rule.mark == "unverified" or (rule.mark == "local" and kind is not Step)
            (waiting if off else rules[table]).append(rule)
    raw_head = _head(head, folder, where, findings)
    bare = convert(raw_head, Procedure, where, findings)
    return None if bare is None else _placed(_filled(bare, rules, waiting, where, findings), place)


def _head(head: Mapping[str, Any], folder: Path, where: str, findings: list[Finding]) -> dict[str, Any]:
    """The head of the procedure as its object wants it: roles as tables, lists as lists, the folder and its digest."""
    said = head.get("roles", {})
    roles = {id: {"name": role} if isinstance(role, str) else role for id, role in said.items()}
    findings += [
        Finding(where, "held_by 只能由地方写（local/）", id)
        for id, role in roles.items()
        if isinstance(role, dict) and "held_by" in role
    ]
    closes = as_list(head.get("closes", []))
    return {**head, "roles": roles, "closes": closes, "folder": where, "digest": digest(folder), "steps": {}}


def _placed(version: Procedure, place: Place | None) -> Procedure:
    """The procedure with its roles as the place calls and fills them; who acts by national law stays who acts."""
    roles = dict(version.roles)
    for id, role in version.roles.items():
        if said := place.role(version.id, id) if place else None:
            held_by = () if version.nationwide(id) else tuple(said.held_by)
            roles[id] = replace(role, name=said.name or role.name, held_by=held_by)
    return replace(version, roles=roles)


def named(
    procedures: Mapping[str, tuple[Procedure, ...]], registers: Mapping[str, Register]
) -> dict[str, tuple[Procedure, ...]]:
    """The procedures, each with the names by which its conditions speak of registers and of one another."""
    called = {id: versions[-1].name for id, versions in procedures.items()}
    for register in registers.values():
        called |= {register.id: register.name} | {f"{register.id}.{f}": name for f, name in register.labels.items()}
        for field, text in register.fields.items():
            options = register.choices.get(text.removeprefix("choice:").strip("?*"), {})
            called |= {f"{register.id}.{field}.{key}": name for key, name in options.items()}
    return {id: tuple(replace(v, called=called) for v in versions) for id, versions in procedures.items()}


def _filled(
    bare: Procedure, rules: Mapping[str, list[Rule]], waiting: list[Rule], where: str, findings: list[Finding]
) -> Procedure:
    steps = {step.id: step for step in rules["step"] if isinstance(step, Step)}
    ids = [rule.id for rule in (*(rule for table in rules.values() for rule in table), *waiting)]
    findings += [Finding(where, "两条规则重名", id) for id in sorted({id for id in ids if ids.count(id) > 1})]
    fields = {name: getattr(bare, name) for name in bare.__struct_fields__}
    return Procedure(
        **fields
        | {
            "steps": steps,
            "gates": tuple(rules["gate"]),
            "limits": tuple(rules["limit"]),
            "suspensions": tuple(rules["suspension"]),
            "extensions": tuple(rules["extension"]),
            "suggestions": tuple(rules["suggest"]),
            "waiting": tuple(waiting),
        }
    )


def _rule(
    raw: dict[str, Any], kind: type[R], head: Mapping[str, Any], adoption: Any, file: str, findings: list[Finding]
) -> R | None:
    id = str(raw.get("id", ""))
    findings += [Finding(file, f"不认识的词“{key}”", id) for key in raw if key in INTERNAL]
    full = {"mark": head["mark"], "article": "", **raw, "file": file}
    for key in _LISTS:
        if key in full and not (key == "before" and kind is Limit):
            full[key] = as_list(full[key])
    if adoption is not None and full["mark"] in ("local", "second_hand"):
        full["adopted_as"] = "本地规定" if full["mark"] == "local" else "本局已核"
        full["mark"] = "read"
        full |= {key: getattr(adoption, key) for key in _ADOPTABLE if getattr(adoption, key)}
    try:
        named = parse_citation(str(full["article"])).statute
    except ValueError:
        named = ""  # the name of a document, with no article number
    full["statute"] = named or head["statute"]
    rule = convert(full, kind, file, findings)
    findings += [Finding(file, what, id) for what in (unknown_words(rule) if rule else ())]
    return rule
