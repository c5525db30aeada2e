"""The served demo has something to do today, and its counted year stays as it is."""

import tomllib
from pathlib import Path

import pytest
from django.test import Client

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.workbook import import_workbook, write_workbook
from fazheng.cli.demo import example_sheets, examples_root
from fazheng.cli.demo_alive import FILE, enliven
from fazheng.lawbook.load import load
from fazheng.ledger.models import CaseRow
from fazheng.web import serving

FOLDER = examples_root() / "county-a"


@pytest.fixture
def county(empty_home: Path) -> Bureau:
    """The demo county with its people and organisations, and its open cases counted back from this day."""
    bureau = open_bureau("示例县民政局", "999001")
    sheets = {name: rows for name, rows in example_sheets("county-a").items() if name in ("人员名册", "社会组织名录")}
    write_workbook(empty_home / "示例.xlsx", load(place=bureau.place), sheets)
    assert not import_workbook(empty_home / "示例.xlsx", bureau).faults
    assert enliven(FOLDER, bureau, clock.today()) >= 12
    now = serving.serving()
    now.today, now.demo = clock.today, True
    now.opened(bureau)
    return bureau


def today_of(who: str) -> str:
    client = Client()
    assert client.post("/step-in/", {"code": who}).status_code == 302
    return client.get("/today/").content.decode()


def test_the_served_demo_shows_every_light_a_review_a_signature_a_suggestion_and_a_question(county: Bureau) -> None:
    head, reviewer, officer = today_of("Z001"), today_of("Z006"), today_of("Z003")
    for light in ("red", "yellow", "green"):
        assert f'<li><span class="light {light}">' in head
    assert "作出处罚决定" in head
    assert "法制审核通过" in reviewer
    assert "请您会签" in reviewer
    assert "法律建议另开的案件" in officer
    assert "Z001督办：办案期限" in officer


def test_the_open_cases_are_dated_back_from_today_and_none_lies_in_the_counted_year(county: Bureau) -> None:
    opened = CaseRow.objects.filter(bureau=county.code).values_list("opened_on", flat=True)
    assert max(opened) < clock.today().isoformat()
    assert all(day[:4] != "2024" for day in opened)


def test_only_the_first_county_has_open_cases(county: Bureau) -> None:
    assert enliven(examples_root() / "county-b", county, clock.today()) == 0


def test_every_value_of_an_open_case_that_is_free_text_says_that_it_is_an_example() -> None:
    said = tomllib.loads((FOLDER / FILE).read_text("utf-8"))
    for case in said["case"]:
        for words in (case["data"].get("facts"), case["data"].get("request"), case["data"].get("content")):
            assert words is None or words.startswith("（示例）")
