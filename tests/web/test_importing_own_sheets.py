"""A register as offices really keep it: two rows of heads, sums and notes below, hidden sheets, one a month."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet

from fazheng.ledger.models import CaseRow
from tests.web.conftest import AtWork
from tests.web.test_importing import checked, seen_in, settled, text

Clients = Callable[[str], Client]
HEADS = ["工单号", "接收工单日期", "诉求类别", "诉求事项", "诉求内容", "是否紧急"]
TITLE = "示例县民政局12345热线工单台账"


def row(n: int, **other: object) -> list[Any]:
    usual = dict(
        zip(HEADS, [f"示例{n}", f"2026.11.{n}", "投诉", "养老机构收费", "收费与公示的不一致", "否"], strict=True)
    )
    return list((usual | other).values())


def sheet(rows: list[list[Any]], of: Worksheet | None = None) -> openpyxl.Workbook:
    """A workbook with those rows in its first sheet; in `of` where one is given."""
    book = openpyxl.Workbook() if of is None else of.parent
    into = of or book.active
    assert into is not None
    for one in rows:
        into.append(one)
    return book


def proposed(client: Client, url: str) -> dict[str, str]:
    """The boxes of the page that matches columns, as they stand."""
    page, found = text(client.get(f"{url}columns/?of=hotline.ticket")), dict[str, str]()
    for box in re.finditer(r'<select id="[^"]+" name="([^"]+)".*?</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', box[0])
        if not box[1].startswith("s_"):
            found[box[1]] = unescape(chosen[1]) if chosen else ""
    return found | {"seen": seen_in(page)}


def tried(client: Client, book: openpyxl.Workbook, folder: Path, **chosen: str) -> tuple[str, str]:
    """The address of the import of that workbook, and its page once its columns are matched as they are proposed."""
    book.save(folder / "自己的.xlsx")
    url, page = checked(client, (folder / "自己的.xlsx").read_bytes())
    if "没有人对过列" not in page:
        return url, page
    form = proposed(client, url) | {"what": "match", "of": "hotline.ticket", "by": "=乙", "f_assigned_by_ruling": "=否"}
    assert client.post(f"{url}columns/", form | chosen).status_code == 302
    return url, settled(client, url)


def test_sums_notes_and_heads_that_stand_again_are_not_read_and_told(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    below = [
        ["合　计", None, "2件"],
        [],
        [None, "小 计", 2],
        ["填表人：示例", None, "填表日期：2026.11.5"],
        ["注：按日期排列"],
    ]
    _, page = tried(client_of("甲"), sheet([[TITLE], HEADS, row(1), HEADS, row(2), *below]), tmp_path)
    assert ("检查过了" in page, "12345热线工单 2 件" in page) == (True, True), page
    assert "第6、8、9、10行没有读，共4行：是合计或者说明" in page
    assert "第4行没有读，共1行：是又写了一遍的列名" in page


def test_two_rows_of_heads_are_joined_and_of_two_alike_the_first_is_proposed(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    upper = ["工单号", "接收工单日期", "诉求", None, None, "是否紧急", "诉求人", None]
    lower = [None, None, "诉求类别", "诉求事项", "诉求内容", None, "姓名", "电话"]
    book = sheet([upper, lower, [*row(1), "示例赵六", 13800138000]])
    into = book.active
    assert into is not None
    for merged in ("A1:A2", "B1:B2", "C1:E1", "F1:F2", "G1:H1"):
        into.merge_cells(merged)
    book.save(tmp_path / "两行.xlsx")
    client = client_of("甲")
    url, _ = checked(client, (tmp_path / "两行.xlsx").read_bytes())
    found = proposed(client, url)
    assert (found["f_kind"], found["f_caller"], found["f_phone"]) == ("诉求/诉求类别", "诉求人/姓名", "诉求人/电话")
    assert "12345热线工单 1 件" in tried(client, book, tmp_path)[1]


def test_a_hidden_sheet_and_a_cover_are_passed_over(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> None:
    book = sheet([HEADS, row(1), row(2)])
    hidden, cover = book.create_sheet("去年", 0), book.create_sheet("封面", 0)
    sheet([HEADS, row(9)], hidden)
    hidden.sheet_state = "hidden"
    cover["B3"], cover["B5"] = "示例县民政局", "台账"
    _, page = tried(client_of("甲"), book, tmp_path)
    assert ("12345热线工单 2 件" in page, "没有读" in page) == (True, False), page


def test_another_sheet_with_the_same_heads_is_told_and_next_months_is_known_by_its_heads(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client, book = client_of("甲"), sheet([HEADS, row(1)])
    assert book.active is not None
    book.active.title = "11月"
    sheet([HEADS, row(2)], book.create_sheet("12月"))
    sheet([["怎样填"]], book.create_sheet("说明"))
    url, page = tried(client, book, tmp_path)
    assert "只读了“11月”表；列名相同的“12月”表没有读" in page
    client.post(url, {"what": "confirm"})
    settled(client, url)
    del book["11月"]
    _, page = tried(client, book, tmp_path)
    assert ("没有人对过列" in page, "12345热线工单 1 件" in page) == (False, True)
    assert 'columns/">重新对列' in page


def test_a_register_that_only_counts_its_rows_is_numbered_with_the_day(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client, heads = client_of("甲"), ["序号", *HEADS[1:]]
    book = sheet([heads, [1, *row(1)[1:]], [2, date(2026, 11, 2), *row(2)[2:]]])
    url, page = tried(client, book, tmp_path, f_ticket_no="序号")
    assert "12345热线工单 2 件" in page, page
    client.post(url, {"what": "confirm"})
    settled(client, url)
    refs = CaseRow.objects.filter(ref__startswith="本单位台账-").values_list("ref", flat=True)
    assert sorted(refs) == ["本单位台账-1-2026-11-01", "本单位台账-2-2026-11-02"]
    _, page = tried(client, sheet([heads, [1, *row(9)[1:]], [2, "2026年11月2日", *row(2)[2:]]]), tmp_path)
    assert ("12345热线工单 1 件" in page, "1 行，不重复记" in page) == (True, True), "next month begins with 1 again"


@pytest.mark.parametrize("word", ["投诉举报", "非投诉", "不是投诉"])
def test_a_word_that_may_mean_two_things_or_the_opposite_is_a_fault_and_not_guessed(
    desk_home: AtWork, client_of: Clients, tmp_path: Path, word: str
) -> None:
    _, page = tried(client_of("甲"), sheet([HEADS, row(1, 诉求类别=word)]), tmp_path)
    assert f"“{word}”不在可选项里" in page


def test_a_word_that_is_understood_is_shown_as_what(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> None:
    client = client_of("甲")
    book = sheet([HEADS, row(1, 诉求类别="1.投诉")])
    url, page = tried(client, book, tmp_path)
    assert "12345热线工单 1 件" in page
    assert "“诉求类别”列里的“1.投诉”记作“投诉”" in text(client.get(f"{url}columns/?of=hotline.ticket"))


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026.3.5", ""), ("２０２６年３月５日", ""), (46086, ""), ("46086", ""), ("2026.03.05 14:20", ""), (20260305, ""),
     ("3月5日", "不是日期"), ("2026.3.5至2026.3.7", "不是日期"), ("2026年2月30日", "这一天不存在")],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written_and_never_guessed(
    desk_home: AtWork, client_of: Clients, tmp_path: Path, day: object, said: str
) -> None:
    _, page = tried(client_of("甲"), sheet([HEADS, row(1, 接收工单日期=day)]), tmp_path)
    assert (said or "检查过了") in page, page


@pytest.mark.parametrize("number", [1.23e17, "1.23E+17"])
def test_a_number_that_lost_its_last_digits_is_a_fault(
    desk_home: AtWork, client_of: Clients, tmp_path: Path, number: object
) -> None:
    _, page = tried(client_of("甲"), sheet([HEADS, row(1, 工单号=number)]), tmp_path)
    assert "末几位已经丢失" in page


def test_of_two_columns_of_one_name_the_first_is_read_and_that_is_told(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    _, page = tried(client_of("甲"), sheet([[*HEADS, "诉求内容"], [*row(1), "另一个"]]), tmp_path)
    assert "有2列都叫“诉求内容”，只看前一列" in page
    assert "passed_over" not in page


def test_a_column_that_is_called_as_one_field_is_not_proposed_for_another_and_what_no_column_has_can_be_said(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    heads = ["序号", "登记日期", "信访人", "信访形式", "信访事项"]
    client, book = client_of("甲"), sheet([heads, [1, "2026.11.3", "示例赵六", "来信", "养老机构收费"]])
    book.save(tmp_path / "信访.xlsx")
    url, _ = checked(client, (tmp_path / "信访.xlsx").read_bytes())
    page = text(client.get(f"{url}columns/?of=petition"))
    people = re.search(r'<select id="f_petitioners" .*?</select>', page, re.S)
    person = re.search(r'<select id="f_petitioner" .*?</select>', page, re.S)
    assert people is not None
    assert person is not None
    assert '<option value="信访人" selected>' in person[0]
    assert 'value="信访人" selected' not in people[0], "how many they are is not who they are"
    assert '<option value="=1">每一行都是：1</option>' in people[0]
    topic = re.search(r'<select id="f_topic" .*?</select>', page, re.S)
    assert topic is not None
    assert "每一行都是：台账没有写" in topic[0]
