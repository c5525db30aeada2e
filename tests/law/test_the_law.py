"""The law as it is published: every example stands, every rule is needed by one, every word is in its article."""

import os
from collections.abc import Callable
from functools import cache

import pytest

from fazheng.lawbook import texts
from fazheng.lawbook.adopted import beside
from fazheng.lawbook.check import check
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.dropone import drop_each, without
from fazheng.procedure.examples import examples_of, run_all


def book_at(place: str) -> LawBook:
    return load(place=place)


PLACES = ["", *load().places]
VERSIONS = [version for versions in load().procedures.values() for version in versions]
BY_FOLDER = {version.folder: version for version in VERSIONS}
EXAMPLES = [(version, example) for version in VERSIONS for example in examples_of(version, load())]


@cache
def played(folder: str) -> dict[tuple[str, str], str]:
    """Each example of the folder with why it fell."""
    return {(example.file, example.name): fell for example, fell in run_all(BY_FOLDER[folder], book_at)}


@cache
def dropped(folder: str) -> dict[str, str]:
    """Each rule with the first example that falls without it."""
    return {drop.rule: drop.fell for drop in drop_each(BY_FOLDER[folder], book_at)}


def rules(version: Procedure) -> list[str]:
    """What can be left out of the version as it has effect where its examples play."""
    place = next((example.place for example in examples_of(version, load())), "")
    here = next(v for v in book_at(place).procedures[version.id] if v.folder == version.folder)
    return [name for name, _ in without(here)]


@pytest.mark.parametrize(
    ("version", "name", "file"),
    [(version, example.name, example.file) for version, example in EXAMPLES],
    ids=[f"{version.folder.split('/')[-1]}: {example.name}" for version, example in EXAMPLES],
)
def test_an_example_of_the_law_stands(version: Procedure, name: str, file: str) -> None:
    assert played(version.folder)[file, name] == ""


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.folder)
def test_example_names_of_a_folder_are_all_different(version: Procedure) -> None:
    names = [example.name for example in examples_of(version, load())]
    assert sorted(names) == sorted(set(names))
    assert names != []


@pytest.mark.parametrize(
    ("version", "rule"),
    [(version, rule) for version in VERSIONS for rule in rules(version)],
    ids=lambda value: value if isinstance(value, str) else value.folder.split("/")[-1],
)
def test_a_rule_is_needed_by_an_example(
    version: Procedure, rule: str, record_property: Callable[[str, object], None]
) -> None:
    fell = dropped(version.folder)[rule]
    record_property("fell", fell)  # which one: --junit-xml says it beside the rule
    assert fell, f"{version.folder}: no example falls without {rule}"


@pytest.mark.parametrize("place", PLACES)
def test_the_check_finds_nothing(place: str) -> None:
    assert [str(finding) for finding in check(load(place=place)).findings] == []


@pytest.mark.skipif(
    not texts.installed() and not os.environ.get("CI"),
    reason="the statute package is not installed: no article text was searched",
)
def test_every_rule_that_was_read_has_its_words_in_its_article() -> None:
    done = check(load())
    assert len(done.verified) > 90
    assert set(done.verified) | set(done.unread) | set(done.warn_only) == {
        *(f"{version.id}/{rule.id}" for version in VERSIONS for rule in version.rules()),
        *(f"duty:{duty.id}" for duty in load().duties.values() if duty.has_effect),
        *(name for name, owed in beside(load()).items() if owed.mark in ("read", "second_hand")),
    }


def test_a_rule_without_article_text_says_so() -> None:
    statutes = load().statutes
    for rule in (rule for version in VERSIONS for rule in version.rules() if rule.mark == "read"):
        assert rule.text == "unread" or any(version.text for version in statutes[rule.statute].versions), rule.id


def test_versions_of_a_procedure_are_told_oldest_first() -> None:
    for versions in load().procedures.values():
        assert [v.in_force for v in versions] == sorted(v.in_force for v in versions)
