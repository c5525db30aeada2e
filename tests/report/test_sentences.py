"""Holes are filled by figures alone; a number that no hole made is marked, one within a name is not."""

import pytest

from fazheng.figures import FigureValue
from fazheng.report.composed import Piece
from fazheng.report.sentences import Told, filled, holes, uncounted, written

VALUES = {"toy.opened": FigureValue("toy.opened", "开案数", "件", 12, "")}
WORDS = {"year": "2024", "next_year": "2025", "bureau": "示例局"}
TOLD = Told(VALUES, WORDS)


def marks(text: str) -> list[str]:
    return [piece.text for paragraph in written(text, TOLD) for piece in paragraph if piece.marked]


def test_a_hole_of_a_figure_becomes_its_number_and_keeps_its_name() -> None:
    told = filled("  开案{{ toy.opened }}件，\n  {{year}}年。 ", TOLD)
    assert told == (
        Piece("开案"), Piece("12", figure="toy.opened", source="toy.opened"),
        Piece("件，"), Piece("2024"), Piece("年。"),
    )  # fmt: skip


def test_no_text_gives_no_sentence() -> None:
    assert filled(" \n ", TOLD) == ()
    assert written("\n\n", TOLD) == ()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("处理30件，罚款1,234.50元，占3.5%。", ["30", "1,234.50", "3.5%"]),
        ("12345热线收到{{ toy.opened }}件", []),
        ("112345件、123456件", ["112345", "123456"]),
        ("依《示例办法（2019修订）》办理", []),
        ("印发示民发〔2024〕3号", []),
        ("印发示民发〔2024〕3号，共3份", ["3"]),
        ("全角５件", ["５"]),
        ("{{ year }}年没有数", []),
        ("2024年", ["2024"]),
        ("自1月2日起", ["1", "2"]),
    ],
)
def test_a_number_nobody_counted_is_marked_unless_it_belongs_to_a_name(text: str, marked: list[str]) -> None:
    assert marks(text) == marked


def test_an_unknown_hole_in_a_persons_text_stays_and_is_marked() -> None:
    assert marks("收到{{ toy.none }}件") == ["{{ toy.none }}"]


def test_marking_changes_no_letter_of_a_persons_text() -> None:
    text = "甲《2019》3件，〔2024〕5号 6.7%，12345"
    assert "".join(piece.text for piece in written(text, TOLD)[0]) == text


def test_each_line_of_a_persons_text_is_a_paragraph() -> None:
    assert len(written("一\n\n二\n", TOLD)) == 2


def test_holes_and_uncounted_numbers_are_told_of_a_law_files_sentence() -> None:
    assert holes("{{ a.b }}件{{year}}") == ["a.b", "year"]
    assert uncounted("12345热线{{ a.b }}件，5个工作日") == ["5"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("作出{{ toy.opened }}件；备案{{ toy.filed }}件，占（{{ toy.filed }}/{{ toy.opened }}）。", "作出12件。"),
        ("备案{{ toy.filed }}件，作出{{ toy.opened }}件。", "作出12件。"),
        (
            "作出{{ toy.opened }}件（备案{{ toy.filed }}件，归档{{ toy.opened }}件）。",
            "作出12件（备案无数据件，归档12件）。",
        ),
        ("备案{{ toy.filed }}件。", "备案无数据件。"),
    ],
)  # fmt: skip
def test_a_clause_whose_number_nobody_knows_is_left_out_beside_one_that_is_known(text: str, told: str) -> None:
    values = VALUES | {"toy.filed": FigureValue("toy.filed", "备案数", "件", None, "", note="无数据")}
    assert "".join(piece.text for piece in filled(text, Told(values, WORDS))) == told
