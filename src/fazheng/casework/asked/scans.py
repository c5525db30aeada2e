"""代录 of a section's sheet: the scan of what another signed, attached to the sheet of that section and period."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fazheng.casework.act import Act
from fazheng.casework.asked.reading import Filled
from fazheng.casework.attaching import attach, attachments
from fazheng.casework.bureaux import Bureau
from fazheng.casework.on_paper import sheet_of
from fazheng.ledger.attachments import AttachmentFault
from fazheng.procedure.surroundings import Refusal

SCAN_NAME = "签字的核对表扫描件"  # what a scan is called: its own name may name a person


def scan_attached(bureau: Bureau, filled: Filled, scan: Path, by: Act) -> tuple[tuple[Refusal, ...], str]:
    """Refusals, or the digest of the scan, which is attached to the sheet once, however often the sheet comes back.

    `by` attaches it. Raises AttachmentFault, PrivateUnreadable.
    """
    sheet = sheet_of(filled.section, filled.period[0].isoformat(), filled.period[1].isoformat())
    digest = _digest(scan)
    if any(one["digest"] == digest and not one["erased"] for one in attachments(bureau.code, sheet)):
        return (), digest
    refused, taken, _ = attach(bureau, sheet, scan, by, name=SCAN_NAME)
    return refused, taken.digest if taken else ""


def _digest(scan: Path) -> str:
    try:
        with scan.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as fault:
        raise AttachmentFault(f"扫描件读不出来：{fault.strerror}。请核对路径和权限") from fault
