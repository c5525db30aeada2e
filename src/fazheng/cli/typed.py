"""`--data field=value` of the command line, read by the kinds of the step's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fazheng.cli.common import Unusable, day
from fazheng.lawbook.procedure import Kind
from fazheng.procedure.amend import OF_EVENT, OWN_WORDS
from fazheng.procedure.case import AMENDING, Case
from fazheng.procedure.fields import FieldFault, read
from fazheng.procedure.law import Law

Choices = Mapping[str, Mapping[str, str]]


def pairs(typed: Iterable[str]) -> dict[str, str]:
    """`field=value` as a mapping, in the order typed. Raises Unusable."""
    found: dict[str, str] = {}
    for one in typed:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise Unusable(f"--data 要写成 栏目=内容，不能是“{name}”")
        if name.strip() in found:
            raise Unusable(f"--data 里“{name.strip()}”写了两次；几个值用、隔开")
        found[name.strip()] = value
    return found


def read_fields(
    typed: Mapping[str, str], kinds: Mapping[str, Kind], labels: Mapping[str, str], choices: Choices
) -> dict[str, Any]:
    """The values typed, under the fields' ids; a field may be named by its Chinese label. Raises Unusable."""
    by_label = {labels.get(field, field): field for field in kinds}
    data: dict[str, Any] = {}
    for name, value in typed.items():
        field = name if name in kinds else by_label.get(name, "")
        if not field:
            known = "、".join(f"{field}（{labels.get(field, field)}）" for field in kinds) or "无"
            raise Unusable(f"没有“{name}”这一栏；可填：{known}")
        try:
            data[field] = read(kinds[field], value, choices)
        except FieldFault as fault:
            said = (
                f"“{labels.get(field, field)}”填得不对"
                if kinds[field].apart
                else f"“{labels.get(field, field)}”：{fault}"
            )
            raise Unusable(said + ("：请核对位数和末位校验码" if kinds[field].apart else "")) from fault
    return data


def step_data(law: Law, case: Case, step: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The data of a step, or of an amendment with the fields of the step it amends. Raises Unusable."""
    version = law.first
    if step not in AMENDING:
        return read_fields(typed, law.step_kinds(step), version.labels, version.choices)
    own = {name: typed[name] for name in sorted(OWN_WORDS) if name in typed}
    data: dict[str, Any] = dict(own)
    if "entry" in own:
        if not own["entry"].isdigit():
            raise Unusable("entry 要写条目的序号，例如 entry=3；用 case show 查看")
        data["entry"] = int(own["entry"])
    target = next((event.event for event in case.standing if event.version == data.get("entry")), "")
    of = law.step_of(target) if target else None
    kinds = of.kinds if of else law.step_kinds(own.get("step", ""))
    if "on" in own:
        data["on"] = day(own["on"]).isoformat()
    rest = {name.removeprefix(OF_EVENT): value for name, value in typed.items() if name not in own}
    changed = read_fields(rest, kinds, version.labels, version.choices)
    return data | {(OF_EVENT + field if field in OWN_WORDS else field): value for field, value in changed.items()}
