"""Examples that say what stands around their case: linked cases and rows of registers."""

import shutil
from pathlib import Path

import pytest

from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import LawBook, load
from fazheng.procedure.dropone import drop_each
from fazheng.procedure.examples import run_all
from tests.procedure.story import TOYS

CODE = "51999900MJX00000X8"
LISTED = f"""
[defaults]
by   = "甲"
list = {{ organisation = "{CODE}" }}
"""
LATE = """
[[example]]
name   = "报告没有报送的，可以列入"
linked = [{ procedure = "npo.annual_check", given = ["open 2025-03-03"] }]
when   = { step = "list", on = 2025-06-02, check = "npo.annual_check-2025-0001" }
then.records = ["listed"]

[[example]]
name   = "报告按时报送的，不得列入"
linked = [{ procedure = "npo.annual_check", given = ["open 2025-03-03", { step = "file_report", on = 2025-05-20 }] }]
when   = { step = "list", on = 2025-06-02, check = "npo.annual_check-2025-0001" }
then.refused = ["第十一条"]
"""
SERIOUS = f"""
[defaults]
by         = "甲"
list       = {{ organisation = "{CODE}" }}
registered = [{{ register = "abnormal", key = "{CODE}", from = 2022-06-01, row = {{ state = "listed" }} }}]

[[example]]
name = "满两年"
when = {{ step = "list", on = 2024-06-02 }}
then.records = ["listed_seriously"]

[[example]]
name = "不满两年"
when = {{ step = "list", on = 2024-06-01 }}
then.refused = ["第十五条"]
"""
ABNORMAL, SERIOUS_LIST, CHECK = (f"procedures/{name}" for name in ("abnormal-list", "serious-list", "annual-check"))


def law(folder: Path, **examples: str) -> LawBook:
    """The toy procedures of lists with these examples."""
    tests = TOYS.parents[1]
    for name in (ABNORMAL, CHECK):
        shutil.copytree(TOYS / name, folder / name)
    shutil.copytree(tests / "casework" / "law" / SERIOUS_LIST, folder / SERIOUS_LIST)
    shutil.copytree(tests / "casework" / "law" / "registers", folder / "registers")
    shutil.copytree(load().root / "calendars", folder / "calendars")
    for name, text in examples.items():
        (folder / {"abnormal": ABNORMAL, "serious": SERIOUS_LIST, "check": CHECK}[name] / "examples.toml").write_text(
            text, "utf-8"
        )
    return load(root=folder)


def fell(book: LawBook, procedure: str) -> dict[str, str]:
    return {example.name: why for example, why in run_all(book.procedures[procedure][0], lambda _: book) if why}


def dropped(book: LawBook, procedure: str) -> dict[str, str]:
    return {row.rule: row.fell for row in drop_each(book.procedures[procedure][0], lambda _: book)}


def test_a_linked_case_is_played_beside_the_example(tmp_path: Path) -> None:
    book = law(tmp_path, abnormal=LISTED + LATE, check='[defaults]\nby = "乙"\n')
    assert fell(book, "npo.abnormal_list") == {}
    assert dropped(book, "npo.abnormal_list")["report_was_late"] == "报告按时报送的，不得列入"


def test_a_row_of_a_register_stands_beside_the_example(tmp_path: Path) -> None:
    book = law(tmp_path, serious=SERIOUS)
    assert fell(book, "npo.serious_list") == {}
    assert dropped(book, "npo.serious_list")["abnormal_for_two_years"] == "不满两年"


def test_without_them_nothing_is_linked_and_no_row_stands(tmp_path: Path) -> None:
    serious = SERIOUS.replace("registered =", "list_ =").replace("list_ = [", "# [")
    linked = LATE.replace('linked = [{ procedure = "npo.annual_check", given = ["open 2025-03-03"] }]\n', "")
    book = law(tmp_path, abnormal=LISTED + linked, serious=serious)
    assert list(fell(book, "npo.serious_list")) == ["满两年"]
    assert list(fell(book, "npo.abnormal_list")) == ["报告没有报送的，可以列入"]


def test_what_one_example_says_stands_instead_of_the_defaults(tmp_path: Path) -> None:
    gone = SERIOUS + '\n[[example]]\nname = "没有在册"\nregistered = []\nwhen = { step = "list", on = 2024-06-02 }\n'
    gone += 'then.records = ["listed_seriously"]\n'
    assert list(fell(law(tmp_path, serious=gone), "npo.serious_list")) == ["没有在册"]


def test_a_row_stands_to_its_last_day_or_to_the_next_of_its_key(tmp_path: Path) -> None:
    ended = SERIOUS.replace("from = 2022-06-01,", "from = 2022-06-01, to = 2024-06-02,")
    assert list(fell(law(tmp_path / "ended", serious=ended), "npo.serious_list")) == ["满两年"]
    second = f', {{ register = "abnormal", key = "{CODE}", from = 2023-01-01 }}]'
    again = SERIOUS.replace('{ state = "listed" } }]', '{ state = "listed" } }' + second)
    assert fell(law(tmp_path / "again", serious=again), "npo.serious_list") == {}


def test_a_linked_case_that_is_refused_is_told(tmp_path: Path) -> None:
    linked = LATE.replace('"open 2025-03-03"', '"file_report 2025-03-03"')
    book = law(tmp_path, abnormal=LISTED + linked)
    assert "前提“file_report 2025-03-03”被拒" in fell(book, "npo.abnormal_list")["报告没有报送的，可以列入"]
    assert dropped(book, "npo.abnormal_list")["report_was_late"] == ""  # and no example is left to need the gate


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('procedure = "npo.annual_check"', 'procedure = "npo.check"', "没有程序“npo.check”"),
        ('procedure = "npo.annual_check"', 'procdure = "npo.annual_check"', "不认识的词“linked.procdure”"),
        ('given = ["open 2025-03-03"]', "given = []", "没有写 given"),
        ('given = ["open 2025-03-03"]', 'given = ["opn 2025-03-03"]', "没有“opn”这一步"),
        ("on = 2025-05-20 }", 'on = 2025-05-20, who = "甲" }', "“报送年度工作报告”没有字段“who”"),
        ("linked = [{", 'linked = "x" # ', "linked 要写成"),
    ],
)
def test_a_linked_case_that_leads_nowhere_is_named(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in LATE
    with pytest.raises(LawFault, match=what):
        fell(law(tmp_path, abnormal=LISTED + LATE.replace(old, new, 1)), "npo.abnormal_list")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('register = "abnormal"', 'register = "abnrmal"', "没有名册“abnrmal”"),
        ('register = "abnormal",', 'register = "abnormal", since = 1,', "不认识的词“registered.since”"),
        ("from = 2022-06-01", 'from = "2022-06-01"', "from、to 要写成日期"),
        ("from = 2022-06-01", "from = 2022-06-01, to = 2022-06-01", "to 在 from 以后"),
        (f'key = "{CODE}"', "key = 3", "key 要写成文字"),
        ('state = "listed"', 'stat = "listed"', "没有字段“stat”"),
        ('state = "listed"', 'state = "listd"', "没有“listd”这个选项"),
        ('row = { state = "listed" }', 'row = "listed"', "row 要写成"),
    ],
)
def test_a_row_that_leads_nowhere_is_named(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in SERIOUS
    with pytest.raises(LawFault, match=what):
        fell(law(tmp_path, serious=SERIOUS.replace(old, new, 1)), "npo.serious_list")
