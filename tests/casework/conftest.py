"""Bureaux at work in a fresh book."""

from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.writing import writing
from tests.casework.desk import TODAY, bureau_at_work, enter, toy_law


@pytest.fixture
def desk(home: Path) -> Bureau:
    """示例县民政局 with its staff."""
    return bureau_at_work()


@pytest.fixture
def toy_desk(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """A bureau that works under the toy procedures, which link cases and move rows of registers."""
    monkeypatch.setenv("FAZHENG_LAW", str(toy_law(tmp_path / "law")))
    bureau = open_bureau("示例乡民政所", "998001")
    with writing(bureau, today=TODAY) as act:
        for code in ("甲", "乙"):
            enter(act, "staff", "2020-01-01", code=code, name=f"示例{code}", roles=["registrar", "clerk", "window"])
    return bureau
