"""The words of a PDF as pdftotext gives them back, without head and foot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest


def squeezed(text: str) -> str:
    """Without white space: where a line ends is no word."""
    return re.sub(r"\s+", "", text)


def words_of(path: Path, header: str) -> str:
    """The text of all pages in order, squeezed; the header and the page's number are taken off each page."""
    found = []
    for n, page in enumerate(_pages(path), 1):
        text = squeezed(page)
        assert text.startswith(squeezed(header))
        assert text.endswith(f"—{n}—")
        found.append(text.removeprefix(squeezed(header)).removesuffix(f"—{n}—"))
    return "".join(found)


def _pages(path: Path) -> list[str]:
    with pdfplumber.open(path) as file:
        count = len(file.pages)
    program = shutil.which("pdftotext")
    if not program:
        if os.environ.get("CI"):
            pytest.fail("CI has every optional part, and finds no pdftotext: apt-get install poppler-utils")
        pytest.skip("no pdftotext here: apt-get install poppler-utils")
    done = subprocess.run([program, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:count]
