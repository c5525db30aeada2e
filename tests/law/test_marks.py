"""Marks decide effect: only `read`, or `local` or `second_hand` and adopted, refuses; tried at every gate of the law.

A copy of the law has the mark of every gate rewritten; then the story that needs the gate is told again.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Gate, Procedure
from fazheng.lawbook.standing import faults
from fazheng.procedure.examples import Example, examples_of
from fazheng.procedure.surroundings import Decision
from tests.law.copies import PLACE, adopt_in_place, copied, last_decision, mark_every_gate

GATES = {
    f"{version.id}/{rule.id}": (version.folder, rule.id)
    for versions in load().procedures.values()
    for version in versions
    for rule in (*version.gates, *version.waiting)
    if isinstance(rule, Gate)
}


@cache
def rewritten(folder: Path, mark: str, adopted: bool) -> LawBook:
    """The law in the example county, with every gate of that mark."""
    root = folder / f"{mark}{adopted}"
    copied(root)
    mark_every_gate(root / "law", mark)
    adopt_in_place(root / "law", list(GATES), adopted)
    return load(root=root / "law", place=PLACE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("marks")


def version_of(book: LawBook, where: str) -> Procedure:
    return next(v for versions in book.procedures.values() for v in versions if v.folder == where)


@cache
def stories(folder: Path) -> dict[str, Example]:
    """For each gate an example in which it refuses when it is read. Those of linked cases are told elsewhere."""
    book = rewritten(folder, "read", False)
    found: dict[str, Example] = {}
    for where in dict.fromkeys(where for where, _ in GATES.values()):
        version = version_of(book, where)
        for example in examples_of(version, book):
            decision = last_decision(example, version, book)
            for refusal in decision.refusals if decision else ():
                found.setdefault(f"{version.id}/{refusal.gate}", example)
    return {name: example for name, example in found.items() if name in GATES}


def answers(folder: Path, mark: str, adopted: bool) -> Iterator[tuple[str, str, Decision]]:
    """(gate with its procedure, its id, what its story is answered) under that mark."""
    book = rewritten(folder, mark, adopted)
    for name, example in stories(folder).items():
        where, gate = GATES[name]
        decision = last_decision(example, version_of(book, where), book)
        assert decision is not None
        yield name, gate, decision


def effect(gate: str, decision: Decision) -> str:
    """What the gate did: refused (and how it named itself), warned, nothing."""
    if found := [refusal for refusal in decision.refusals if refusal.gate == gate]:
        beside = found[0].article.partition("（")[2].removesuffix("）")
        return "refuses " + beside if beside in ("本地规定", "本局已核") else "refuses"
    return "warns" if any(warning.gate == gate for warning in decision.warnings) else "nothing"


def test_nearly_every_gate_of_the_law_is_tried(folder: Path) -> None:
    assert len(stories(folder)) >= len(GATES) * 0.7 > 40


@pytest.mark.parametrize(
    ("mark", "adopted", "does"),
    [
        ("read", False, "refuses"),
        ("read", True, "refuses"),  # the adoption changes nothing, and stops start-up
        ("local", False, "nothing"),
        ("local", True, "refuses 本地规定"),
        ("second_hand", False, "warns"),
        ("second_hand", True, "refuses 本局已核"),
        ("unverified", False, "nothing"),
        ("unverified", True, "nothing"),
    ],
)
def test_the_mark_alone_decides_what_a_gate_does(folder: Path, mark: str, adopted: bool, does: str) -> None:
    found = {name: effect(gate, decision) for name, gate, decision in answers(folder, mark, adopted)}
    assert {name: done for name, done in found.items() if done != does} == {}
    assert found


@pytest.mark.parametrize("mark", ["read", "unverified"])
def test_what_is_not_a_place_s_to_adopt_stops_start_up(folder: Path, mark: str) -> None:
    said = {finding.rule for finding in faults(rewritten(folder, mark, True))}
    assert set(GATES) <= said
