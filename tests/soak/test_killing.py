"""Twenty kills at random moments in every run; `make soak` has two hundred."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.soak.killing import WORDS, Killed, kill

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def total(counts: Mapping[str, int]) -> int:
    return sum(counts.values())


def broke_off(killed: Killed) -> int:
    """How many commands were killed before they had done all."""
    return sum(counts.get("before", 0) + counts.get("between", 0) for counts in killed.found.values())


def test_a_command_killed_at_any_moment_leaves_the_book_as_it_was_or_as_the_whole_command_does(tmp_path: Path) -> None:
    killed = kill(tmp_path, 18)
    assert {what: total(counts) for what, counts in killed.found.items()} == dict.fromkeys(WORDS, 3)
    assert broke_off(killed) > 0


def test_so_it_is_on_postgresql(postgresql_server: str, tmp_path: Path) -> None:
    killed = kill(tmp_path, 5, postgresql_server)
    assert {what: total(counts) for what, counts in killed.found.items()} == dict.fromkeys(WORDS[:-1], 1)
