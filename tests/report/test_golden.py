"""The report of a small county, word for word.

After a change that is meant: FAZHENG_GOLDEN=1 .venv/bin/python -m pytest tests/report/test_golden.py
writes the file anew; read its diff like any other.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.report.small_book import fill, page, text

GOLDEN = Path(__file__).parent / "golden" / "report.txt"


def test_the_report_of_the_small_county_reads_as_agreed(home: Path) -> None:
    bureau = fill(home)
    found = "\n".join(f"===== {year} =====\n{masked(text(page(bureau, year)))}" for year in (2024, 2025))
    if os.environ.get("FAZHENG_GOLDEN"):
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8"), "the report reads otherwise; if that is meant, see the top of this file"


def masked(found: str) -> str:
    """The text without what depends on the day of the run and on salts: when it was entered, and the digest."""
    found = re.sub(r"\d{4}-\d{2}-\d{2}(?:批量导入)?录入，在发生\d+(?:至\d+)?(?:日|年多)以后", "【录入】", found)
    return re.sub(r"\b[0-9a-f]{64}\b", "【摘要】", found)
