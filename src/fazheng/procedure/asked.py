"""Which gates ask after which field of a step: what a form says beside the box."""

from __future__ import annotations

from fazheng.lawbook.conditions import FieldTest, facts_of, walk
from fazheng.lawbook.procedure import Gate, Procedure, Step


def asking(version: Procedure, step: Step) -> dict[str, tuple[Gate, ...]]:
    """Field of the step → the gates before it that ask for its value, those that only warn among them."""
    found: dict[str, tuple[Gate, ...]] = {}
    for gate in version.gates_before.get(step.id, ()):
        fields = {
            fact.field
            for part in walk(gate.needs)
            if isinstance(part, FieldTest)
            for fact in facts_of(part)
            if fact.event == step.records
        }
        for field in sorted(fields & set(step.kinds)):
            found[field] = (*found.get(field, ()), gate)
    return found
