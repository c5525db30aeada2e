"""The verifier that anyone can mail: it needs nothing, writes nothing, and says what `verify` says."""

import ast
import json
import shutil
import sqlite3
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection

from fazheng.ledger import standalone_verifier
from fazheng.ledger.chain import COLUMNS
from fazheng.ledger.storage import BOOK, close_home
from tests.ledger.books import (
    BUREAU,
    OTHER,
    book_of_six,
    draft,
    head_of,
    lines_of,
    recompute_after,
    spoil,
    write,
)
from tests.ledger.judges import SCRIPT, stand_alone_as_a_program


def said(*arguments: str | Path) -> tuple[int, dict[str, object]]:
    done = stand_alone_as_a_program(*arguments, "--format", "json")
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def test_it_is_at_most_200_lines_and_imports_nothing_but_the_standard_library() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 200
    tree = ast.parse(source, feature_version=(3, 8))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


def test_a_copy_in_another_folder_verifies_a_book_and_says_so_in_chinese(home: Path, tmp_path: Path) -> None:
    book = book_of_six()
    copy = Path(shutil.copy(SCRIPT, tmp_path / "核验.py"))
    done = stand_alone_as_a_program(home / BOOK, script=copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"核验通过：共 6 条，逐条重算摘要无误。末条摘要 {book[-1].digest}\n"


def test_it_answers_a_program_in_json(home: Path) -> None:
    book = book_of_six()
    assert said(home / BOOK) == (0, {"ok": True, "entries": 6, "head": book[-1].digest, "first_broken": None})
    recompute_after(book[2])
    spoil("UPDATE ledger_entry SET data = '{}' WHERE seq = 4")
    assert said(home / BOOK, "--bureau", BUREAU)[0] == 1
    assert said(home / BOOK)[1]["first_broken"] == 4


def test_a_head_kept_aside_finds_a_chain_computed_anew(home: Path) -> None:
    book = book_of_six()
    seq, digest = head_of(book[3])
    assert said(home / BOOK, "--expect", f"{seq}:{digest.upper()}")[0] == 0
    assert said(home / BOOK, "--expect", f"{seq}:{book[2].digest}") == (
        1,
        {"ok": False, "entries": 6, "head": book[-1].digest, "first_broken": 4},
    )


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "with a -wal file beside it"])
def test_it_writes_nothing_neither_in_the_book_nor_beside_it(home: Path, closed: bool) -> None:
    book_of_six()
    if closed:
        close_home()
    before = {file.name: sha256(file.read_bytes()).hexdigest() for file in home.iterdir()}
    assert (f"{BOOK}-wal" in before) is not closed
    for _ in range(2):
        assert said(home / BOOK)[1]["entries"] == 6
    assert {file.name: sha256(file.read_bytes()).hexdigest() for file in home.iterdir()} == before


def test_a_book_cut_off_from_its_processes_with_only_the_wal_file_left_is_read(home: Path, tmp_path: Path) -> None:
    book_of_six()
    carried = tmp_path / "优盘 #1"
    carried.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(home / (BOOK + end), carried / (BOOK + end))
    assert said(carried / BOOK)[1]["entries"] == 6
    assert sorted(file.name for file in carried.iterdir()) == [BOOK, BOOK + "-wal"]


