"""A command of a page, typed in a folder: in a process of its own that is forked from one which has read the program.

Only what starts the interpreter is spared: each command has its own memory, environment, folder and connections.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from subprocess import CompletedProcess

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.docs.started"])
PATIENCE = 300  # seconds


def typed(words: list[str], cwd: Path, environment: dict[str, str]) -> CompletedProcess[str]:
    """What the command left: its exit code, and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = _FORKS.Process(target=_type, args=(words, str(cwd), environment, str(out), str(err)))
        process.start()
        process.join(PATIENCE)
        assert process.exitcode is not None, f"{words}: still at work"
        return CompletedProcess(words, process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def _type(words: list[str], cwd: str, environment: dict[str, str], out: str, err: str) -> None:
    from fazheng.cli.main import run

    for number, path in ((1, out), (2, err)):
        held = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(held, number)
        os.close(held)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    code = run(words)
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(code)
