"""Commands as a reader can type them in a shell of this system."""

import os
import shlex
import shutil
import subprocess
import sys

PYTHON = "py" if sys.platform == "win32" else "python3"  # any Python: the files that check need nothing of ours


def typed(*words: object) -> str:
    """The words as one line; those with blanks in quotes."""
    told = [str(word) for word in words]
    return subprocess.list2cmdline(told) if sys.platform == "win32" else shlex.join(told)


def fazheng() -> tuple[str, ...]:
    """What a command of this installation begins with."""
    return ("fazheng",) if shutil.which("fazheng") else (_python(), "-m", "fazheng")


def _python() -> str:
    """This Python, from where the reader stands."""
    try:
        return os.path.relpath(sys.executable)
    except ValueError:  # another drive
        return sys.executable
