"""`fazheng export`: a file for somebody else, and an entry that says what left."""

import json
import sys
from pathlib import Path

import pytest

from fazheng.ledger.read import entries
from tests.cli.conftest import _demo, demo, fresh
from tests.cli.typing import Shell

__all__ = ["_demo", "demo", "fresh"]
TO = ("--to", "样例市民政局", "--as", "Z011")


def exports(code: str = "999001") -> list[dict[str, object]]:
    return [json.loads(entry.data) for entry in entries(code, case_id="exports")]


def test_what_left_is_in_the_book_with_its_digest(demo: Shell, tmp_path: Path) -> None:
    told = demo.ask("export", "xes", str(tmp_path / "a.xes"), *TO, "--year", "2024")
    assert told["counts"]["traces"] > 700
    (entry,) = exports()
    assert entry["digests"] == told["digests"] == {"a.xes": told["digests"]["a.xes"]}
    assert entry["counts"] == told["counts"]
    assert entry["whole"] is False
    assert "样例市" not in json.dumps(entry, ensure_ascii=False)  # to whom stands apart
    assert demo("verify").code == 0


def test_no_name_and_no_number_of_a_person_is_in_a_real_county_s_export(demo: Shell, tmp_path: Path) -> None:
    for form, name in (("jsonl", "a.jsonl"), ("xes", "a.xes"), ("ocel", "a.json")):
        assert demo("export", form, str(tmp_path / name), *TO).code == 0
        text = (tmp_path / name).read_text("utf-8")
        assert [word for word in ("示例甲", "Z001", "Z011", "1380013", "51999001") if word in text] == []


def test_nobody_unknown_exports_and_nothing_is_written(demo: Shell, tmp_path: Path) -> None:
    answer = demo("export", "jsonl", str(tmp_path / "a.jsonl"), "--to", "某局", "--as", "Z999")
    assert answer.code == 1
    assert "人员名册里没有“Z999”" in answer.out
    assert list(tmp_path.glob("*.jsonl")) == []
    assert exports() == []


def test_unmasked_wants_a_reason(demo: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert "要写明理由" in demo("export", "jsonl", str(path), *TO, "--unmasked").out
    assert not path.exists()
    assert demo("export", "jsonl", str(path), *TO, "--unmasked", "--reason", "交审计").code == 0
    assert "Z011" in path.read_text("utf-8")
    (entry,) = exports()
    assert entry["whole"] is True
    assert "apart" in str(entry["reason"])


def test_what_stood_there_stays_when_the_export_fails(demo: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "columns"
    folder.mkdir()
    (folder / "mine.txt").write_text("我的", "utf-8")
    answer = demo("export", "parquet", str(folder), *TO)
    assert answer.code == 2
    assert "已经存在" in answer.err
    assert [file.name for file in folder.iterdir()] == ["mine.txt"]
    assert "请检查文件夹是否存在" in demo("export", "xes", str(tmp_path / "no" / "a.xes"), *TO).err
    assert exports() == []


def test_without_duckdb_a_sentence_says_how_to_get_it(
    demo: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    answer = demo("export", "parquet", str(tmp_path / "columns"), *TO)
    assert answer.code == 2
    assert "pip install duckdb" in answer.err
    assert list(tmp_path.glob("columns")) == []


def test_an_unknown_procedure_is_told_with_the_nearest(demo: Shell, tmp_path: Path) -> None:
    assert "12345热线工单" in demo("export", "xes", str(tmp_path / "a.xes"), *TO, "--procedure", "热线工单").err
    assert "不能与 --unmasked 同用" in demo(
        "export", "xes", str(tmp_path / "a.xes"), *TO, "--unmasked", "--same-names", "口令").err  # fmt: skip
