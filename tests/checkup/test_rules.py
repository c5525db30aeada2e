"""What holds of every rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fazheng.checkup import registry
from fazheng.checkup.finding import Hit
from fazheng.checkup.pages import page
from fazheng.checkup.quick import known_names, quick
from fazheng.checkup.reading import read_bytes
from fazheng.checkup.registry import RuleFault, rule, rules
from fazheng.checkup.run import run
from fazheng.checkup.style import style
from fazheng.report.likeness import wording
from tests.checkup.eval import KINDS
from tests.checkup.texts import clean, report

PAGES = Path(__file__).parents[2] / "docs" / "checkup-rules"


@pytest.mark.parametrize("id", rules())
def test_a_rule_has_its_page_as_the_rule_says_it(id: str) -> None:
    assert (PAGES / f"{id}.md").read_text("utf-8") == page(rules()[id]), "run `make rule-pages`"


def test_no_page_speaks_of_a_rule_that_is_gone() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == set(rules())


def test_a_rule_names_kinds_of_the_labels_alone() -> None:
    assert {kind for one in rules().values() for kind in one.kinds} - KINDS == set()


@pytest.mark.parametrize("id", rules())
def test_no_rule_finds_anything_in_a_sound_report(id: str) -> None:
    assert run(report(clean()), [id]) == []


def test_every_word_list_is_read() -> None:
    checked = report(clean())
    run(checked)
    read_bytes("<html><p>示例</p></html>".encode())
    _ = list(quick(checked.plain, known_names(), style()))
    _ = checked.sections, checked.parts, checked.figures, checked.relations, checked.citations
    wording(style(), ())  # the words by which a text's figures are matched to the book's
    assert {path.stem for path in style().root.glob("*.toml")} - style().asked == set()


def test_a_second_rule_of_a_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_rules", dict(rules()))
    told = {"why": "因", "source": "据", "example": "例"}

    def check(_: object) -> list[Hit]:
        """说明"""
        return []

    check.__module__ = "somewhere.form.missing_title"
    with pytest.raises(RuleFault, match=re.escape("两条规则同名：missing-title")):
        rule(title="题", kinds="typo", severity="info", **told)(check)  # type: ignore[arg-type]


def test_a_rule_that_does_not_say_why_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_rules", dict(rules()))

    def check(_: object) -> list[Hit]:
        """说明"""
        return []

    check.__module__ = "somewhere.form.quite_new"
    with pytest.raises(RuleFault, match="没有写全"):
        rule(title="题", kinds="typo", severity="info", why="", source="据", example="例")(check)  # type: ignore[arg-type]
