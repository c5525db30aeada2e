"""A bureau of the example county, where the place's rules and platform are in force."""

from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from tests.casework.desk import bureau_at_work


@pytest.fixture
def desk(home: Path) -> Bureau:
    """示例县民政局 with its staff, under the rules of 示例县."""
    return bureau_at_work(place="示例县")
