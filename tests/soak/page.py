"""The page of long checks: one row for each thing tried, renewed when that thing is tried again."""

from collections.abc import Sequence

HEAD = """# Soak

What each part of `make soak` found when it was last run: `soak-walks`, `soak-kills`,
`soak-kills-postgresql`, `soak-fuzz`.

A killed command leaves the book as *before*, as *after* the whole command, or *between* two of several commands;
*whole* where before and after are the same. Each book was verified, held against the last head that its home had seen,
and its projections against those made again.

| what | times | result | seconds | day | commit |
|---|---:|---|---:|---|---|
"""


def renewed(page: str, rows: Sequence[Sequence[str]]) -> str:
    """The page with these rows in the place of those about the same thing; rows of the earlier form are dropped."""
    lines = [line.strip("| \n").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    kept = {line[0]: line for line in lines if len(line) == 6 and line[0] != "what"}
    kept.update({row[0]: list(row) for row in rows})
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in kept.values())
