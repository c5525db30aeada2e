"""The speed of papers: `make bench-papers` or `python -m benchmarks.papers`. Under a minute; prints figures.

The report of W8: a title, 8 chapters, 96 paragraphs, 10 tables of 13 rows and 6 columns. Each figure is the best of a
few runs. A peer that is not installed is named and left out. What every writer made is read back before it counts.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as python_docx

from benchmarks.checkup import best, say
from benchmarks.peers import w8_peers as peers
from fazheng.documents import Facts, Heading, Paper, Paragraph, Run, Table, docx, pdf

_COLD = """
import time
from benchmarks import papers
made = papers.paper(papers.peers.content())
begun = time.perf_counter()
papers.pdf(made)
print(time.perf_counter() - begun)
"""


def paper(content: dict[str, Any]) -> Paper:
    """The same report as a paper of ours."""
    body: list[Heading | Paragraph | Table] = []
    for chapter in content["chapters"]:
        body += [Heading(1, chapter["title"]), *(Paragraph((Run(text),)) for text in chapter["paras"])]
    for table in content["tables"]:
        body.append(Table(tuple(table["head"]), tuple(map(tuple, table["rows"])), table["title"]))
    return Paper("某县民政局", content["title"], tuple(body), Facts(date="2026年1月20日"))


def wanted(content: dict[str, Any]) -> list[str]:
    """Every paragraph and every cell."""
    paragraphs = [text for chapter in content["chapters"] for text in chapter["paras"]]
    return paragraphs + [cell for table in content["tables"] for row in table["rows"] for cell in row]


def check_docx(made: bytes, content: dict[str, Any]) -> None:
    document = python_docx.Document(io.BytesIO(made))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    found = {paragraph.text for paragraph in document.paragraphs} | cells
    assert [text for text in wanted(content) if text not in found] == []


def check_pdf(made: bytes, content: dict[str, Any]) -> None:
    """A paragraph that a page's end parts is not found whole; there are few of them."""
    if not shutil.which("pdftotext"):
        return
    done = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True)
    text = "".join(done.stdout.decode().split())
    assert sum(one not in text for one in wanted(content)) <= 40


def beside(name: str, ours: float, work: Callable[[], bytes], check: Callable[[bytes], None], runs: int) -> None:
    """The peer's figure and how many times ours it is."""
    try:
        seconds, made = best(work, runs)
    except (ImportError, OSError, subprocess.CalledProcessError) as fault:
        say(f"  {name}", f"not here ({type(fault).__name__})")
        return
    check(made)
    say(f"  {name}", f"{seconds * 1e3:8.1f} ms  {seconds / ours:6.1f} x ours")


def word(content: dict[str, Any], folder: Path) -> None:
    others = iter([paper(peers.content(seed)) for seed in range(2, 22)])
    ours, _ = best(lambda: docx(next(others)), 20)
    check_docx(docx(paper(content)), content)
    say("docx, fazheng (goal 60 ms)", f"{ours * 1e3:8.1f} ms")
    beside(
        "docx, python-docx by cells", ours, lambda: peers.by_python_docx(content), lambda b: check_docx(b, content), 3
    )
    peers.template(folder / "template.docx")
    tpl = lambda: peers.by_docxtpl(folder / "template.docx", content)  # noqa: E731
    beside("docx, docxtpl", ours, tpl, lambda b: check_docx(b, content), 5)


def printed(content: dict[str, Any], folder: Path) -> None:
    runs = [subprocess.run([sys.executable, "-c", _COLD], capture_output=True, check=True, text=True) for _ in range(5)]
    cold = min(float(done.stdout) for done in runs)
    say("pdf, fazheng, first of a process, fonts loaded in it (goal 350 ms)", f"{cold * 1e3:8.1f} ms")
    others = iter([paper(peers.content(seed)) for seed in range(2, 12)])
    kept, _ = best(lambda: pdf(next(others)), 10)
    say("pdf, fazheng, another report with the compiler kept", f"{kept * 1e3:8.1f} ms")
    check_pdf(pdf(paper(content)), content)
    path = folder / "report.docx"
    path.write_bytes(peers.by_python_docx(content))
    office = lambda: peers.by_libreoffice(path, folder)  # noqa: E731
    beside("pdf, LibreOffice from .docx", cold, office, lambda b: check_pdf(b, content), 3)
    beside("pdf, weasyprint", cold, lambda: peers.by_weasyprint(content), lambda b: check_pdf(b, content), 3)


def main() -> None:
    content = peers.content()
    with tempfile.TemporaryDirectory() as folder:
        word(content, Path(folder))
        printed(content, Path(folder))


if __name__ == "__main__":
    main()
