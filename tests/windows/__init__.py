"""What differs on Windows, for tests that run there too."""

import sys

import pytest

OWNER_ALONE = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows' file modes have no owner alone: docs/install.md says where a home belongs"
)
PIPES = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
