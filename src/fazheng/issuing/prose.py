"""What a person wrote beside the sentences, read from a file."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fazheng.issuing.fault import Unusable
from fazheng.report.composing import OPENING

PROSE = "prose.toml"  # of a home: what a person writes beside the sentences


def chosen(home: Path, file: str, *, without: bool) -> str:
    """The file whose words will be signed; empty where the person said that none shall stand there.

    Raises Unusable where the home holds such words and nobody said whether they are meant: what is signed stays signed.
    """
    if not file and not without and (home / PROSE).exists():
        raise Unusable(f"账本文件夹里有人写的文字 {PROSE}：请选印上或者不印")
    return file


def read_prose(file: str, reports: Any) -> dict[str, str]:
    """Section id → a person's prose. Raises Unusable."""
    if not file:
        return {}
    try:
        raw = tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Unusable(f'读不了“{Path(file).name}”：要写成 UTF-8 的 TOML，每行 小节编号 = "文字"') from fault
    known = {section.id for report in reports.values() for section in report.sections}
    if unknown := [name for name in raw if name not in known and name != OPENING]:
        raise Unusable(f"没有小节“{'、'.join(unknown)}”；有：{'、'.join(sorted(known))}")
    return {name: str(text) for name, text in raw.items()}


def save_prose(file: Path, words: Mapping[str, str]) -> None:
    """Writes a person's prose by section id, whole or not at all; empty ones are left out. Raises Unusable."""
    lines = [f"{_quoted(id)} = {_quoted(text)}" for id, text in words.items() if text.strip()]
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text("\n".join([*lines, ""]), "utf-8", newline="\n")
        os.replace(beside, file)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise Unusable(f"写不了“{file.name}”：请检查账本文件夹、磁盘是否已满、有没有权限") from fault


def _quoted(text: str) -> str:
    """A basic string of TOML. JSON's escapes are its own, but for DEL, which no text has."""
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)
