"""Reads requirements/*.txt: which versions are pinned, with which hashes, for which machines."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements"
LOCKS = ("analytics", "base", "bench", "build", "dev", "postgres", "statutes")


@dataclass(frozen=True)
class Pin:
    """One locked package: `name==version`, its marker if it has one, and the SHA-256 digests that are accepted."""

    requirement: Requirement
    digests: frozenset[str]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)


def text(part: str) -> str:
    return (REQUIREMENTS / f"{part}.txt").read_text(encoding="utf-8")


def pins(part: str) -> list[Pin]:
    """The packages of one lock, in its order."""
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + re.sub(r"^ *#.*\n", "", text(part), flags=re.MULTILINE).strip())
    return [
        Pin(Requirement(entry.split("\\")[0]), frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)))
        for entry in entries
        if entry.strip()
    ]


def wheels(part: str) -> dict[str, dict[str, str]]:
    """package → wheel file name → SHA-256, from requirements/wheels.toml."""
    table: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
        (REQUIREMENTS / "wheels.toml").read_text(encoding="utf-8")
    )
    return table[part]
