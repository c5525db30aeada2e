"""What is said to who had to wait too long for an import of somebody else: a workbook goes in whole, in one go."""

from __future__ import annotations

from fazheng.web.importing_jobs import CHECKING, PROCESS, UNDOING, WORKING
from fazheng.web.models import ImportJob

_DOING = {CHECKING: "检查", UNDOING: "撤销"}


def under_way() -> str:
    """A sentence about the import that this server is at, the longest where there are several; "" where it is at none.

    One statement.
    """
    job = ImportJob.objects.filter(state__in=WORKING, process=PROCESS).order_by("-total").first()
    if job is None:
        return ""
    rows = f"（{job.done} / {job.total} 行）" if job.total else ""
    doing = _DOING.get(job.state, "导入")
    return f"有人正在{doing}一张大表{rows}，完了别人才能记入：您的这一次没有写入。"
