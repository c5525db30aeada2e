"""The catalogue as it is published: every statute the bureau cites is there, and says what it was on any day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fazheng.lawbook import catalogue, texts
from fazheng.lawbook.catalogue import State, find, status_on
from fazheng.lawbook.load import load
from fazheng.lawbook.statute import Statute

HERE = Path(__file__).parent
CITED = (
    (HERE / "cited_by_the_bureau.txt").read_text("utf-8").splitlines()
)  # names as the fact sheets' tables write them
WITH_LIMITS = (HERE / "laws_with_limits.txt").read_text("utf-8").splitlines()
WRONG = [
    ("老年人权益保护法", "老年人权益保障法"),
    ("未成年保护法", "未成年人保护法"),
    ("残疾人保护法", "残疾人保障法"),
    ("法制宣传教育法", "法治宣传教育法"),
    ("法治宣传教育条例", "法治宣传教育法"),
    ("普法法", "法治宣传教育法"),
    ("督查工作规定", "督察工作规定"),
    ("政务公开条例", "政府信息公开条例"),
    ("居民委员会组织法", "城市居民委员会组织法"),
    ("村委会法", "村民委员会组织法"),
    ("突发事件应对管理法", "突发事件应对法"),
    ("重大行政决策程序条例", "重大行政决策程序暂行条例"),
    ("规范性文件备案审查条例", "法规规章备案审查条例"),
    ("收养登记条例", "中国公民收养子女登记办法"),
    ("募捐管理条例", "慈善组织公开募捐管理办法"),
    ("志愿者条例", "志愿服务条例"),
    ("社会救助条例", "社会救助法"),
    ("社会救助办法", "社会救助暂行办法"),
    ("城市低保条例", "城市居民最低生活保障条例"),
    ("个人隐私保护法", "个人信息保护法"),
    ("慈善法2024", "慈善法"),
    ("行政处罚条例", "行政处罚法"),
    ("殡葬法", "殡葬管理条例"),
    ("社会服务机构登记管理条例", "民办非企业单位登记管理暂行条例"),
    ("信访事项简易办理办法（试行）", "信访事项简易办理办法"),
    ("关于建立领导干部应知应会法律法规清单制度的意见", "应知应会意见"),
    ("国家行政机关公文格式", "党政机关公文格式"),
]
STOOD: list[tuple[str, str, State, str]] = [
    ("收养法", "2020-12-31", "in_force", "1999-04-01"),
    ("收养法", "2021-01-01", "repealed", "民法典"),
    ("婚姻法", "2024-05-20", "repealed", "民法典"),
    ("继承法", "2021-01-01", "repealed", "民法典"),
    ("合同法", "2021-01-01", "repealed", "民法典"),
    ("民法典", "2020-05-27", "not_passed", ""),
    ("民法典", "2020-05-28", "passed", ""),
    ("民法典", "2021-01-01", "in_force", "2021-01-01"),
    ("信访条例", "2022-04-30", "in_force", "2005-05-01"),
    ("信访条例", "2022-05-01", "repealed", "信访工作条例"),
    ("信访工作条例", "2022-05-01", "in_force", "2022-05-01"),
    ("社会救助法", "2026-04-29", "not_passed", ""),
    ("社会救助法", "2026-06-30", "passed", ""),
    ("社会救助法", "2026-07-01", "in_force", "2026-07-01"),
    ("行政处罚法", "2019-05-01", "in_force", "2018-01-01"),
    ("行政处罚法", "2021-07-14", "in_force", "2018-01-01"),
    ("行政处罚法", "2021-07-15", "in_force", "2021-07-15"),
    ("行政复议法", "2000-01-01", "in_force", "1999-10-01"),
    ("行政复议法", "2009-08-27", "in_force", "2009-08-27"),
    ("行政复议法", "2023-12-31", "in_force", "2018-01-01"),
    ("行政复议法", "2024-01-01", "in_force", "2024-01-01"),
    ("行政复议法实施条例", "2026-06-30", "in_force", "2007-08-01"),
    ("行政复议法实施条例", "2026-07-01", "in_force", "2026-07-01"),
    ("行政许可法", "2019-04-22", "in_force", "2004-07-01"),
    ("保守国家秘密法", "2024-05-01", "in_force", "2024-05-01"),
    ("保守国家秘密法", "2024-04-30", "in_force", "2010-10-01"),
    ("突发事件应对法", "2024-10-31", "in_force", "2007-11-01"),
    ("村民委员会组织法", "2025-12-31", "in_force", "2018-12-29"),
    ("村民委员会组织法", "2026-01-01", "in_force", "2026-01-01"),
    ("婚姻登记条例", "2025-05-10", "in_force", "2025-05-10"),
    ("殡葬管理条例", "2026-03-29", "in_force", "2013-01-01"),
    ("殡葬管理条例", "2026-03-30", "in_force", "2026-03-30"),
    ("社会组织登记管理机关行政处罚程序规定", "2021-10-14", "in_force", "2012-10-01"),
    ("取缔非法民间组织暂行办法", "2025-05-01", "repealed", "取缔非法社会组织办法"),
    ("社会团体年度检查暂行办法", "2026-01-01", "repealed", "社会团体年度检查办法"),
    ("社会团体年度检查办法", "2026-01-01", "in_force", "2026-01-01"),
    ("法治政府建设实施纲要（2021—2025年）", "2026-01-01", "repealed", ""),
    ("医疗保障法", "2026-11-22", "passed", ""),
    ("三项制度指导意见", "2024-01-01", "unknown", ""),
]


def known(name: str) -> Statute:
    found = find(load(), name)
    assert found is not None, name
    return found.statute


def every() -> Iterator[Statute]:
    yield from load().statutes.values()


@pytest.mark.parametrize("name", CITED)
def test_a_statute_of_the_fact_sheets_is_in_the_catalogue_by_its_right_name(name: str) -> None:
    found = find(load(), name)
    assert found is not None
    assert not found.wrong


@pytest.mark.parametrize("name", WITH_LIMITS)
def test_a_national_law_with_limits_is_there_with_an_installed_version(name: str) -> None:
    statute = known(name)
    assert statute.kind == "law"
    assert "package" in {version.text for version in statute.versions}


def test_the_catalogue_holds_about_two_hundred_statutes_of_every_kind() -> None:
    statutes = list(every())
    assert len(statutes) >= 200
    kinds = {"law", "regulation", "rule", "document", "party", "interpretation", "standard"}
    assert {statute.kind for statute in statutes} == kinds
    assert all(statute.name and statute.issuer and statute.status for statute in statutes)


def test_a_statute_file_is_named_as_the_statute_is_for_short() -> None:
    assert [s.file for s in every() if s.file != f"statutes/{s.short}.toml"] == []


@pytest.mark.parametrize(("name", "short"), WRONG)
def test_a_name_people_write_wrongly_leads_to_the_right_statute(name: str, short: str) -> None:
    found = find(load(), f"《{name}》")
    assert found is not None
    assert (found.statute.short, found.wrong) == (short, True)


@pytest.mark.parametrize(
    "written",
    [
        "行政处罚法",
        "《行政处罚法》",
        "中华人民共和国行政处罚法",
        "《中华人民共和国行政处罚法》",
        "处罚法",
        " 行政处罚法 ",
        "行政处罚法（2021修订）",
        "行政处罚法(2021年修订)",
        "中华人民共和国行政处罚法（2021年修订本）",
    ],
)
def test_a_statute_is_found_however_its_name_is_written(written: str) -> None:
    found = find(load(), written)
    assert found is not None
    assert (found.statute.short, found.wrong) == ("行政处罚法", False)


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("国办发〔2018〕118号", "三项制度指导意见"),
        ("国办发[2018]118号", "三项制度指导意见"),
        ("民政部令第68号", "社会组织处罚程序规定"),
        ("民政部令44号", "社会组织处罚程序规定"),
        ("中华人民共和国国务院令第825号", "行政执法监督条例"),
        ("关于实行国家机关“谁执法谁普法”普法责任制的意见", "普法责任制意见"),
        ("最高人民法院关于适用《行政诉讼法》的解释", "行政诉讼法解释"),
        ("临时救助意见（2018年）", "临时救助意见（2018年）"),
        ("GB/T 9704-2012", "党政机关公文格式"),
    ],
)
def test_a_document_is_found_by_its_number_and_by_a_title_within_a_title(written: str, short: str) -> None:
    assert known(written).short == short


@pytest.mark.parametrize("written", ["", "《》", "交通法", "法", "国务院令第709号", "国务院令第9999号"])
def test_what_means_no_one_statute_is_not_found(written: str) -> None:
    assert find(load(), written) is None  # 709: one order that changed many regulations


@pytest.mark.parametrize(("name", "day", "state", "told"), STOOD)
def test_what_a_statute_was_on_a_day(name: str, day: str, state: State, told: str) -> None:
    status = status_on(known(name), date.fromisoformat(day))
    assert status.state == state
    assert told == (str(status.version.from_) if status.version else "、".join(status.replaced_by if told else ()))


def test_a_status_says_since_when_it_is_changed_and_until_when_it_was_in_force() -> None:
    old = status_on(known("行政处罚法"), date(2020, 1, 1))
    assert (old.changed, old.certain) == (date(2021, 7, 15), True)
    assert status_on(known("行政处罚法"), date(2022, 1, 1)).changed is None
    assert status_on(known("收养法"), date(2024, 1, 1)).ended == date(2020, 12, 31)


def test_what_rests_on_a_day_nobody_read_is_uncertain() -> None:
    assert not status_on(known("社会团体年度检查暂行办法"), date(2026, 1, 1)).certain
    assert not status_on(known("社会救助暂行办法"), date(2026, 8, 1)).certain
    assert status_on(known("社会救助暂行办法"), date(2015, 1, 1)).certain
    assert status_on(known("收养法"), date(2024, 1, 1)).certain


@pytest.mark.parametrize("statute", list(every()), ids=lambda s: s.short)
def test_on_every_day_at_most_one_version_stands_and_none_outside_its_span(statute: Statute) -> None:
    for version, first, last in statute.spans():
        assert first <= last
        assert statute.version_on(first) is version
        assert statute.version_on(last) is version
    if statute.versions:
        assert statute.version_on(date(1949, 9, 30)) is None
    if statute.until:
        assert statute.version_on(date.max) is None


def test_whatever_replaced_a_statute_is_in_the_catalogue_and_leads_in_no_circle() -> None:
    for statute in every():
        road, at = [statute.short], statute
        while at.replaced_by:
            at = load().statutes[at.replaced_by[0]]
            assert at.short not in road, road
            road.append(at.short)


def test_the_nine_laws_the_civil_code_repealed_end_on_one_day() -> None:
    repealed = {s.short for s in every() if "民法典" in s.replaced_by}
    assert repealed == set("婚姻法 继承法 民法通则 收养法 担保法 合同法 物权法 侵权责任法 民法总则".split())
    assert {load().statutes[short].until for short in repealed} == {date(2020, 12, 31)}


def test_the_catalogue_has_no_finding() -> None:
    assert [str(finding) for finding in catalogue.findings(load())] == []
    assert catalogue.gaps(load()) == []


@pytest.mark.skipif(not texts.installed(), reason="the statute package is not installed")
def test_every_version_said_to_be_in_the_package_has_its_first_article_there() -> None:
    said = [(s, v) for s in every() for v in s.versions if v.text == "package"]
    assert len(said) > 80
    for statute, version in said:
        assert version.passed is not None, statute.short
        assert texts.article(statute.name, 1, version.passed) is not None, statute.short


@pytest.mark.skipif(not texts.installed(), reason="the statute package is not installed")
def test_the_package_s_older_wording_of_a_law_is_not_mixed_with_its_newer() -> None:
    old = texts.article("中华人民共和国仲裁法", 1, date(2017, 9, 1))
    new = texts.article("中华人民共和国仲裁法", 1, date(2025, 9, 12))
    assert old is not None
    assert new is not None
    assert old != new
    assert texts.article("中华人民共和国仲裁法", 1) == new
    assert texts.article("中华人民共和国仲裁法", 1, date(1994, 8, 31)) is None
