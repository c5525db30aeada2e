"""What every command shares: the home, the bureau, the form of the answer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau, the_bureau
from fazheng.casework.rebuild import rebuild_all
from fazheng.casework.workbook.layout import procedures_named
from fazheng.cli.with_commands import with_commands
from fazheng.issuing import fault, files
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.standing import standing
from fazheng.ledger.storage import open_home
from fazheng.ledger.witness import complaint
from fazheng.procedure.fields import FieldFault, read_date

C = TypeVar("C", bound=Callable[..., Any])
DEFAULT_HOME = "fazheng-home"
Unusable = fault.Unusable
REPORTS = files.REPORTS


def procedure_id(name: str, book: LawBook) -> str:
    """The id of the procedure of that Chinese name or id. Raises Unusable, which names the nearest and all."""
    found = next(iter(procedures_named(name, book)), "")
    if not found:
        names = {versions[-1].name: id for id, versions in book.procedures.items()}
        near = next(iter(get_close_matches(name, names, n=1, cutoff=0)), "")
        told = "、".join(f"{known}［{id}］" for known, id in names.items())
        raise Unusable(f"没有“{name}”这个程序，最接近的是“{near}”；有：{told}")
    return found


@dataclass
class Settings:
    """Options that may stand before or after the command's name."""

    home: str = field(default_factory=lambda: os.environ.get("FAZHENG_HOME") or DEFAULT_HOME)
    bureau: str = ""
    form: str = "text"

    @property
    def json(self) -> bool:
        return self.form == "json"

    def open(self) -> Bureau:
        """Opens the home and gives its bureau. Raises HomeMissing, HomeUnreadable, BureauFault."""
        open_book(Path(self.home))
        bureau = the_bureau(self.bureau)
        standing(bureau.place)  # nothing is decided by law files with a fault
        return bureau


def open_book(home: Path, *, create: bool = False) -> None:
    """Opens the home, brought up to date where an earlier release wrote it. On stderr: that it was brought up to date,
    and loudly where the book is behind what this home has seen. Raises HomeMissing, HomeUnreadable.
    """
    upgraded = open_home(home, create=create, then=rebuild_all)
    if upgraded:
        kept = f"，升级前的账本另存在 {upgraded.kept}" if upgraded.kept else ""
        click.echo(f"账本由较早的版本写成，已升级，条目没有改动，统计用表已重做{kept}", err=True)
    if said := complaint(home):
        click.echo(f"警告：{with_commands(said)}", err=True)


def _keeps(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(context.find_root().obj, name, value)

    return keep


def _option(flag: str, name: str, help: str, **more: Any) -> Callable[[C], C]:
    return click.option(flag, name, callback=_keeps(name), expose_value=False, help=help, **more)


def placed(command: C) -> C:
    """Adds --home and --format."""
    shown = _option("--format", "form", "答复的样式", type=click.Choice(["text", "json"]))
    return _option("--home", "home", "账本所在的文件夹（也可用环境变量 FAZHENG_HOME）", metavar="DIR")(shown(command))


def common(command: C) -> C:
    """Adds --home, --bureau and --format."""
    return placed(_option("--bureau", "bureau", "单位编号（账本里有几个单位时）", metavar="CODE")(command))


def settings() -> Settings:
    """The options of the command that is running."""
    found = click.get_current_context().find_root().obj
    assert isinstance(found, Settings)
    return found


def say(text: str) -> None:
    """One line or more for the reader."""
    click.echo(text)


def answer(value: Any, text: Callable[[], str]) -> None:
    """The value as JSON where a program reads, else the text."""
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str) if settings().json else text())


def day(text: str) -> date:
    """A date of the command line. Raises Unusable."""
    try:
        return date.fromisoformat(read_date(text))
    except FieldFault as fault:
        raise Unusable(str(fault)) from fault


def day_or_today(text: str) -> date:
    """A date of the command line; today in Asia/Shanghai where it is empty."""
    return day(text) if text else clock.today()
