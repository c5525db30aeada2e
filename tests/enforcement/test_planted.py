"""Two hundred made files: what is done wrong is stopped before the decision, and recorded where it happened anyway."""

from pathlib import Path

import pytest

from fazheng.lawbook.load import load
from fazheng.procedure.identifiers import is_org_code
from tests.enforcement.entering import bureau_of
from tests.enforcement.made import CLEAN, FILES, files, kinds
from tests.enforcement.outcome import EXTRA, Outcome, outcome
from tests.enforcement.page import PAGE, page
from tests.enforcement.story import PLACE, CaseFile

KNOWN_TO_SLIP: list[str] = []  # kinds for which the law files have no rule yet


@pytest.fixture(scope="module")
def made() -> list[CaseFile]:
    return files()


@pytest.fixture
def found(home: Path, made: list[CaseFile]) -> Outcome:
    return outcome(made, bureau_of("999001"), bureau_of("999002"))


def test_two_hundred_files_of_which_each_does_at_most_one_thing_wrong(made: list[CaseFile]) -> None:
    assert [file.number for file in made] == list(range(1, FILES + 1))
    assert sum(not file.planted for file in made) == CLEAN
    planted = {file.planted for file in made} - {""}
    assert planted == set(kinds())
    assert len(planted) >= 12
    assert made == files(), "the same each time"


def test_the_files_are_ones_that_a_county_could_hold(made: list[CaseFile]) -> None:
    codes = [str(file.entries[0].data["organisation"]) for file in made if "organisation" in file.entries[0].data]
    assert len(set(codes)) == len(codes) > FILES // 4
    assert all(is_org_code(code) and code.startswith("51999") for code in codes)
    for file in made:
        days = [entry.on for entry in file.entries]
        assert days == sorted(days)
        steps = load(place=PLACE).procedures[file.procedure][-1].steps
        assert all(entry.step in steps and set(entry.data) <= set(steps[entry.step].kinds) for entry in file.entries)


def test_what_is_wrong_is_stopped_clean_files_pass_and_the_page_says_so(found: Outcome) -> None:
    told = {id: count.faults for id, count in found.kinds.items() if count.faults}
    stopped, planted = found.share("before")
    assert stopped >= 0.95 * planted, told
    assert set(found.slipped) == set(KNOWN_TO_SLIP), told
    assert found.clean == CLEAN
    assert found.clean_faults == []
    assert max(found.extra.values()) <= EXTRA
    assert PAGE.read_text("utf-8") == page(found), "run python -m tests.enforcement"


def test_a_file_without_what_is_wrong_in_it_is_not_stopped(made: list[CaseFile]) -> None:
    """What stops a file is what was planted in it: each kind's shapes are among the clean ones that pass."""
    clean = {file.shape for file in made if not file.planted}
    assert {shape for kind in kinds().values() for shape in kind.shapes} <= clean
