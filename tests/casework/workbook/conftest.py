"""The bureau of the workbook tests: its book is fresh and empty."""

from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau


@pytest.fixture
def bureau(home: Path) -> Bureau:
    """示例县民政局 in the open home, under the rules of 示例县."""
    return open_bureau("示例县民政局", "999001")
