"""What of another system's sheet is not read: columns that nobody named, sheets beside the one that is."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.casework.workbook.cells import plain_head
from fazheng.casework.workbook.mapped import Mapped

DOUBLED = "请核对；号码每年、每月从头数的，请重新对列，在“编号再加一列”里选日期"


def passed_over(mapped: Mapped) -> Iterator[str]:
    """A sentence for each column and each sheet that is left out and that somebody may have meant."""
    heads = [plain_head(head) for head in mapped.sheet.heads]
    file = mapped.map.file
    for head in dict.fromkeys(mapped.unknown):
        if heads.count(plain_head(head)) > 1:
            yield f"有{heads.count(plain_head(head))}列都叫“{head}”，只看前一列：后面的也要读的，请改成不同的列名"
        elif file:
            yield f"“{head}”这一列对应文件里没有写，没有读：要读就写明到哪一栏，不读就写进 passed_over"
        else:
            yield f"“{head}”这一列没有对过，没有读：要读的，请重新对列"
    if mapped.sheet.alike:
        names = "”“".join(mapped.sheet.alike)
        yield f"只读了“{mapped.sheet.sheet}”表；列名相同的“{names}”表没有读，请另存成单独的文件，再各传一次"