def test_a_book_that_is_being_written_is_read_as_it_stood(home: Path) -> None:
    book_of_six()
    with sqlite3.connect(home / BOOK, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert said(home / BOOK)[0] == 0
        other.execute("ROLLBACK")
    other.close()


def test_a_book_whose_pages_move_meanwhile_is_asked_for_again(home: Path) -> None:
    book_of_six()
    with pytest.raises(standalone_verifier.Unreadable, match="再运行一次"), standalone_verifier.opened(home / BOOK):
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_several_bureaux_are_told_one_by_one(home: Path) -> None:
    book_of_six()
    write([draft(1, bureau=OTHER)])
    spoil("UPDATE ledger_entry SET data = '{}' WHERE bureau = %s", [OTHER])
    done = stand_alone_as_a_program(home / BOOK)
    assert done.returncode == 1
    assert [line.split("：")[:2] for line in done.stdout.splitlines()] == [[BUREAU, "核验通过"], [OTHER, "核验不通过"]]
    lines = stand_alone_as_a_program(home / BOOK, "--format", "json").stdout.splitlines()
    assert [(json.loads(line)["bureau"], json.loads(line)["ok"]) for line in lines] == [(BUREAU, True), (OTHER, False)]
    assert said(home / BOOK, "--bureau", BUREAU)[0] == 0


def test_a_row_that_was_given_to_another_bureau_is_found_without_naming_one(home: Path) -> None:
    book_of_six()
    spoil("UPDATE ledger_entry SET bureau = '999007' WHERE seq = 6")
    assert stand_alone_as_a_program(home / BOOK).returncode == 1


def test_entries_as_lines_of_json_are_verified_too(home: Path, tmp_path: Path) -> None:
    book = book_of_six()
    whole = lines_of(book, tmp_path / "whole.jsonl")
    assert said(whole) == (0, {"ok": True, "entries": 6, "head": book[-1].digest, "first_broken": None})
    assert said(lines_of(book[:4], tmp_path / "cut.jsonl"), "--expect", f"6:{book[-1].digest}")[1]["first_broken"] == 5
    assert said(lines_of(book[:2] + book[3:], tmp_path / "hole.jsonl"))[1]["first_broken"] == 3
    changed = whole.read_text(encoding="utf-8").replace("A01", "B01", 1)
    whole.write_text("\ufeff" + changed, encoding="utf-8")
    assert said(whole)[1]["first_broken"] == 1


@pytest.mark.parametrize("value", [5, None, ["a"], {"a": 1}, True, 1.5, "\ud800", "other"])
@pytest.mark.parametrize("column", COLUMNS)
def test_no_value_of_any_kind_in_any_column_of_a_line_passes(
    home: Path, tmp_path: Path, column: str, value: object
) -> None:
    book = [entry._asdict() for entry in book_of_six()]
    changed = {**book[4], column: value}
    if changed == book[4]:
        changed[column] = 6
    path = tmp_path / "book.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in [*book[:4], changed, book[5]]), encoding="ascii")
    chains = standalone_verifier.chains_of_lines(path, BUREAU, None)
    assert chains[BUREAU].as_json()["first_broken"] == 5


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("missing.sqlite3", None, "不存在"),
        ("letter.sqlite3", "这不是账本" * 400, "不是法正台账"),
        ("empty.sqlite3", "", "不是法正台账"),
        ("empty.jsonl", "", "没有任何条目"),
        ("broken.jsonl", '{"seq": 1', "第 1 行"),
        ("other.jsonl", '{"seq": 1}\n', "第 1 行"),
        ("list.jsonl", "[1, 2]\n", "第 1 行"),
    ],
)
def test_what_is_no_book_is_called_unreadable(tmp_path: Path, name: str, content: str | None, why: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = stand_alone_as_a_program(tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_book_is_not_called_whole(home: Path) -> None:
    done = stand_alone_as_a_program(home / BOOK)
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有任何条目" in done.stderr


@pytest.mark.parametrize("head", ["6", "0:" + "0" * 64, "6:abc", "x:" + "0" * 64])
def test_a_head_that_is_none_is_refused(home: Path, head: str) -> None:
    done = stand_alone_as_a_program(home / BOOK, "--expect", head)
    assert done.returncode == 2
    assert "序号从 1 开始" in done.stderr


def test_one_head_cannot_be_meant_for_two_bureaux(home: Path) -> None:
    book = book_of_six()
    write([draft(1, bureau=OTHER)])
    done = stand_alone_as_a_program(home / BOOK, "--expect", f"6:{book[-1].digest}")
    assert done.returncode == 2
    assert "--bureau" in done.stderr
