"""What may be wrong with a file of the catalogue, each shown on a small law that is spoilt."""

from datetime import date
from pathlib import Path

import pytest

from fazheng.lawbook import catalogue
from tests.law.lawfiles import RULES, copied

OPINION = "statutes/试验意见.toml"
VERSION = "[[version]]\nfrom = 2020-01-01\n"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("from = 2020-01-01", "from = 2020-01-01\npassed = 2020-02-01", "通过或公布的日期2020-02-01在施行以后"),
        (VERSION, f"{VERSION}\n[[version]]\nfrom = 2019-01-01\n", "版本要按施行日先后写"),
        (VERSION, f"{VERSION}\n[[version]]\nfrom = 2020-01-01\n", "版本要按施行日先后写"),
        (VERSION, f"{VERSION}until = 2022-01-01\n\n[[version]]\nfrom = 2022-01-01\n", "两个版本的施行期间重叠"),
        ('short = "试验意见"', 'short = "试验意见"\nreplaced_by = ["没有的法"]', "目录里没有的“没有的法”"),
        ('short = "试验意见"', 'short = "试验意见"\nreplaced_by = ["试验意见"]', "不能由自己取代"),
        ('short = "试验意见"', 'short = "试验意见"\naliases = ["行政处罚法"]', "“行政处罚法”也指“行政处罚法”"),
        ('short = "试验意见"', 'short = "试验意见"\nwrong = ["《中华人民共和国行政处罚法》"]', "也指“行政处罚法”"),
        ('short = "试验意见"', 'short = "试验意见"\nwrong = ["行政处罚条例"]', "“行政处罚条例”也指“行政处罚法”"),
        ('short = "试验意见"', 'short = "试验意见"\nwrong = ["关于试验的意见"]', "又是名称又是误称"),
        ('short = "试验意见"', 'short = "试验意见"\nstatus = "有效"\nuntil = 2024-01-01', "status 要写已废止或期满"),
        ('short = "试验意见"', 'short = "试验意见"\nstatus = "已废止"', "写“已废止”的要有 until"),
        ('short = "试验意见"', 'short = "试验意见"\nstatus = "已废止"\nuntil = 2019-01-01', "已经终止，却有"),
        ("from = 2020-01-01", 'from = 2020-01-01\ntext = "file:texts/没有.txt"', "没有“file:texts/没有.txt”这个文件"),
        ("from = 2020-01-01", 'from = 2020-01-01\ntext = "file:../试验.txt"', "没有“file:../试验.txt”这个文件"),
        ("from = 2020-01-01", 'from = 2020-01-01\ntext = "网上"', "text 只能是 package 或 file:…"),
        ('short = "试验意见"', 'short = "试验意见"\nkind = "法"', "不认识的值"),
        ('short = "试验意见"', 'short = "试验意见"\nstatus = "在用"', "不认识的值"),
    ],
)
def test_a_fault_of_the_catalogue_is_found(tmp_path: Path, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(OPINION, old, new).findings()
    assert [line for line in told if what in line], told


def test_days_without_a_version_are_shown_and_no_fault(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    copy.replace(OPINION, VERSION, f"{VERSION}until = 2021-12-31\n\n[[version]]\nfrom = 2022-02-01\n")
    assert copy.findings() == []
    assert catalogue.gaps(copy.load()) == ["试验意见：2022-01-01至2022-01-31没有施行中的版本"]
    assert catalogue.status_on(copy.load().statutes["试验意见"], date(2022, 1, 15)).state == "unknown"


def test_a_text_that_lies_with_the_law_is_read_and_its_rules_are_held_against_it(tmp_path: Path) -> None:
    copy = copied(tmp_path).append("texts/试验意见.txt", "第一条 甲。\n第二条 乙。\n第三条 丙。\n第四条 丁。\n")
    copy.replace(OPINION, "from = 2020-01-01", 'from = 2020-01-01\ntext = "file:texts/试验意见.txt"')
    book = copy.load()
    statute = book.statutes["试验意见"]
    second = catalogue.article(book, statute, statute.versions[0], 2)
    assert second is not None
    assert second.text == "乙。"
    assert [line for line in copy.findings() if "unread_gate：缺少 says" in line]


@pytest.mark.parametrize(("says", "told"), [("丙", []), ("戊", ["“戊”不在试验意见第三条"])])
def test_a_rule_is_held_against_the_text_that_lies_with_the_law(tmp_path: Path, says: str, told: list[str]) -> None:
    copy = copied(tmp_path).append("texts/试验意见.txt", "第一条 甲。\n第二条 乙。\n第三条 丙。\n")
    copy.replace(OPINION, "from = 2020-01-01", 'from = 2020-01-01\ntext = "file:texts/试验意见.txt"')
    rule = 'id      = "unread_gate"\n'
    found = copy.replace(RULES, rule, rule + f'says = "{says}"\n').findings()
    assert [line.partition("unread_gate：")[2] for line in found if "unread_gate" in line] == told


def test_a_file_that_is_no_text_of_a_statute_is_a_finding(tmp_path: Path) -> None:
    copy = copied(tmp_path).append("texts/试验意见.txt", "没有条文\n")
    copy.replace(OPINION, "from = 2020-01-01", 'from = 2020-01-01\ntext = "file:texts/试验意见.txt"')
    assert [line for line in copy.findings() if "没有找到条文" in line]
