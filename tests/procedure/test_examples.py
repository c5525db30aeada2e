"""Examples are the tests of the law; drop any rule and one of them must fall."""

import shutil
from pathlib import Path

import pytest

from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import LawBook, load
from fazheng.procedure.dropone import Dropped, drop_each
from fazheng.procedure.examples import run_all
from tests.procedure.story import TOYS

PERMIT = "procedures/permit-general"


def permit(folder: Path, added: str = "", rules: str = "") -> LawBook:
    """The toy law of permits with more examples and rules, and the calendars of the law."""
    shutil.copytree(TOYS / PERMIT, folder / PERMIT)
    shutil.copytree(load().root / "calendars", folder / "calendars")
    for name, text in (("examples.toml", added), ("procedure.toml", rules)):
        path = folder / PERMIT / name
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    return load(root=folder)


def fell(book: LawBook) -> dict[str, str]:
    return {example.name: why for example, why in run_all(book.procedures["permit.general"][0], lambda _: book) if why}


def dropped(book: LawBook) -> list[Dropped]:
    return list(drop_each(book.procedures["permit.general"][0], lambda _: book))


def test_the_examples_of_the_page_on_law_files_stand(tmp_path: Path) -> None:
    assert fell(permit(tmp_path)) == {}


def test_each_rule_of_the_permit_is_needed_by_an_example(tmp_path: Path) -> None:
    found = {drop.rule: drop.fell for drop in dropped(permit(tmp_path))}
    assert "" not in found.values()
    assert found["study_not_counted"] == "评审占用的时间不计入二十个工作日"
    assert found["permit_extension"] == "延长不得超过十日"
    assert set(found) == {
        "permit_period",
        "study_not_counted",
        "permit_extension",
        "begin_study after permit_accepted",
        "begin_study repeats",
        "end_study repeats",
        "end_study after study_begun",
        "extend after permit_accepted",
        "grant after permit_accepted",
    }


GATE = """
[[gate]]
id      = "idle"
before  = ["grant"]
article = "第三十八条第一款"
needs   = { event = "permit_accepted" }
"""


def test_a_rule_that_no_example_needs_is_told(tmp_path: Path) -> None:
    assert Dropped("idle", "") in dropped(permit(tmp_path, rules=GATE))


def example(when: str = "", then: str = "", given: str = '["accept 2026-03-02"]', name: str = "试") -> str:
    return f'\n[[example]]\nname = "{name}"\ngiven = {given}\n' + (f"when = {when}\n" if when else "") + then + "\n"


GRANT = '{ step = "grant", on = 2026-03-09 }'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (example(GRANT, 'then.records = ["permit_refused"]'), "records 应为 ['permit_refused']"),
        (example(GRANT, 'then.refused = ["第四十二条"]'), "refused 应为 ['第四十二条']，实为 []"),
        (example(GRANT, 'then.warned = ["第四十二条"]'), "warned 应为"),
        (example(GRANT, 'then.defects = ["permit_period"]'), "defects 应为"),
        (example(GRANT, 'then.suggests = ["penalty.ordinary"]'), "suggests 应为"),
        (
            example("", "then.due = { permit_period = 2026-03-31 }"),
            "due permit_period 应为 2026-03-31，实为 2026-03-30",
        ),
        (example("", "then.earliest = { permit_period = 2026-03-30 }"), "earliest permit_period 应为 2026-03-30"),
        (example("", "then.due = { other_period = 2026-03-31 }"), "实为 未起算"),
        (
            example("", "then.due = { permit_period = 2026-03-31 }", '["accept 2026-03-02", "begin_study 2026-03-03"]'),
            "实为 停",
        ),
        (example(GRANT), "then 是空的"),
        (example('{ step = "end_study", on = 2026-03-09 }', 'then.records = ["study_ended"]'), "第四十五条"),
        (example('{ step = "fly", on = 2026-03-09 }', 'then.records = ["flown"]'), "没有“fly”这一步"),
        (example(GRANT, 'then.records = ["permit_granted"]', '["grant 2026-03-02"]'), "前提“grant 2026-03-02”被拒"),
        (example('{ step = "grant", on = 2026-03-09, colour = "red" }', "then.records = []"), "没有“colour”这一栏"),
    ],
)
def test_an_example_that_says_something_else_falls(tmp_path: Path, text: str, why: str) -> None:
    found = fell(permit(tmp_path, text))
    assert list(found) == ["试"]
    assert why in found["试"]


def test_an_earliest_day_is_the_day_after_the_due_day(tmp_path: Path) -> None:
    assert fell(permit(tmp_path, example("", "then.earliest = { permit_period = 2026-03-31 }"))) == {}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('\n[[exampel]]\nname = "x"\n', "exampel"),
        (example(GRANT, 'then.recorded = ["permit_granted"]'), "then.recorded"),
        ('\n[[example]]\nname = "x"\nwhn = { step = "grant" }\nthen.records = []\n', "whn"),
    ],
)
def test_a_word_that_examples_do_not_have_is_named(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(LawFault, match=f"examples.toml.*不认识的.*“{word}”"):
        fell(permit(tmp_path, text))


REPEATED = """
[[gate]]
id      = "study_asked_where_urgent"
before  = ["grant"]
article = "第四十五条"
when    = { event = "study_begun" }
needs   = { event = "study_ended" }

[[step]]
id          = "remind"
name        = "催告"
role        = "window"
article     = "第三十二条"
records     = "reminded"
repeats     = true
after_close = true
"""


def test_a_gates_when_what_repeats_and_what_comes_after_closing_are_dropped_too(tmp_path: Path) -> None:
    found = {drop.rule: drop.fell for drop in dropped(permit(tmp_path / "without", rules=REPEATED))}
    assert found["remind repeats"] == found["remind after_close"] == ""
    added = example(GRANT, 'then.records = ["permit_granted"]', name="没有评审的")
    twice = '{ step = "remind", on = 2026-03-10 }'
    added += example(twice, 'then.records = ["reminded"]', '["accept 2026-03-02", "remind 2026-03-03"]', "再催一次")
    added += example(twice, 'then.records = ["reminded"]', '["accept 2026-03-02", "grant 2026-03-09"]', "准予以后再催")
    found = {drop.rule: drop.fell for drop in dropped(permit(tmp_path / "with", added, REPEATED))}
    assert found["study_asked_where_urgent 的 when"] != ""
    assert found["remind repeats"] == "再催一次"
    assert found["remind after_close"] == "准予以后再催"
