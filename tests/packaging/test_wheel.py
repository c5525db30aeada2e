"""The wheel carries the law, and works where the sources are not."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.packaging.locks import ROOT


def run(folder: Path, *command: str | Path, **environment: str) -> str:
    """What a Python command prints when it is run in `folder`; fails the test with its messages when it fails."""
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env={**os.environ, **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(ROOT, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("fazheng-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the installed wheel; its dependencies are those of the running Python."""
    folder = tmp_path_factory.mktemp("installed")
    run(folder, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", folder, wheel)
    return folder


@pytest.mark.parametrize("top", ["law", "examples"])
def test_the_wheel_holds_every_file_of_law_and_examples(wheel: Path, top: str) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", top],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    here = {f"fazheng/{name}" for name in listed.split("\0") if name and (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith(f"fazheng/{top}/")}
    assert here
    assert packed == here


def test_the_wheel_says_its_licence_and_that_it_is_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    assert "License-Expression: MulanPSL-2.0" in metadata
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "fazheng/py.typed" in names


def test_the_installed_wheel_counts_five_working_days_over_the_autumn_holiday(installed: Path, tmp_path: Path) -> None:
    where = run(tmp_path, "-c", "import fazheng; print(fazheng.__file__)", PYTHONPATH=str(installed))
    assert Path(where.strip()).is_relative_to(installed)
    printed = run(
        tmp_path, "-m", "fazheng", "due", "2026-09-29", "5 working days", "--format", "json",
        PYTHONPATH=str(installed), FAZHENG_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    assert json.loads(printed)["due"] == "2026-10-12"
