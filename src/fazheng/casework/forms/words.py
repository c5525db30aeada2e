"""Holes in a .docx: of the text, headers, footers and notes, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fazheng.casework.forms.text import Filling, fill_runs, holes
from fazheng.casework.forms.xml import parsed, written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


class Words:
    """A text document."""

    def holes(self, parts: Mapping[str, bytes]) -> Iterator[str]:
        """What stands in its holes."""
        for name in parts:
            if _PARTS.fullmatch(name):
                for runs in _paragraphs(parsed(parts[name])):
                    yield from holes("".join(run.text or "" for run in runs))

    def fill(self, parts: dict[str, bytes], fillings: Mapping[str, Filling]) -> int:
        """Fills them in place; how many. A part without holes keeps its bytes."""
        filled = 0
        for name, data in list(parts.items()):
            if _PARTS.fullmatch(name):
                root = parsed(data)
                done = sum(fill_runs(runs, fillings) for runs in _paragraphs(root))
                if done:
                    parts[name] = written(root)
                filled += done
        return filled


def _paragraphs(root: Any) -> Iterator[list[Any]]:
    """The text elements of each paragraph; those of a text box within it belong to its own paragraphs."""
    for space in (_W, _STRICT):
        for paragraph in root.iter(f"{space}p"):
            yield [text for text in paragraph.iter(f"{space}t") if _own(text, f"{space}p") is paragraph]


def _own(element: Any, tag: str) -> Any:
    return next(above for above in element.iterancestors() if above.tag == tag)
