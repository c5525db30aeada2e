"""The first look at an archive: the faults the naive checker finds, with positions; no word that only looks doubled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.checkup import PEER_NAMES
from benchmarks.peers.w4_data import LAWS, corpus
from benchmarks.peers.w4_naive import naive
from fazheng.checkup.quick import known_names, quick
from fazheng.checkup.style import style
from fazheng.cli.main import run


def marked(text: str) -> list[tuple[str, str]]:
    return [(look.kind, text[look.start : look.end]) for look in quick(text, known_names(), style())]


def test_it_finds_what_the_naive_checker_finds() -> None:
    documents, planted = corpus(20)
    known = frozenset(LAWS)
    found = Counter(PEER_NAMES[look.kind] for one in documents for look in quick(one, known, style()))
    assert dict(found) == naive(documents) == {name: planted[name] for name in ("law", "dup", "date", "sum")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("按照规定的的程序办理。", [("duplicated_word", "的的")]),
        ("于2031年2月30日印发。", [("odd_date", "2031年2月30日")]),
        ("其中甲3件、乙4件，共计8件。", [("sum_unclear", "其中甲3件、乙4件，共计8件")]),
        ("依据《示例县没有的办法》。", [("unknown_name", "《示例县没有的办法》")]),
        ("检查的目的的确明确，是是非非一目了然。", []),
        ("2032年2月29日，其中甲3件、乙4件，共计7件。", []),
        ("31年2月30日", []),
        ("", []),
    ],
)
def test_a_fault_is_marked_where_it_stands(text: str, wanted: list[tuple[str, str]]) -> None:
    assert marked(text) == wanted


def test_the_names_of_the_catalogue_are_known_with_and_without_the_states() -> None:
    assert {"慈善法", "中华人民共和国慈善法"} <= known_names()


def test_the_command_tells_counts_and_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("第一行\n按照规定的的程序。\n", "utf-8")
    (tmp_path / "b.txt").write_text("依据《示例县没有的办法》。\n", "utf-8")
    (tmp_path / "c.txt").write_text("", "utf-8")
    assert run(["checkup", "--quick", str(tmp_path / "a.txt")]) == 1
    assert "第2行第5字：字重复　的的" in capsys.readouterr().out
    assert run(["checkup", "--quick", str(tmp_path / "b.txt")]) == 0
    assert "目录里没有这个名称 1" in capsys.readouterr().out
    assert run(["checkup", "--quick", str(tmp_path / "c.txt"), str(tmp_path / "a.txt")]) == 2
