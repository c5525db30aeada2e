"""docs/law-status.md says of every rule how far it was held against its source."""

import os
from pathlib import Path

import pytest

from fazheng.lawbook import texts
from fazheng.lawbook.check import check
from fazheng.lawbook.load import law_root, load
from fazheng.lawbook.status import page, status_text
from tests.law.lawfiles import copied

installed = pytest.mark.skipif(
    not texts.installed() and not os.environ.get("CI"), reason="the statute package is not installed: no article text"
)


@installed
def test_the_page_is_what_the_check_says_today() -> None:
    written = page(law_root())
    assert written is not None
    assert written.read_text("utf-8") == status_text(load(), check(load())), "run fazheng law lock"


@installed
def test_every_rule_that_is_not_verified_is_on_the_page_with_its_article(tmp_path: Path) -> None:
    book = copied(tmp_path).load()
    done = check(book)
    text = status_text(book, done)
    assert "| 小案 `small.case` | 2021-07-15起至2098-12-31 | 8 | 2 | 5 |" in text
    told = [row for row in done.weighed if row.state != "verified"]
    assert {row.state for row in told} == {"unread", "warn_only", "waiting"}
    for row in told:
        assert f"`{row.rule.id}`：{row.rule.cited or '没有写依据'}" in text
    for row in done.weighed:
        assert (f"`{row.rule.id}`：{row.rule.cited}" in text) == (row.state != "verified"), row.rule.id


@installed
def test_the_page_counts_what_the_check_counts() -> None:
    done = check(load())
    for state in ("verified", "unread", "warn_only", "waiting"):
        assert len(getattr(done, state)) == sum(row.state == state for row in done.weighed)


def test_a_law_without_a_page_beside_it_writes_none(tmp_path: Path) -> None:
    assert page(copied(tmp_path).root) is None
