"""What leaves by default names nobody: nothing held apart, no words, people and organisations as signs."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from fazheng.exports import FORMATS, Mask, Selection, export
from fazheng.ledger import standalone_verifier
from tests.exports.test_formats import KEY, SUFFIX, book, exported, lines
from tests.figures.books import BUREAU, toy_law
from tests.figures.random_books import Scene, scenes
from tests.figures.small_book import SECRET
from tests.figures.test_two_readers import RANDOM, undone

__all__ = ["book"]
WORDS = ("路灯", "水", "电", SECRET, "示例信封")


def content(path: Path) -> bytes:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return b"".join(file.read_bytes() for file in files)


@pytest.mark.parametrize("form", ["jsonl", "xes", "ocel"])
def test_neither_words_nor_people_leave(book: object, tmp_path: Path, form: str) -> None:
    text = content(exported(form, tmp_path, toy_law())).decode()
    assert [word for word in WORDS if word in text] == []
    for person in "甲乙丙":
        assert f'"{person}"' not in text
        assert f"：{person}" not in text


def test_nor_do_they_in_columns(book: object, tmp_path: Path) -> None:
    import duckdb

    folder = exported("parquet", tmp_path, toy_law())
    with duckdb.connect() as engine:
        text = "".join(
            str(engine.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM '{file}'").fetchall())
            for file in sorted(folder.iterdir())
        )
    assert [word for word in WORDS if word in text] == []
    assert "'甲'" not in text
    assert "person-" in text


@pytest.mark.parametrize("form", SUFFIX)
def test_what_is_held_apart_leaves_in_no_form_and_for_nobody(book: object, tmp_path: Path, form: str) -> None:
    told = content(exported(form, tmp_path, toy_law(), whole=True))
    assert SECRET.encode() not in told
    assert "示例信封".encode() not in told


def test_the_same_key_gives_the_same_sign_and_another_key_another(book: object, tmp_path: Path) -> None:
    law = toy_law()
    mask, again, other = Mask(law, KEY), Mask(law, KEY), Mask(law, b"other")
    assert mask.person("甲") == again.person("甲") != other.person("甲")
    assert mask.person("甲") != mask.person("乙")
    assert mask.sign("organisation", "甲") != mask.person("甲")
    assert mask.person("") == ""


def test_whole_lines_are_what_the_stand_alone_verifier_verifies(book: object, tmp_path: Path) -> None:
    whole = exported("jsonl", tmp_path, toy_law(), whole=True)
    assert standalone_verifier.main([str(whole)]) == 0
    changed = whole.read_text("utf-8").replace("路灯", "路灶")
    whole.write_text(changed, "utf-8")
    assert standalone_verifier.main([str(whole)]) == 1


def test_a_masked_line_keeps_the_fields_of_a_closed_kind(book: object, tmp_path: Path) -> None:
    noted = next(one for one in lines(exported("jsonl", tmp_path, toy_law())) if one["event"] == "noted")
    data = json.loads(noted["data"])
    assert data["amount"] == 120050
    assert "words" not in data
    assert len(data["people"]) == 2
    assert all(sign.startswith("person-") for sign in data["people"])


@given(scene=scenes())
@RANDOM
def test_no_value_held_apart_is_in_any_export_of_any_book(home: Path, tmp_path: Path, scene: Scene) -> None:
    law = toy_law()
    with undone(scene.writer):
        for form in ("jsonl", "xes", "ocel"):
            path = tmp_path / SUFFIX[form]
            export(form, path, Selection(BUREAU), Mask(law, KEY, whole=True))
            text = path.read_text("utf-8")
            assert not [apart for apart in scene.writer.apart if apart.value in text]
            assert form in FORMATS
