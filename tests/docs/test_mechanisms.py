"""Every mechanism the page names is there: rules, figures, and a sentence that prints one of them."""

from __future__ import annotations

import pytest

from fazheng.lawbook.load import load
from tests.docs.mechanisms import PAGE, Row, newest, page, rows, sections_of

ROWS = rows()


def test_the_page_is_what_the_law_files_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make generated"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"M{row.m}")
def test_a_mechanism_leads_from_an_act_to_a_sentence(row: Row) -> None:
    book = load()
    assert set(row.procedures) <= set(book.procedures)
    assert set(row.registers) <= set(book.registers)
    assert set(row.duties) <= set(book.duties)
    assert set(row.figures) <= set(book.figures)
    assert row.procedures or row.registers
    assert row.figures, "nothing is counted"
    assert sections_of(row, book), "no sentence prints any of its figures"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"M{row.m}")
def test_a_mechanism_of_one_step_without_a_rule_says_why(row: Row) -> None:
    versions = newest(row, load())
    rules = [rule for version in versions for rule in (*version.gates, *version.limits)]
    waiting = [rule for version in versions for rule in version.waiting if type(rule).__name__ in ("Gate", "Limit")]
    if row.procedures and not rules and not waiting and not row.duties:
        assert row.why


def test_no_mechanism_stands_twice() -> None:
    assert len({row.m for row in ROWS}) == len(ROWS)
