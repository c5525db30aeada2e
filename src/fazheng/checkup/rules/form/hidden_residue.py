from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_SAID = {"comment": "批注", "inserted": "未接受的插入修订", "deleted": "未接受的删除修订", "hidden": "隐藏文字"}


@rule(
    title="批注、修订和隐藏文字没有清除",
    kinds="leftover_markup",
    severity="warning",
    why="审稿意见、删掉的话和隐藏的字，别人点开文件就能看见。",
    source="党政机关公文处理工作条例：公文应当经审核定稿",
    example="文件里还留着“这个数再核一下”的批注。",
)
def hidden_residue(report: Report) -> Iterator[Hit]:
    """文件里还留着批注、修订痕迹或者隐藏文字。每种说一次。"""
    for kind, name in _SAID.items():
        notes = [note for note in report.document.notes if note.kind == kind and note.text.strip()]
        if not notes:
            continue
        at = notes[0].at
        said = f"文件里有{name}{len(notes)}处，公开以前应当清除"
        if at is None or at >= len(report.text):
            yield Hit(said)
        else:
            yield Hit(said, at, at + 1)
