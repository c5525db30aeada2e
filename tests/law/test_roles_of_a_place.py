"""A place names its posts and says who serves in them; who acts by national law it cannot replace."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import law_root, load
from fazheng.lawbook.procedure import Procedure
from fazheng.lawbook.standing import faults

PLACE = "示例县"
ROLES = Path("local") / PLACE / "roles.toml"


def told(tmp_path: Path, text: str) -> list[str]:
    """What start-up says of the law files when the place writes this of its roles."""
    root = tmp_path / "law"
    shutil.copytree(law_root(), root)
    (root / ROLES).write_text(text, "utf-8")
    return [str(fault) for fault in faults(load(root))]


def hotline(place: str) -> Procedure:
    return load(place=place).procedures["hotline.ticket"][-1]


def test_a_role_is_called_and_served_as_the_place_says() -> None:
    assert hotline(PLACE).roles["hotline_desk"].name == "热线承办员（办公室）"
    assert hotline(PLACE).serving("hotline_desk") == {"hotline_desk", "office"}


def test_elsewhere_the_role_is_what_the_procedure_says() -> None:
    assert hotline("").roles["hotline_desk"].name == "热线承办员"
    assert hotline("").serving("hotline_desk") == {"hotline_desk"}


@pytest.mark.parametrize(
    ("of", "role"), [("penalty.ordinary", "officer"), ("penalty.ordinary", "bureau_head"), ("petition", "bureau_head")]
)
def test_who_acts_by_national_law_is_not_replaced(tmp_path: Path, of: str, role: str) -> None:
    text = f'[[role]]\nid = "{role}"\nof = "{of}"\nheld_by = ["office"]\n'
    assert any("由谁办理是全国的规定" in line for line in told(tmp_path, text))


def test_even_a_law_file_that_slips_through_puts_nobody_else_in_a_national_role(tmp_path: Path) -> None:
    root = tmp_path / "law"
    shutil.copytree(law_root(), root)
    (root / ROLES).write_text('[[role]]\nid = "officer"\nof = "penalty.ordinary"\nheld_by = ["office"]\n', "utf-8")
    assert load(root, PLACE).procedures["penalty.ordinary"][-1].serving("officer") == {"officer"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[[role]]\nid = "nobody"\n', "没有哪个程序有这个角色"),
        ('[[role]]\nid = "hotline_desk"\nheld_by = ["nobody"]\n', "人员名册里没有“nobody”这个角色"),
    ],
)
def test_a_role_that_leads_nowhere_stops_start_up(tmp_path: Path, text: str, what: str) -> None:
    assert any(what in line for line in told(tmp_path, text))


def test_a_procedure_does_not_say_who_else_serves(tmp_path: Path) -> None:
    root = tmp_path / "law"
    shutil.copytree(law_root(), root)
    file = root / "procedures" / "hotline-ticket" / "procedure.toml"
    text = file.read_text("utf-8")
    old = 'hotline_desk = "热线承办员"'
    assert old in text
    file.write_text(text.replace(old, 'hotline_desk = { name = "热线承办员", held_by = ["office"] }'), "utf-8")
    with pytest.raises(LawFault, match="held_by 只能由地方写"):
        load(root)
