"""A statute in words: what it is on a day, what to know before citing it, a version in one line."""

from __future__ import annotations

from datetime import date

from fazheng.lawbook.catalogue import Found, Status, status_on
from fazheng.lawbook.statute import Statute, Version

KINDS = {
    "law": "法律",
    "regulation": "行政法规",
    "rule": "部门规章",
    "document": "规范性文件",
    "party": "党内法规和文件",
    "interpretation": "司法解释",
    "standard": "标准",
}
CHANGES = {"enacted": "制定", "revised": "修订", "amended": "修正", "": ""}
DOUBT = "（待核）"


def said(status: Status, statute: Statute) -> str:
    """What the statute is on that day, in a few words; 待核 where it rests on what nobody has read."""
    doubt = "" if status.certain else DOUBT
    if status.state == "in_force":
        return f"施行中{doubt}"
    if status.state == "passed":
        return f"已通过，{status.changed}起施行{doubt}" if status.changed else f"尚未施行{doubt}"
    if status.state == "not_passed":
        return f"还没有{doubt}"
    if status.state == "repealed":
        return f"{how_ended(statute)}（{status.ended}为最后一天）{doubt}"
    return f"{statute.status.removesuffix(DOUBT) if statute.ended else '日期没有核对'}{DOUBT}"


def how_ended(statute: Statute) -> str:
    """Whether it ran out by itself or was repealed."""
    return "期满" if statute.status == "期满" else "已废止"


def headed(found: Found, name: str, statute: Statute, asked: date) -> list[str]:
    """What a reader must know first: a wrong name, a repeal, a version to come, what is doubtful. Mostly empty."""
    out = [f"“{name.strip('《》')}”是误称，应为《{statute.name}》"] if found.wrong else []
    status = status_on(statute, asked)
    if status.state != "in_force":
        by = f"，由{'、'.join(f'《{short}》' for short in statute.replaced_by)}取代" if statute.replaced_by else ""
        out.append(f"注意：{asked}，《{statute.name}》{said(status, statute)}{by}")
    elif status.changed:
        out.append(f"注意：{status.changed}起施行新的版本")
    return [*out, *([f"注意：{statute.note}"] if statute.note else [])]


def versioned(version: Version) -> str:
    """A version in one line: from when, passed when, its number."""
    passed = f"{version.passed}" if version.passed else ""
    made = "，".join(filter(None, [f"{passed}{CHANGES[version.change]}", version.number]))
    return f"{version.from_}起施行{'' if version.checked else DOUBT}{f'（{made}）' if made else ''}"
