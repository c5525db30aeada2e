"""Walks through every procedure of the law: each event is held against the rules once more, by other means."""

from typing import Any

import msgspec
import pytest

from fazheng.lawbook.procedure import Procedure
from tests.enforcement.recheck import Recheck
from tests.enforcement.wandering import Wanderer, unsound, versions, wander

WALKS = 5_000  # through all versions together
VERSIONS = versions()
GATED = [version for version in VERSIONS if any(gate.refuses for gate in version.gates)]


def named(version: Any) -> str:
    return str(version.folder.split("/")[-1])


@pytest.mark.parametrize("version", VERSIONS, ids=named)
def test_no_walk_breaks_a_rule_of_its_procedure(version: Procedure) -> None:
    found = wander(version, 0, WALKS // len(VERSIONS) + 1)
    assert found.broken == []
    assert unsound(version, found.refusals) == []
    assert len(found.taken) >= len(version.steps) / 2, "the walks come to too few of its steps to show much"
    assert found.checked or version not in GATED


@pytest.mark.parametrize("version", GATED, ids=named)
def test_without_its_gates_a_walk_breaks_them(version: Procedure) -> None:
    """What holds the walks against the rules sees what no gate stops: of gates that a walk comes to, most are found."""
    lesser = Wanderer(msgspec.structs.replace(version, gates=()))
    recheck, found = Recheck(version, lesser.around), set[str]()
    for seed in range(120):
        walk = lesser.walk(seed)
        recheck.around = lesser.around
        found |= {broken.split(": ")[1] for broken in recheck.broken(walk.events)}
    gates = {f"gate {gate.id}" for gate in version.gates if gate.refuses}
    assert found <= gates
    few = len(gates) <= 2  # of one or two gates a walk may come to none: their examples hold them
    assert few or len(found) > len(gates) / 2, f"not found: {sorted(gates - found)}"
