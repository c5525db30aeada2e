"""Sound reports give no finding; faults put into them are found."""

from __future__ import annotations

import random

import pytest

from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document
from tests.checkup.mutate import FAULTS, clean, measure

FOUND = measure(20, 7)
READY = (
    "sum", "direction", "signed early", "no such day", "wrong name",
    "doubled word", "doubled clause", "half-width", "open bracket", "stray space", "residue",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_a_sound_report_gives_no_finding(seed: int) -> None:
    assert run(Report(Document(clean(random.Random(seed))))) == []


@pytest.mark.parametrize("name", FAULTS)
def test_nine_of_ten_faults_are_found(name: str) -> None:
    found, tried, _ = FOUND[name]
    assert found / tried >= 0.9


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_brings_at_most_one_false_alarm_a_page(name: str) -> None:
    assert FOUND[name][2] <= 1
