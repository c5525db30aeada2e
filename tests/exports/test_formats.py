"""Each format holds what stands in the book, is what its standard says, and is the same bytes for the same book."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from lxml import etree

from fazheng.exports import Mask, Selection, export
from fazheng.figures import count, year
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.models import CaseRow, StandingEvent
from fazheng.ledger.read import head
from tests.figures.books import BUREAU, LAW, toy_law
from tests.figures.small_book import small_book

SCHEMAS = Path(__file__).parent / "schemas"
KEY = b"example"
SUFFIX = {"jsonl": "book.jsonl", "parquet": "book", "xes": "book.xes", "ocel": "book.json"}


@pytest.fixture
def book(database: str) -> LawBook:
    """The toy law; its small book is open, on each database in turn."""
    small_book().seal()
    return toy_law()


def exported(form: str, folder: Path, law: LawBook, *, whole: bool = False, **selected: Any) -> Path:
    path = folder / SUFFIX[form]
    export(form, path, Selection(BUREAU, **selected), Mask(law, KEY, whole))
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_json_lines_hold_every_entry_with_its_digest(book: LawBook, tmp_path: Path) -> None:
    told = lines(exported("jsonl", tmp_path, book))
    assert [entry["seq"] for entry in told] == list(range(1, head(BUREAU).seq + 1))
    assert told[-1]["digest"] == head(BUREAU).digest
    assert all(after["prev"] == before["digest"] for before, after in pairwise(told))


def test_the_xes_file_is_valid_and_a_case_is_a_trace(book: LawBook, tmp_path: Path) -> None:
    document = etree.parse(str(exported("xes", tmp_path, book)))
    etree.XMLSchema(etree.parse(str(SCHEMAS / "xes.xsd"))).assertValid(document)
    traces = document.findall("trace")
    assert len(traces) == CaseRow.objects.count()
    assert len(document.findall("trace/event")) == StandingEvent.objects.count()
    assert traces[0].find("string[@key='concept:name']").get("value") == "toy.case-2023-0001"
    first = traces[1].findall("event")
    assert [one.find("string[@key='concept:name']").get("value") for one in first] == ["开案", "记事", "答复", "办结"]
    assert [one.find("date").get("value")[:10] for one in first] == [
        "2024-03-01",
        "2024-03-04",
        "2024-03-05",
        "2024-03-06",
    ]
    assert first[1].find("int[@key='field.amount']").get("value") == "120050"


def test_the_ocel_file_is_valid_and_its_relations_lead_to_objects(book: LawBook, tmp_path: Path) -> None:
    told = json.loads(exported("ocel", tmp_path, book).read_text("utf-8"))
    jsonschema.validate(told, json.loads((SCHEMAS / "ocel20.json").read_text("utf-8")))
    objects = {one["id"]: one["type"] for one in told["objects"]}
    assert len(objects) == len(told["objects"])
    assert {related["objectId"] for event in told["events"] for related in event["relationships"]} <= set(objects)
    kinds = {kind["name"]: {one["name"] for one in kind["attributes"]} for kind in told["eventTypes"]}
    assert all({one["name"] for one in event["attributes"]} <= kinds[event["type"]] for event in told["events"])
    assert set(objects.values()) <= {kind["name"] for kind in told["objectTypes"]}
    assert Counter(objects.values())["toy.case"] == CaseRow.objects.count()
    second = next(event for event in told["events"] if event["id"] == "toy.case-2024-0002#1")
    assert {"objectId": "toy.case-2024-0001", "qualifier": "other"} in second["relationships"]


def test_parquet_is_what_stands_and_counts_what_the_figures_count(book: LawBook, tmp_path: Path) -> None:
    folder = exported("parquet", tmp_path, book)
    with duckdb.connect() as engine:

        def asked(sql: str) -> Any:
            return engine.execute(sql.replace("{}", str(folder))).fetchall()

        assert asked("SELECT count(*) FROM '{}/events.parquet'") == [(StandingEvent.objects.count(),)]
        kinds = dict(row[:2] for row in asked("DESCRIBE SELECT * FROM '{}/cases.parquet'"))
        assert kinds["opened_on"] == "DATE"
        days = asked("SELECT opened_on, closed_on FROM '{}/cases.parquet' WHERE case_id = 'toy.case-2024-0001'")
        assert [[day.isoformat() for day in row] for row in days] == [["2024-03-01", "2024-03-06"]]
        opened = "SELECT count(*) FROM '{}/events.parquet' WHERE event = 'opened' AND year(on_day) = 2024"
        assert asked(opened) == [(count(BUREAU, load(root=LAW), year(2024), ids=["toy.opened"])[0].value,)] == [(3,)]
        assert asked("SELECT count(*) FROM '{}/registers.parquet' WHERE register = 'toy_list'") == [(2,)]


@pytest.mark.parametrize("form", SUFFIX)
def test_the_same_book_and_key_are_the_same_bytes(book: LawBook, tmp_path: Path, form: str) -> None:
    (tmp_path / "again").mkdir()
    first, second = exported(form, tmp_path, book), exported(form, tmp_path / "again", book)
    files = sorted(first.iterdir()) if first.is_dir() else [first]
    others = sorted(second.iterdir()) if second.is_dir() else [second]
    assert [one.read_bytes() for one in files] == [one.read_bytes() for one in others]


@pytest.mark.parametrize("form", SUFFIX)
def test_an_empty_book_makes_a_file_without_cases(database: str, tmp_path: Path, form: str) -> None:
    path = exported(form, tmp_path, toy_law())
    assert path.exists()
    if form == "xes":
        assert etree.parse(str(path)).findall("trace") == []


def test_a_selection_leaves_out_the_other_cases(book: LawBook, tmp_path: Path) -> None:
    told = lines(exported("jsonl", tmp_path, book, year=2023))
    assert {entry["case_id"] for entry in told} == {"toy.case-2023-0001"}
    assert lines(exported("jsonl", tmp_path, book, procedures=("toy.matter",))) == []
    document = etree.parse(str(exported("xes", tmp_path, book, procedures=("toy.case",), year=2024)))
    assert len(document.findall("trace")) == 4  # answered in 2024, opened in 2023
