"""22 lines of 28 signs in a block of 156 × 225 mm, measured on what is printed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from fazheng.documents import Facts, Paper, Paragraph, Run, docx, pdf
from fazheng.documents.facts import BLANK
from fazheng.documents.grid import BOTTOM, HEIGHT, LEFT, LINES, RIGHT, SIGNS, TOP, WIDTH
from tests.documents.measured import Line, pages
from tests.documents.office import converted

TEXT = (
    "为进一步规范我县社会组织登记管理工作切实维护社会组织及其成员合法权益根据国务院社"
    "会团体登记管理条例有关规定结合本县实际现就有关事项通知如下请各单位遵照执行"
)
NOTHING = Facts(addressees=(), date="", publicity="", printer="")
PITCH = HEIGHT / LINES


def probe() -> Paper:
    """Nothing but Hanzi, three pages of them."""
    return Paper("示例县民政局", "示例", (Paragraph((Run(TEXT * 25),)),), NOTHING)


def printed(paper: Paper, route: str, folder: Path) -> list[list[Line]]:
    """The paper as PDF by Typst, or as .docx that LibreOffice prints."""
    if route == "typst":
        path = folder / "paper.pdf"
        path.write_bytes(pdf(paper))
        return pages(path)
    path = folder / "paper.docx"
    path.write_bytes(docx(paper))
    return pages(converted(path, "pdf", folder / "printed"))


@pytest.mark.parametrize("route", ["typst", "office"])
def test_a_page_of_hanzi_has_22_lines_of_28_signs(route: str, tmp_path: Path) -> None:
    page = printed(probe(), route, tmp_path)[1]
    assert [len(line.text) for line in page] == [SIGNS] * LINES
    steps = [lower.base - upper.base for upper, lower in pairwise(page)]
    assert steps == pytest.approx([PITCH] * (LINES - 1), abs=0.15)
    assert page[-1].base - page[0].base == pytest.approx(
        PITCH * (LINES - 1), abs=0.4
    )  # Word counts in twips: 579 of 579.8
    for line in page:
        between = [after - before for before, after in pairwise(line.signs)]
        assert between == pytest.approx([WIDTH / SIGNS] * (SIGNS - 1), abs=0.06)


@pytest.mark.parametrize("route", ["typst", "office"])
def test_the_block_keeps_its_margins(route: str, tmp_path: Path) -> None:
    page = printed(probe(), route, tmp_path)[1]
    assert {round(line.left) for line in page} == {LEFT}
    assert max(line.right for line in page) == pytest.approx(210 - RIGHT, abs=0.6)
    sign = 16 * 25.4 / 72
    assert TOP < page[0].base - 0.8 * sign < TOP + PITCH - 0.8 * sign
    assert page[-1].base + 0.2 * sign <= 297 - BOTTOM


@pytest.mark.parametrize("route", ["typst", "office"])
def test_a_first_line_begins_two_signs_in(route: str, tmp_path: Path) -> None:
    first = printed(probe(), route, tmp_path)[0][1]
    assert first.left == pytest.approx(LEFT + 2 * WIDTH / SIGNS, abs=0.3)
    assert len(first.text) == SIGNS - 2


@pytest.mark.parametrize("route", ["typst", "office"])
def test_the_date_ends_four_signs_from_the_edge_and_the_name_stands_over_its_middle(route: str, tmp_path: Path) -> None:
    paper = Paper("示例县民政局", "示例", (Paragraph((Run(TEXT),)),), Facts(date="2025年1月20日"))
    lines = printed(paper, route, tmp_path)[-1]
    date = next(line for line in lines if line.text == "2025年1月20日")
    name = lines[lines.index(date) - 1]
    assert name.text == "示例县民政局"
    assert date.right == pytest.approx(210 - RIGHT - 4 * WIDTH / SIGNS, abs=0.8)
    apart = 2 if route == "typst" else 4  # LibreOffice puts air between a digit and a Hanzi, whatever the style says
    assert (name.left + name.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=apart)
    assert lines[-1].text == f"（公开方式：{BLANK}）"
