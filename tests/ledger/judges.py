"""Asks the verifier of the program and, where the book is a SQLite file, the stand-alone one: they must agree."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazheng.ledger import standalone_verifier
from fazheng.ledger.storage import BOOK
from fazheng.ledger.verify import Verification, verify
from tests.ledger.books import BUREAU

SCRIPT = Path(standalone_verifier.__file__)


@dataclass(frozen=True)
class Judge:
    """Both verdicts on the open book, which must be one. `home` is None where no file holds the book."""

    home: Path | None

    def __call__(self, bureau: str = BUREAU, expect: tuple[int, str] | None = None) -> Verification:
        found = verify(bureau, expect=expect)
        assert found.ok == (found.first_broken is None and found.why.startswith("台账完整"))
        if self.home is not None:
            said, erased = stand_alone(self.home / BOOK, bureau, expect)
            assert said == {
                "ok": found.ok,
                "entries": found.entries,
                "head": found.head,
                "first_broken": found.first_broken,
            }
            assert not found.ok or erased == found.erased
        return found


def stand_alone(book: Path, bureau: str, expect: tuple[int, str] | None = None) -> tuple[dict[str, Any], int]:
    """What the stand-alone verifier answers, asked inside this process, and how many values it misses."""
    kept = (expect[0], expect[1].lower()) if expect else None
    chain = standalone_verifier.chains_of_book(book, bureau, kept)[bureau]
    return json.loads(json.dumps(chain.as_json())), len(chain.erased)


def stand_alone_as_a_program(*arguments: str | Path, script: Path = SCRIPT) -> subprocess.CompletedProcess[str]:
    """The stand-alone verifier as anybody runs it: no site packages, no path of ours."""
    command: Sequence[str | Path] = [sys.executable, "-I", "-S", "-X", "utf8", script, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=script.parent.anchor)
