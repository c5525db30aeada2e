"""What is kept of the book for its end and its day."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.casework.rebuild import dump, rebuild
from fazheng.ledger.chain import Head
from fazheng.ledger.models import CaseRow
from fazheng.ledger.read import head, head_and_making
from fazheng.staff import Roster
from fazheng.web.as_of import AsOf
from tests.casework.desk import TODAY
from tests.web.conftest import AtWork


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


def test_projections_that_another_process_made_anew_are_shown_at_once(
    desk_home: AtWork, client_of: Callable[[str], Client]
) -> None:
    client, code = client_of("乙"), desk_home.bureau.code

    def shown() -> str:
        return str(client.get("/lists/hotline.ticket/").content.decode())

    sound, before = dump(code), head(code)
    CaseRow.objects.filter(case_id=desk_home.ticket).update(ref="坏了的编号")  # as a disk or a hand may spoil it
    assert "坏了的编号" in shown()
    environment = {**os.environ, "FAZHENG_HOME": str(desk_home.home)}
    done = subprocess.run(
        [sys.executable, "-m", "fazheng", "rebuild"], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "坏了的编号" not in shown()
    assert (dump(code), head(code)) == (sound, before)
    assert head_and_making(code) == (before, 1)


def test_the_marker_of_a_rebuild_stands_beside_the_end_of_the_chain_and_moves_it_nowhere(desk_home: AtWork) -> None:
    code = desk_home.bureau.code
    end = head(code)
    for times in (1, 2):
        rebuild(desk_home.bureau, today=TODAY)
        assert head_and_making(code) == (end, times)
    assert head_and_making("999999") == (Head(0, head("999999").digest), 0)
