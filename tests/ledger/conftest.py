from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.judges import Judge


@pytest.fixture
def judge_of() -> Callable[[Path], Judge]:
    """Both verifiers on the book of a home."""
    return Judge


@pytest.fixture
def judge(database: str, request: pytest.FixtureRequest) -> Judge:
    """Both verifiers on the open book, on each database in turn; the stand-alone one reads only SQLite files."""
    return Judge(request.getfixturevalue("home") if database == "sqlite" else None)
