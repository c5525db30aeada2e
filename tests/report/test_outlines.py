"""Outlines are data: every required part is served, no section twice, none unknown; a place chooses."""

import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs

from fazheng.casework.bureaux import Bureau
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import LawBook, law_root, load
from fazheng.lawbook.outline import Heading, Outline
from fazheng.report import OutlineUnknown, compose, findings, flow
from fazheng.report.composed import PartText, Piece, SectionText
from tests.figures.books import LAW
from tests.report.small_book import fill

VARIANTS = ("required-parts", "topics", "aspects", "three-parts")
HEADINGS = (
    Heading(title="甲", serves="done", sections=("cases",)),
    Heading(title="乙", serves="short", sections=("late", "broken", "local")),
    Heading(title="丙", serves="other", sections=("listed", "matters")),
)


def with_outline(*headings: Heading) -> LawBook:
    """The toy law with one outline."""
    law = load(root=LAW)
    outline = Outline(id="x", name="一种", headings=headings)
    return replace(law, reports={"toy": structs.replace(law.reports["toy"], outlines={"x": outline})})


def said(*headings: Heading) -> list[str]:
    return [finding.what for finding in findings(with_outline(*headings))]


def sections_of_the_toy_law() -> set[str]:
    return {section.id for section in load(root=LAW).reports["toy"].sections}


def test_the_toy_outline_is_without_fault() -> None:
    assert {id for heading in HEADINGS for id in heading.sections} == sections_of_the_toy_law()
    assert said(*HEADINGS) == []


def test_a_required_part_that_no_heading_serves_is_found() -> None:
    assert said(*HEADINGS[:2]) == ["提纲：没有一个标题服务于应有的部分“其他”（other）"]


def test_a_heading_that_claims_to_serve_a_part_without_its_sections_is_found() -> None:
    empty = Heading(title="丙", serves="other", heading=(Heading(title="丁"),))
    assert "提纲：标题“丁”下面没有小节，也没有下一级标题" in said(*HEADINGS[:2], empty)
    assert "提纲：没有一个标题服务于应有的部分“其他”（other）" in said(*HEADINGS[:2], empty)
    wrong = Heading(title="丙", serves="other", sections=("listed", "matters", "late"))
    found = said(HEADINGS[0], structs.replace(HEADINGS[1], sections=("broken", "local")), wrong)
    assert found == ["提纲：小节“late”属于部分“short”，不能放在服务于“other”的标题“丙”下面"]


def test_a_section_listed_twice_and_one_that_is_not_there_are_found() -> None:
    twice = structs.replace(HEADINGS[0], sections=("cases", "cases"))
    assert said(twice, *HEADINGS[1:]) == ["提纲：小节“cases”列了2次"]
    unknown = structs.replace(HEADINGS[0], sections=("cases", "none"))
    assert said(unknown, *HEADINGS[1:]) == ["提纲：标题“甲”写了没有的小节“none”"]


def test_a_heading_names_the_part_it_serves_and_counts_nothing() -> None:
    nameless = structs.replace(HEADINGS[0], serves="")
    assert any("没有写明服务于哪个部分" in what for what in said(nameless, *HEADINGS[1:]))
    counted = structs.replace(HEADINGS[0], title="完成3件大事")
    assert any("不能写数" in what for what in said(counted, *HEADINGS[1:]))
    assert said(structs.replace(HEADINGS[0], title="{{ next_year }}年安排"), *HEADINGS[1:]) == []


def test_the_law_check_refuses_a_broken_outline_and_a_report_is_not_composed_by_it(tmp_path: Path) -> None:
    law = Path(shutil.copytree(law_root(), tmp_path / "law"))
    file = law / "reports" / "rule-of-law" / "outlines" / "4-three-parts.toml"
    file.write_text(file.read_text("utf-8").replace('"organisations", ', '"organisations", "organisations", '), "utf-8")
    broken = load(law)
    assert [str(one.what) for one in findings(broken)] == ["提纲：小节“organisations”列了2次"]
    with pytest.raises(LawFault, match="列了2次"):
        compose("999001", "示例县民政局", broken, 2024, {}, outline="topics")


