"""Write requirements/wheels.toml: which wheels stand behind the locked hashes. Needs uv and a package index.

A lock with hashes says what may be installed, not for which machine. The names of the wheels say it, so they are kept
beside the locks, where a test reads both without a network. Called by `make lock`, after the locks are written.
"""

import re
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PARTS = {"base": [], "build": [], "statutes": ["--no-deps"]}
WANTED = re.compile(
    r"-(?:(?:py2\.)?py3-none|cp3\d+-abi3|cp31[1-9]-cp31[1-9])"  # plain Python, stable interface, CPython 3.11 and later
    r"-(?:any|win_amd64|manylinux[\w.]*_(?:x86_64|aarch64))\.whl$"
)
HEAD = """\
# The wheels behind the hashes of base.txt, build.txt and statutes.txt for Windows x64, Linux x64 and Linux aarch64.
# Written by requirements/list_wheels.py (make lock); tests/packaging reads it.
"""


def locked_packages(part: str) -> list[dict[str, Any]]:
    """The packages of one lock as the index describes them, every file named; the versions are those of the lock."""
    command = ["uv", "pip", "compile", "--no-config", "--quiet", "--universal", "--python-version", "3.11"]
    with tempfile.TemporaryDirectory() as folder:
        described = Path(folder) / "pylock.toml"
        files = [*PARTS[part], "--constraint", HERE / f"{part}.txt", HERE / f"{part}.in", "-o", described]
        subprocess.run([*command, "--format", "pylock.toml", *files], check=True)
        packages: list[dict[str, Any]] = tomllib.loads(described.read_text(encoding="utf-8"))["packages"]
        return packages


def table(part: str) -> str:
    """One lock's wheels as TOML: a table for each package, file name = SHA-256."""
    lines = []
    for package in locked_packages(part):
        files = {wheel["url"].rsplit("/", 1)[-1]: wheel["hashes"]["sha256"] for wheel in package.get("wheels", [])}
        lines.append(f"\n[{part}.{package['name']}]\n")
        lines += [f'"{name}" = "{digest}"\n' for name, digest in sorted(files.items()) if WANTED.search(name)]
    return "".join(lines)


if __name__ == "__main__":
    (HERE / "wheels.toml").write_text(HEAD + "".join(map(table, PARTS)), encoding="utf-8", newline="\n")
