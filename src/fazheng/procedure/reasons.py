"""Every reason against a step."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.procedure.attempt import Attempt
from fazheng.procedure.builtin import built_in_refusals
from fazheng.procedure.gates import gate_refusals
from fazheng.procedure.limits import lapsed, overstepped
from fazheng.procedure.surroundings import Refusal


def reasons(tried: Attempt) -> Iterator[Refusal]:
    """Built-in gates first, then the procedure's own, lapsed rights, overstepped extensions; empty where none."""
    yield from built_in_refusals(tried)
    yield from gate_refusals(tried)
    yield from lapsed(tried)
    yield from overstepped(tried)
