"""What is kept of the book for its end and its day."""

import pytest

from fazheng.ledger.chain import Head
from fazheng.staff import Roster
from fazheng.web.as_of import AsOf
from tests.casework.desk import TODAY


def test_what_could_not_be_made_leaves_nothing_and_is_made_when_it_is_asked_again() -> None:
    as_of, tried = AsOf(Head(0, ""), TODAY, Roster(())), []

    def make() -> str:
        tried.append(1)
        if len(tried) == 1:
            raise PermissionError
        return "made"

    with pytest.raises(PermissionError):
        as_of.kept("a", make)
    assert as_of._making == {}
    assert [as_of.kept("a", make), as_of.kept("a", make)] == ["made", "made"]
    assert len(tried) == 2
