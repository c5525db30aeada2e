"""Each part of the long checks renews its own rows."""

from tests.soak.page import HEAD, renewed

OLD = ["walks", "10", "all well", "5", "2026-01-01", "abc"]


def test_a_row_is_renewed_and_the_others_stay() -> None:
    page = renewed("", [OLD, ["kills", "1", "whole", "2", "2026-01-01", "abc"]])
    again = renewed(page, [["kills", "9", "whole", "3", "2026-02-02", "def"]])
    rows = again.removeprefix(HEAD).splitlines()
    assert rows == [f"| {' | '.join(OLD)} |", "| kills | 9 | whole | 3 | 2026-02-02 | def |"]


def test_rows_of_the_earlier_form_are_dropped() -> None:
    assert renewed("| what | times | result | seconds |\n|---|---|---|---|\n| old | 1 | x | 2 |\n", []) == HEAD
