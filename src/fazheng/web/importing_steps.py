"""对列 of later steps: a step that a row took, too, where a column holds its day.

What a step asks is shown once its day has a column: thirty steps with all their fields are no form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from fazheng.lawbook.procedure import Procedure, Step
from fazheng.lawbook.sheets import From, SheetStep, Source
from fazheng.web.forms import Box
from fazheng.web.importing_boxes import ALWAYS, constants, of_box, source, stands


@dataclass(frozen=True, slots=True)
class LaterStep:
    """A step of the procedure after its opening: the box of its day and, where that has a column, those of the rest."""

    id: str
    name: str
    on: Box
    rest: Sequence[Box]
    fields: Mapping[str, Source]
    by: Source

    @property
    def taken(self) -> bool:
        return bool(self.on.value)

    @property
    def lacking(self) -> list[str]:
        """What it must know and has no column; empty where the rows do not take it."""
        return [f"“{self.name}”的“{box.label}”还没有对上列" for box in self.rest if box.required and not box.value]


def later_steps(
    version: Procedure, proposed: Sequence[Mapping[str, Any]], heads: Sequence[str], people: Sequence[str],
    chosen: QueryDict | None,
) -> list[LaterStep]:  # fmt: skip
    """Every later step in the order of the law file, as proposed by its name or as the person has chosen."""
    drafted = {str(one["step"]): one for one in proposed}
    return [
        _later(version, step, drafted.get(step.id, {}), heads, people, chosen)
        for step in version.steps.values()
        if step.id != version.opens
    ]


def _later(
    version: Procedure, step: Step, drafted: Mapping[str, Any], heads: Sequence[str], people: Sequence[str],
    chosen: QueryDict | None,
) -> LaterStep:  # fmt: skip
    columns = [(head, head) for head in heads]
    prefix = f"s_{step.id}_"
    on = of_box(f"{prefix}on", f"哪天{step.name}", columns, stands(f"{prefix}on", drafted.get("on", ""), chosen),
                "表里没有这一步，就不选", required=False)  # fmt: skip
    if not on.value:
        return LaterStep(step.id, step.name, on, (), {}, From())
    who = [(ALWAYS + code, f"每一行都是：{code}") for code in people]
    by = of_box(f"{prefix}by", "谁经办", [*who, *columns], chosen.get(f"{prefix}by", "") if chosen is not None else "",
                "不选就是上传的人", required=False)  # fmt: skip
    fields, rest = drafted.get("fields", {}), [by]
    filled: dict[str, Source] = {}
    for name, kind in step.kinds.items():
        value = stands(f"{prefix}f_{name}", fields.get(name, ""), chosen)
        every = [*columns, *constants(kind, version.choices)]
        box = of_box(f"{prefix}f_{name}", version.label(name), every, value, required=not kind.optional)
        rest.append(box)
        if box.value:
            filled[name] = source(box.value, fields.get(name))
    return LaterStep(step.id, step.name, on, rest, filled, source(by.value, None) if by.value else From())


def sheet_steps(later: Sequence[LaterStep]) -> tuple[SheetStep, ...]:
    """The steps that the rows take, as the mapping names them."""
    return tuple(SheetStep(step=one.id, on=one.on.value, by=one.by, fields=one.fields) for one in later if one.taken)
