from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_ORDER = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}?(?:人民)?政府)(?:、|，|和|并|及|暨)([\u4e00-\u9fff]{0,6}?(?:区|县|市|旗|州|省|盟)委(?!员会办|办))"
)


@rule(
    title="主送机关的次序",
    kinds="addressee_order",
    severity="info",
    why="同级党委在前、政府在后，是公文写作的固定次序。",
    source="党政机关公文处理工作条例：主送机关按规范化简称或者统称写",
    example="“县政府、县委：”应为“县委、县政府：”。",
)
def addressee_order(report: Report) -> Iterator[Hit]:
    """主送机关把政府写在同级党委前面。"""
    addressee = report.header.addressee
    if addressee is None:
        return
    found = _ORDER.search(report.plain, addressee.start, addressee.end)
    if found:
        yield Hit("主送机关先写党委、后写政府", *found.span())
