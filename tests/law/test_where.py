"""From an article to the file and line of each rule that rests on it."""

from pathlib import Path

import pytest

from fazheng.lawbook.citation import Citation, number, numeral, parse
from fazheng.lawbook.index import index_text, lock_text, rules, unlocked, where
from fazheng.lawbook.load import load
from tests.law.lawfiles import CASE, RULES, SMALL, copied


def line_of(file: str, text: str) -> int:
    lines = (SMALL / file).read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line == text)


def test_a_rule_is_found_by_its_article_with_file_and_line() -> None:
    found = where(load(root=SMALL), "行政处罚法", 62)
    assert [(place.file, place.line, place.rule, place.cited) for place in found] == [
        (f"law/{RULES}", line_of(RULES, 'id      = "heard_first"'), "heard_first", "行政处罚法第六十二条")
    ]


def test_all_paragraphs_of_an_article_are_found_by_line() -> None:
    found = where(load(root=SMALL), "行政处罚法", 60)
    assert [place.rule for place in found] == ["extend", "stop", "go", "decision_period"]
    assert [place.line for place in found] == sorted(place.line for place in found)


@pytest.mark.parametrize("name", ["行政处罚法", "中华人民共和国行政处罚法", "行政处罚条例"])
def test_a_statute_is_found_by_its_short_full_and_wrong_name(name: str) -> None:
    assert [place.rule for place in where(load(root=SMALL), name, 62)] == ["heard_first"]


def test_without_an_article_every_rule_of_the_statute_is_found() -> None:
    found = [place.rule for place in where(load(root=SMALL), "试验意见", 0)]
    assert found == [
        "small.yearly",
        "small.each",
        "unread_gate",
        "year_end",
        "stopped_not_counted",
        "follow_up",
        "look",
    ]


def test_rules_that_wait_for_a_place_are_found_too() -> None:
    assert [place.rule for place in where(load(root=SMALL), "本地试验规定", 0)] == [
        "local_period",
        "before_march",
        "more_days",
        "parent_decided",
        "listed_long",
    ]


def test_an_article_nothing_rests_on_is_not_found() -> None:
    assert where(load(root=SMALL), "行政处罚法", 999) == []
    assert where(load(root=SMALL), "没有的法", 1) == []


def test_every_rule_of_the_law_is_found_on_the_line_of_its_id() -> None:
    book = load()
    for table, rule in rules(book):
        statute = parse(rule.article, rule.statute) if rule.article.startswith("第") else None
        if statute is None:
            continue
        lines = (book.root / rule.file).read_text("utf-8").splitlines()
        place = next(
            p for p in where(book, statute.statute, statute.article) if p.rule == rule.id and p.file.endswith(rule.file)
        )
        assert f'"{rule.id}"' in lines[place.line - 1], (table, rule.id, place)


def test_the_index_names_every_rule_once_per_article() -> None:
    text = index_text(load(root=SMALL))
    assert f"`heard_first` ({RULES})" in text
    assert all(f"`{rule.id}`" in text for _, rule in rules(load(root=SMALL)))


def test_the_lock_tells_a_changed_folder(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    book = copy.load()
    (copy.root / "LOCK").write_text(lock_text(book), "utf-8")
    (copy.root / "INDEX.md").write_text(index_text(book), "utf-8")
    assert list(unlocked(book)) == []
    changed = copied(tmp_path).replace(CASE, 'name     = "小案"', 'name     = "大案"').load()
    assert lock_text(changed) != lock_text(book)
    (copy.root / "LOCK").write_text(lock_text(changed), "utf-8")
    assert [finding.file for finding in unlocked(book)] == ["LOCK"]


def test_the_digest_hangs_on_the_rules_and_not_on_examples_or_line_ends(tmp_path: Path) -> None:
    plain, windows, told = copied(tmp_path), copied(tmp_path), copied(tmp_path)
    path = windows.root / CASE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    told.append("procedures/small-case/examples.toml", '[[example]]\nname = "…"\n')
    digests = {copy.load().procedures["small.case"][0].digest for copy in (plain, windows, told)}
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("行政处罚法第六十四条第一项", Citation("行政处罚法", 64, item=1)),
        ("第五十八条第一款第二项", Citation("试验法", 58, paragraph=1, item=2)),
        ("《行政处罚法》第58条", Citation("行政处罚法", 58)),
        ("刑法第一百二十条之二", Citation("刑法", 120, sub=2)),
        ("第一千零七十七条第二款", Citation("试验法", 1077, paragraph=2)),
        ("试验意见", Citation("试验意见", 0)),
        ("", Citation("试验法", 0)),
    ],
)
def test_an_article_is_read_as_people_cite_it(text: str, found: Citation) -> None:
    assert parse(text, "试验法") == found


@pytest.mark.parametrize("text", ["第六十四", "第条", "第六十四条第一行", "第六十四条第一款第二项第三目"])
def test_what_is_no_article_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"看不懂这个条号|缺少数字"):
        parse(text)


def test_numerals_are_read_as_they_are_written() -> None:
    assert all(number(numeral(n)) == n for n in range(1, 3000))
    assert (numeral(10), numeral(12), numeral(105), numeral(1077)) == ("十", "十二", "一百零五", "一千零七十七")
    assert number("两千") == 2000
