"""`fazheng checkup --quick`: where to look first among very many texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from fazheng.checkup.quick import TOLD, known_names, quick
from fazheng.checkup.reading import Unreadable, read
from fazheng.checkup.style import style
from fazheng.cli.common import say


def look_through(files: Sequence[str]) -> int:
    """Tells each file's four faults by count and line; 0 none, 1 some, 2 a file that cannot be read.

    A name that the catalogue lacks may be a document of the place: told, but no fault.
    """
    known, words, code = known_names(), style(), 0
    for file in files:
        try:
            document = read(Path(file))
        except Unreadable as fault:
            click.echo(str(fault), err=True)
            code = 2
            continue
        looks = [*quick(document.plain, known, words)]
        counts = Counter(look.kind for look in looks)
        say(f"{document.name}：" + "　".join(f"{said} {counts[kind]}" for kind, said in TOLD.items()))
        for look in looks:
            line, column = document.place(look.start)
            say(f"  第{line}行第{column}字：{TOLD[look.kind]}　{document.text[look.start : look.end]}")
        if any(kind != "unknown_name" for kind in counts):
            code = max(code, 1)
    return code
