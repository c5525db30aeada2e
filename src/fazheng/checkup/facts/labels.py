"""What a figure counts, in the text's own words."""

from __future__ import annotations

import re

_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是|其中|全年|全[县区市旗州盟省师团乡镇]|截至[^，]*|到目前为止|目前|今年|去年|本年度?|\d{4}年(?:度|末|底)?|年[末底]|我[局市县区]|同时"
    r"|另外?|已|共计?|累计|合计|总计|现有|有"
    r"|收到|受理|办理|办结|完成|开展|组织|召开|举办|发放|印发|制定"
    r"|新增|新建|建成|建立|配备|指定|做到|实现|达到?|约|近|超过?|[ ]|\d+月)+"
)
_TAIL = re.compile(r"(?:为|是|达到?|共计?|有|约|近|已|超过?|分别为?|均为?|由|从|至|到|了)+$")
_AFTER = re.compile(r"[\u4e00-\u9fff“”]{0,12}")
LONGEST = 20


def label(plain: str, start: int, end: int, clause: int) -> str:
    """The words before a figure in its clause (begun at `clause`), and the noun after it; twenty at most."""
    before = _TAIL.sub("", plain[max(clause, start - 40) : start])
    verbs = _LEAD.match(before)
    bare = before[verbs.end() :] if verbs else before
    after = _AFTER.match(plain, end)
    noun = after[0] if after and (not bare or len(bare) < 3) else ""
    return (
        "".join(((bare or before) + noun).split())[-LONGEST:] if not noun else "".join((bare + noun).split())[:LONGEST]
    )
