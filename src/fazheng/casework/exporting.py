"""What left the book: each export is an entry that says to whom, how much, and the digest of what was handed over."""

from __future__ import annotations

from collections.abc import Mapping

from fazheng.casework.writing import Act, Writing
from fazheng.procedure.refusals import own, unknown
from fazheng.procedure.surroundings import Refusal

EXPORTS = "exports"
EXPORTED = "exported"


def record_export(
    act: Writing, by: Act, *, form: str, to: str, said: str, whole: bool, reason: str, counts: Mapping[str, int],
    digests: Mapping[str, str],
) -> tuple[Refusal, ...]:  # fmt: skip
    """Records that an export was made; refused for somebody nobody knows, or whole without a reason."""
    found = exportable(act, by, to=to, whole=whole, reason=reason)
    if not found:
        told = {"format": form, "to": act.apart.hold(to), "selection": said, "whole": whole, "counts": dict(counts),
                "digests": dict(sorted(digests.items()))}  # fmt: skip
        act.record(EXPORTS, EXPORTED, by, told | ({"reason": act.apart.hold(reason)} if reason else {}))
    return found


def exportable(act: Writing, by: Act, *, to: str, whole: bool, reason: str) -> tuple[Refusal, ...]:
    """Why this export may not be made; empty where it may."""
    found = unknown(act.roster, by.by)
    if not to.strip():
        found.append(own("field", "没有写交给谁", "请写收件单位", hard=True))
    if whole and not reason.strip():
        found.append(own("field", "不遮盖的导出要写明理由", "请写理由，或者改为遮盖的导出", hard=True))
    return tuple(found)
