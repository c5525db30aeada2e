"""Where an uploaded workbook lies until it is in the book or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook import UnusableWorkbook
from fazheng.web.serving import UPLOADS

NAME = "表格"  # what an uploaded file is called: its own name may name a person


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job works: no request outlives its page."""

    home: Path
    bureau: Bureau
    today: Callable[[], date]

    def folder(self, key: str) -> Path:
        return self.home / UPLOADS / key

    def file(self, key: str) -> Path:
        """The workbook. Raises UnusableWorkbook where it is gone."""
        found = next(iter(sorted(self.folder(key).glob(f"{NAME}.*"))), None)
        if found is None:
            raise UnusableWorkbook("上传的表格已经不在了，请再传一次")
        return found
