"""What the documentation says to type works, and what the program has is in the documentation."""

from __future__ import annotations

import atexit
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import pytest

from fazheng.__main__ import SERVING
from fazheng.cli.main import fazheng
from fazheng.cli.reference import page as page_of_commands
from fazheng.lawbook.load import load
from tests.docs.pages import ROOT, blocks
from tests.docs.typing import typed

PAGES = [
    "README.md",
    "README.zh-CN.md",
    *(
        f"docs/{name}.md"
        for name in "install extend import law checkup operate numbers private proofs papers three-systems".split()
    ),
]


_DEMO: dict[str, subprocess.CompletedProcess[str]] = {}  # by the folder it was made in: many pages begin with the same


def run(words: list[str], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command of a page, run as a reader would, in an empty folder. `demo` is run once: its copy is what it makes."""
    if words not in (["demo"], ["demo", "--home", "demo-home"]) or env or (cwd / "demo-home").exists():
        return _run(words, cwd, **env)
    for made, done in _DEMO.items():
        shutil.copytree(made, cwd / "demo-home")
        return done
    done, kept = _run(words, cwd), Path(tempfile.mkdtemp(prefix="fazheng-demo-")) / "demo-home"
    if done.returncode == 0:
        shutil.copytree(cwd / "demo-home", kept)
        atexit.register(shutil.rmtree, kept.parent, ignore_errors=True)
        _DEMO[str(kept)] = done
    return done


def _run(words: list[str], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", **env}
    if not env and not SERVING.intersection(words):
        return typed(words, cwd, {name: value for name, value in environment.items() if name != "DATABASE_URL"})
    command = [sys.executable, "-m", "fazheng", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_a_new_procedure_is_made_from_the_page_alone_and_used(tmp_path: Path) -> None:
    law = tmp_path / "law"
    shutil.copytree(ROOT / "law", law)
    page = blocks("docs/extend.md")
    for block in page:
        if block.file:
            path = tmp_path / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
    for words in [words for block in page if block.language == "sh" for words in block.commands()]:
        done = run(words, tmp_path, FAZHENG_LAW=str(law), FAZHENG_HOME=str(tmp_path / "home"))
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    asked = ["figures", "2026", "--id", "oath.sworn", "--format", "json"]
    shown = run(asked, tmp_path, FAZHENG_LAW=str(law), FAZHENG_HOME=str(tmp_path / "home"))
    assert json.loads(shown.stdout)[0]["value"] == 1


def test_the_page_s_rules_are_needed_by_its_examples(tmp_path: Path) -> None:
    law = tmp_path / "law"
    shutil.copytree(ROOT / "law", law, ignore=shutil.ignore_patterns("examples*.toml"))  # those of others take long
    for block in blocks("docs/extend.md"):
        if block.file and "examples" not in block.file:
            path = tmp_path / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
    done = run(["law", "check", "--format", "json"], tmp_path, FAZHENG_LAW=str(law))
    assert done.returncode == 1
    assert any("sworn_in_public" in finding for finding in json.loads(done.stdout)["findings"])


@pytest.mark.parametrize("page", ["docs/install.md", "docs/report.md", "README.md", "README.zh-CN.md"])
def test_every_command_of_the_page_works_in_order(page: str, tmp_path: Path) -> None:
    commands = [words for block in blocks(page) if block.language == "sh" for words in block.commands()]
    assert commands, f"{page} shows no command"
    for words in commands:
        done = run(words, tmp_path)
        expected = {0, 1} if words[:2] in (["case", "do"], ["case", "why"]) else {0}  # the pages show a refusal, too
        assert done.returncode in expected, f"{words}\n{done.stdout}\n{done.stderr}"


def test_the_proofs_of_the_page_are_made_and_checked_as_it_says(tmp_path: Path) -> None:
    made, elsewhere = (block for block in blocks("docs/proofs.md") if block.language == "sh")
    for words in made.commands():
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    lines = [shlex.split(line, comments=True) for line in elsewhere.text.splitlines()]
    assert [words[0] for words in lines] == ["python3"] * 3
    for words in lines:
        command = [sys.executable, "-I", "-S", *words[1:]]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    page = (tmp_path / "kept.txt").read_text("utf-8")
    (tmp_path / "kept.txt").write_text(page.replace("\n2\n", "\n1\n").replace(" 2:", " 1:"), "utf-8")
    assert run(["prove", "--from", "kept.txt"], tmp_path).returncode in (1, 2)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_first_screen_shows_what_its_commands_answer(page: str, tmp_path: Path) -> None:
    shell, shown = blocks(page)[:2]
    said = "".join(run(words, tmp_path).stdout for words in shell.commands())
    lines = [line.strip() for line in shown.text.splitlines() if line.strip() not in ("", "…")]
    assert lines
    assert [line for line in lines if line not in said] == []


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_procedure_is_named_on_the_first_page(page: str) -> None:
    said = (ROOT / page).read_text("utf-8")
    names = [versions[-1].name for versions in load().procedures.values()]
    assert [name for name in names if name not in said] == []


def test_every_command_is_in_the_documentation() -> None:
    said = "\n".join((ROOT / page).read_text("utf-8") for page in [*PAGES, "docs/commands.md"])
    missing = [name for name in names(fazheng) if name not in said]
    assert missing == []


def test_the_page_of_commands_is_what_the_program_says() -> None:
    assert (ROOT / "docs/commands.md").read_text("utf-8") == page_of_commands(fazheng)


def names(group: click.Group, prefix: str = "fazheng") -> list[str]:
    """`fazheng case open` and so on."""
    found = []
    asked = click.Context(group)
    for name in group.list_commands(asked):
        command = group.get_command(asked, name)
        full = f"{prefix} {name}"
        found += names(command, full) if isinstance(command, click.Group) else [full]
    return found


def test_every_room_and_setting_is_in_the_documentation() -> None:
    said = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/install.md").read_text("utf-8")
    rooms = [
        path.name for path in (ROOT / "src/fazheng").iterdir() if path.is_dir() and (path / "__init__.py").exists()
    ]
    settings = ["FAZHENG_HOME", "FAZHENG_LAW", "FAZHENG_FONTS", "DATABASE_URL"]
    everything = said + "".join((ROOT / f"docs/{page}.md").read_text("utf-8") for page in ("extend", "papers"))
    assert [name for name in [*rooms, *settings] if name not in everything] == []
