"""A procedure's own gates, asked before a step."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.procedure import Gate
from fazheng.procedure.ask import Question, ask
from fazheng.procedure.attempt import Attempt
from fazheng.procedure.refusals import by_rule
from fazheng.procedure.surroundings import Refusal
from fazheng.procedure.words import todo


def fails(gate: Gate, q: Question) -> bool:
    """Whether the gate stands in the way for certain; what hangs on a value not yet entered does not."""
    applies = True if gate.when is None else ask(gate.when, q)
    return applies is True and ask(gate.needs, q) is False


def gate_refusals(tried: Attempt) -> Iterator[Refusal]:
    """The gates before the step that do not hold; one of a second-hand rule warns."""
    for gate in tried.version.gates_before.get(tried.step.id, ()):
        if fails(gate, tried.question):
            yield by_rule(gate.id, gate, todo(gate.needs, tried.version, tried.question))
