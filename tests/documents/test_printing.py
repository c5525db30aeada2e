"""The PDF: its words, its fonts, its record, and what stops it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pdfplumber
import pylopdf_fonts_zh_cn
import pytest

from fazheng.documents import Facts, FontFault, Paper, Paragraph, PrintFault, Run, found_fonts, lines, pdf
from fazheng.documents.grid import LEFT, RIGHT, SIGN
from fazheng.documents.laying import header
from tests.documents.measured import MM, pages
from tests.documents.sample import paper
from tests.documents.words import squeezed, words_of


def test_every_word_can_be_taken_out_again_in_order(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(paper()))
    head = "乡镇受理按期率"  # a table that goes on overleaf says its head again
    found = words_of(path, header(paper()))
    assert found.count(head) == 2
    assert "".join(found.rsplit(head, 1)) == squeezed("".join(lines(paper())))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert pdf(paper()) == pdf(paper())


def test_the_file_has_its_title_and_says_which_fonts_are_in_it(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(paper()))
    with pdfplumber.open(path) as file:
        told = file.metadata
        there = {sign["fontname"].split("+")[-1] for page in file.pages for sign in page.chars}
    assert told["Title"] == paper().title
    assert "仿宋_GB2312用Noto Serif SC代替" in told["Subject"]
    assert not told.get("Author")
    assert {name.split("-")[0] for name in there} == {"NotoSerifSC", "NotoSansSC"}
    assert b"<pdfaid:part>2</pdfaid:part>" in path.read_bytes()


def test_the_bureau_s_own_folder_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "fonts"
    own.mkdir()
    shutil.copy(pylopdf_fonts_zh_cn.sans_path(), own / "own.otf")
    found = found_fonts(own)
    assert any(Path(str(font.path)).parent == own for font in found.loaded.fonts())
    assert found.stand_ins["黑体"] == "Noto Sans SC"


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FontFault, match="没有字体文件夹"):
        pdf(paper(), tmp_path / "none")


def test_a_sign_that_no_font_holds_stops_the_paper() -> None:
    odd = Paper("示例县民政局", "报告", (Paragraph((Run("某字\U0001f600不在字体里"),)),), Facts())
    with pytest.raises(PrintFault, match="字体里没有"):
        pdf(odd)
    assert pdf(paper())  # the kept compiler goes on


def test_what_looks_like_typst_is_text(tmp_path: Path) -> None:
    text = '#set page(width: 1mm) *粗* $x$ "引" @某 <标> \\u{41} #sys.inputs // 注 /* 注 */ `码` 甲~乙--丙'
    path = tmp_path / "odd.pdf"
    path.write_bytes(pdf(Paper("示例县民政局", text, (Paragraph((Run(text),)),), Facts())))
    assert words_of(path, "").count(squeezed(text)) == 2


def test_no_line_begins_with_a_closing_sign_and_no_number_leaves_its_unit(tmp_path: Path) -> None:
    body = tuple(
        Paragraph((Run("甲" * n + "，受理1234件，办结12个，确认56人；合格100.0%（7/7）；" * 3),)) for n in range(1, 29)
    )
    path = tmp_path / "numbers.pdf"
    path.write_bytes(pdf(Paper("示例县民政局", "报告", body, Facts())))
    found = [line for page in pages(path) for line in page]
    assert [line.text for line in found if line.text[0] in "，。；：、）%件个人"] == []
    ink = [line.right - (SIGN / 2 if line.text[-1] in "，。；：、）" else 0) for line in found]
    assert max(ink) < 210 - RIGHT + 0.2
    assert min(line.left for line in found if line.text[0] not in "（〔") > LEFT - 0.2


def test_page_numbers_stand_outside_seven_millimetres_below_the_block(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(paper()))
    with pdfplumber.open(path) as file:
        for n, page in enumerate(file.pages, 1):
            foot = sorted((s for s in page.chars if s["top"] * MM > 262 and s["text"].strip()), key=lambda s: s["x0"])
            assert "".join(s["text"] for s in foot) == f"—{n}—"
            edge = 210 - RIGHT - foot[-1]["x1"] * MM if n % 2 else foot[0]["x0"] * MM - LEFT
            assert edge == pytest.approx(156 / 28, abs=0.5)
            dash = (page.height - foot[0]["matrix"][5]) * MM - 0.34 * 14 * MM  # it hangs a third of an em over the base
            assert dash == pytest.approx(262 + 7, abs=0.7)


@pytest.mark.parametrize(
    ("draft", "example", "said"), [(True, True, "草稿　示例"), (False, True, "示例"), (True, False, "草稿")]
)
def test_draft_and_example_are_said_on_every_page(draft: bool, example: bool, said: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(paper(draft=draft, example=example)))
    with pdfplumber.open(path) as file:
        assert all(squeezed(page.extract_text()).startswith(squeezed(said)) for page in file.pages)


def test_the_imprint_stands_at_the_foot_of_the_last_page_with_three_rules(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(paper()))
    with pdfplumber.open(path) as file:
        rules = sorted(file.pages[-1].lines, key=lambda one: one["top"])[-3:]
    assert [round((one["x1"] - one["x0"]) * MM) for one in rules] == [156, 156, 156]
    assert [round(one["linewidth"] * MM, 2) for one in rules] == [0.35, 0.25, 0.35]
    assert rules[-1]["bottom"] * MM == pytest.approx(262, abs=0.5)