def test_a_place_chooses_an_outline_or_brings_its_own(tmp_path: Path, home: Path) -> None:
    bureau = fill(home)
    law = Path(shutil.copytree(law_root(), tmp_path / "law"))
    local = law / "local" / "示例县" / "outline.toml"
    local.write_text('[[outline]]\nreport = "rule_of_law"\nid = "topics"\n', "utf-8")
    report = compose(bureau.code, bureau.name, load(law, "示例县"), 2024, {})
    assert report.outline == "topics"
    assert "行政执法专题" in [heading.name for heading in report.headings]
    assert load(law).reports["rule_of_law"].uses == ""
    overridden = compose(bureau.code, bureau.name, load(law, "示例县"), 2024, {}, outline="aspects")
    assert overridden.outline == "aspects"
    national = load(law).reports["rule_of_law"].outlines["three-parts"]
    rows = "\n".join(
        f'[[outline.heading]]\ntitle = "本地{chr(0x7532 + n)}"\nserves = "{part}"\nsections = {list(ids)}'
        for n, (part, ids) in enumerate(parts_of(national), 1)
    ).replace("'", '"')
    other = Path(shutil.copytree(law_root(), tmp_path / "other"))
    file = other / "local" / "示例县" / "outline.toml"
    file.write_text(f'[[outline]]\nreport = "rule_of_law"\nid = "ours"\nname = "本地"\n{rows}\n', "utf-8")
    mine = load(other, "示例县")
    assert findings(mine) == []
    assert compose(bureau.code, bureau.name, mine, 2024, {}).outline == "ours"


def parts_of(outline: Outline) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for _, heading, serves in outline.walk():
        found.setdefault(serves, []).extend(heading.sections)
    return list(found.items())


def test_an_outline_that_is_not_there_is_refused_with_those_that_are(home: Path) -> None:
    bureau = fill(home)
    with pytest.raises(OutlineUnknown, match="没有提纲“none”；有：required-parts、topics、aspects、three-parts"):
        compose(bureau.code, bureau.name, load(place=bureau.place), 2024, {}, outline="none")


def test_what_an_outline_leaves_out_is_told_where_it_has_something_to_say(home: Path) -> None:
    bureau: Bureau = fill(home)
    book = load(place=bureau.place)
    report = book.reports["rule_of_law"]
    short = Outline(
        id="short",
        name="短",
        headings=tuple(
            Heading(title=name, serves=part, sections=tuple(s.id for s in report.sections if s.part == part)[-1:])
            for part, name in report.parts.items()
        ),
    )
    changed = replace(book, reports={"rule_of_law": structs.replace(report, outlines={"short": short})})
    absent = compose(bureau.code, bureau.name, changed, 2024, {}).absent
    left = {one.title for one in absent if one.why == "所用的提纲没有列入这一节"}
    assert "12345热线" in left
    assert "学法" not in left  # it had nothing to say


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_variant_serves_every_required_part_and_lists_every_section(variant: str) -> None:
    report = load().reports["rule_of_law"]
    outline = report.outlines[variant]
    assert {serves for _, _, serves in outline.walk()} == set(report.parts)
    assert sorted(outline.sections) == sorted(section.id for section in report.sections)
    assert max(level for level, _, _ in outline.walk()) == 2


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_heading_says_something_or_is_said_to_be_blank(variant: str, home: Path) -> None:
    bureau = fill(home)
    report = compose(bureau.code, bureau.name, load(place=bureau.place), 2024, {}, outline=variant)
    assert {heading.serves for heading in report.headings} == set(load().reports["rule_of_law"].parts.values())
    run = [*flow(report, blanks=True), None]
    for block, after in pairwise(run):
        if block and block.level:
            assert after is not None
            assert after.level > block.level or not after.level, block.text
    signed = list(flow(report))
    assert "blank" not in {block.kind for block in signed}


def test_headings_are_numbered_by_level_and_small_zeros_stand_in_one_sentence(home: Path) -> None:
    zeros = tuple(SectionText(name, "", "zero", (), none=(one(name),)) for name in ("甲类", "乙类", "丙类"))
    told = SectionText("said", "", "some", (one("有一句。"),))
    parts = (
        PartText("总", (), below=(PartText("分", (zeros[0], told, *zeros[1:]), 2, zeros="本年没有"),)),
        PartText("空", ()),
    )
    law = load(root=LAW)
    report = replace(compose("999001", "示例局", law, 2024, {}), parts=parts)
    texts = [block.text for block in flow(report)]
    assert texts == ["一、总", "（一）分", "有一句。", "本年没有甲类、乙类和丙类。"]


def one(text: str) -> Piece:
    return Piece(text, figure="f", source="f")


def test_a_place_that_chooses_an_outline_that_is_not_there_is_found(tmp_path: Path) -> None:
    law = Path(shutil.copytree(law_root(), tmp_path / "law"))
    (law / "local" / "示例县" / "outline.toml").write_text(
        '[[outline]]\nreport = "rule_of_law"\nid = "gone"\n', "utf-8"
    )
    assert [one.what for one in findings(load(law, "示例县"))] == ["本地选的提纲“gone”没有"]
