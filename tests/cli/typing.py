"""The command line as a test uses it: words in, exit code and answer out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fazheng.cli.main import run


@dataclass
class Answer:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Types commands for one home."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys

    def __call__(self, *words: str, home: Path | None = None) -> Answer:
        self._capsys.readouterr()
        code = run(["--home", str(home or self.home), *words])
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)

    def ask(self, *words: str) -> Any:
        """The JSON answer of a command that must succeed."""
        answer = self(*words, "--format", "json")
        assert answer.code == 0, f"{words}: {answer.out}{answer.err}"
        return answer.json
