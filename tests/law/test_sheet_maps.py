"""Mappings of other systems' workbooks: a name that leads nowhere is found by `law check`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import law_root, load
from fazheng.lawbook.sheet_faults import sheet_faults
from fazheng.lawbook.standing import unread_files

FILE = "local/示例县/sheets/hotline-12345.toml"
SPOILT = [
    ("hotline.ticket", "hotline.call", "没有程序“hotline.call”"),
    ('step = "contact"', 'step = "phone_back"', "“12345热线工单”没有步骤“phone_back”"),
    ('topic              = "诉求/标题"', "", "“12345热线工单”必填的“topic”没有写从哪一列来"),
    ("topic              =", "subject            =", "“12345热线工单”没有字段“subject”"),
    ('"投诉类" = "complaint"', '"投诉类" = "complain"', "没有可选项“complain”"),
    ('"紧急" = true', '"紧急" = "yes"', "要写 true 或 false，写成了“yes”"),
    ("{ always = false }", '{ always = false, column = "状态" }', "要写一样：列（column），或者总是什么（always）"),
    ('"序号", "工单状态"', '"工单编号", "工单状态"', "列“工单编号”既读又写在 passed_over 里"),
    ('system      = "12345平台"', 'system      = "待定"', "写着“待定”的还没有定"),
    ('step = "sign_in"', 'step = "contact"', "步骤“contact”写了两次"),
]


def _copy(folder: Path, old: str, new: str) -> Path:
    root = folder / "law"
    shutil.copytree(law_root(), root)
    text = (root / FILE).read_text("utf-8")
    assert old in text
    (root / FILE).write_text(text.replace(old, new, 1), "utf-8")
    return root


@pytest.mark.parametrize(("old", "new", "finding"), SPOILT)
def test_a_name_that_leads_nowhere_is_found(tmp_path: Path, old: str, new: str, finding: str) -> None:
    found = [str(one) for one in sheet_faults(load(_copy(tmp_path, old, new), "示例县"))]
    assert any(one.startswith(f"{FILE}：hotline-12345：") and finding in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("head_rows   =", "rows_of_heads =", "不认识的词“rows_of_heads”"),
        ("topic              =", 'phone              = "电话"\ntopic =', "不是完好的 TOML"),
    ],
)
def test_an_unknown_word_or_two_columns_for_a_field_stop_the_loading(
    tmp_path: Path, old: str, new: str, finding: str
) -> None:
    with pytest.raises(LawFault, match=finding):
        load(_copy(tmp_path, old, new), "示例县")


def test_the_mappings_of_the_place_stand_and_belong_to_it_alone() -> None:
    book = load(place="示例县")
    assert set(book.sheets) == {"hotline-12345", "organisation-platform", "assistance-requests"}
    assert list(sheet_faults(book)) == []
    assert not load().sheets
    assert not [one for one in unread_files(law_root()) if "sheets" in one.file]
