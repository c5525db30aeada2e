"""docs/decisions: numbered pages, and one that names each dependency."""

import re

from tests.architecture.tree import ROOT

DECISIONS = ROOT / "docs" / "decisions"
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


def wanted(part: str) -> list[str]:
    """The packages that a requirements/*.in asks for by name."""
    text = (ROOT / "requirements" / f"{part}.in").read_text(encoding="utf-8")
    return [found[1] for line in text.splitlines() if (found := NAME.match(line))]


def test_decisions_are_numbered_without_gap_or_double() -> None:
    names = sorted(path.name for path in DECISIONS.iterdir())
    assert [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_every_dependency_is_weighed_in_a_decision() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in DECISIONS.glob("*.md")).lower()
    named = {name for part in ("base", "build", "dev", "postgres", "statutes") for name in wanted(part)}
    assert {name for name in named if not re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", pages)} == set()
