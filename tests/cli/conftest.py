"""One demo home for all tests that only read; a fresh bureau for those that write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fazheng.cli.main import run
from fazheng.ledger.storage import close_home
from tests.cli.typing import Shell


@pytest.fixture(scope="session")
def _demo(_real_homes: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAZHENG_HOME", str(home))
        patch.delenv("DATABASE_URL", raising=False)
        assert run(["demo", "--home", str(home)]) == 0
        close_home()
    return home


@pytest.fixture
def demo(_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The first example county's book, a copy of its own."""
    monkeypatch.setenv("FAZHENG_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Shell(Path(shutil.copytree(_demo, tmp_path / "demo")), capsys)


@pytest.fixture
def second(demo: Shell, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The second example county's book."""
    return Shell(demo.home / "county-b", capsys)


@pytest.fixture
def fresh(home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A new book of one bureau with three people: two officers and a head, and people for the hotline."""
    shell = Shell(home, capsys)
    assert shell("init", "--bureau", "示例县民政局", "--code", "999001").code == 0
    until = "执法证有效期止=2030-01-01"
    for code, roles, *more in (
        ("Z001", "行政机关负责人"),
        ("Z003", "执法人员", until),
        ("Z004", "执法人员", until),
        ("Z008", "热线承办员、承办科室人员"),
        ("Z011", "办公室"),
        ("Z012", "执法人员", "执法证有效期止=2024-03-31"),
    ):
        data = [f"人员编号={code}", f"姓名=示例{code}", f"角色={roles}", *more]
        words = [word for one in data for word in ("--data", one)]
        assert shell("register", "enter", "staff", "--on", "2019-01-01", "--paper", "示例台账", *words).code == 0
    return shell
