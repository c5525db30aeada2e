"""How far the check-up agrees with labels on texts of our own invention; `make eval DATA=…` says so for others."""

from __future__ import annotations

from pathlib import Path

from tests.checkup.eval import DECIDABLE, evaluate, f1, precision

SCORE = evaluate(Path(__file__).parent / "data", show=True)


def test_every_fault_that_a_machine_can_decide_is_found() -> None:
    assert {kind for kind, tally in SCORE.by_kind.items() if kind in DECIDABLE and tally.missed} == set()


def test_nearly_every_finding_is_borne_out() -> None:
    assert precision(SCORE) >= 0.95, "\n".join(SCORE.lines)


def test_figures_sections_and_facts_agree() -> None:
    assert f1(SCORE.figures) >= 0.95, "\n".join(SCORE.lines)
    assert SCORE.scopes.recall >= 0.95
    assert f1(SCORE.sections) == 1.0
    assert SCORE.facts.missed == 0, "\n".join(SCORE.lines)


def test_no_relation_that_holds_is_reported() -> None:
    assert SCORE.false_relations == 0
