"""`fazheng checkup`: reads reports as a careful official would."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from fazheng.checkup.muted import NAME, Mute, MuteFault, read_muted, without_muted
from fazheng.checkup.reading import Unreadable, read
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document
from fazheng.checkup.told.as_html import as_html
from fazheng.checkup.told.as_json import as_json
from fazheng.checkup.told.as_text import as_text
from fazheng.checkup.told.sheet import as_sheet
from fazheng.checkup.told.summary import Checked
from fazheng.cli.checkup_quick import look_through
from fazheng.cli.chinese import Command
from fazheng.cli.common import Unusable, say, settings


@click.command("checkup", cls=Command)
@click.argument("files", metavar="文件…", nargs=-1)
@click.option("--year", type=click.IntRange(1990, 2100), help="报告年度（不写时由文中推断，并写出理由）")
@click.option(
    "--against", multiple=True, metavar="文件", help="与往年或别处的文本比对有没有照抄（可写几次，也可写文件夹）"
)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), help="答复的样式")
@click.option("--sheet", is_flag=True, help="只出一页体检单：必改、建议、提示")
@click.option(
    "--quick", "first_look", is_flag=True, help="先快查成批旧文：书名号里的名称、叠字、日期、合计，每秒上百兆"
)
@click.option("--page", is_flag=True, help="在这台电脑上打开一页，粘贴或拖入报告即可检查；不保存")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, help="--page 的端口")
@click.option(
    "--mute", "--quiet-list", metavar="文件", help=f"不再提示的名单（不写时用报告旁边的 {NAME}，没有就用数据目录里的）"
)
def checkup(
    files: tuple[str, ...], year: int | None, against: tuple[str, ...], form: str | None, sheet: bool,
    first_look: bool, page: bool, port: int, mute: str | None,
) -> int:  # fmt: skip
    """给报告做体检：数字、引用、时间、文字、缺项、个人信息。不联网，不留存。"""
    if page:
        return _serve(port)
    if not files:
        raise Unusable("没有写要检查的文件。如：fazheng checkup 报告.docx；或用 --page 打开页面")
    if first_look:
        return look_through(files)
    others = _others(against)
    muted = _muted(Path(mute)) if mute else None
    checked: list[Checked] = []
    unreadable = False
    for file in files:
        try:
            report = Report(read(Path(file)), year=year, others=others)
        except Unreadable as fault:
            click.echo(str(fault), err=True)
            unreadable = True
            continue
        entries = _muted(_list_for(Path(file))) if muted is None else muted
        checked.append(Checked(report, *without_muted(run(report), entries)))
    _tell(checked, form or ("json" if settings().json else "text"), sheet)
    if unreadable:
        return 2
    return int(any(finding.severity != "info" for one in checked for finding in one.findings))


def _serve(port: int) -> int:
    from fazheng.cli.checkup_page import serve

    try:
        serve(port, lambda _, address: say(f"请在浏览器打开 {address}（按 Ctrl+C 停止）"))
    except OSError as fault:
        raise Unusable(f"端口 {port} 用不了：{fault.strerror}。请用 --port 换一个") from fault
    return 0


def _tell(checked: Sequence[Checked], form: str, sheet: bool) -> None:
    if form == "json":
        say(json.dumps([as_json(one.report, one.findings) for one in checked], ensure_ascii=False, indent=1))
    elif form == "html":
        say(as_html(checked))
    elif checked:
        say("\n\n".join(as_sheet(one) if sheet else as_text(one) for one in checked))


def _list_for(report: Path) -> Path | None:
    """The bureau's list: beside the report, else in the home; None where there is none."""
    return next((path for place in (report.parent, Path(settings().home)) if (path := place / NAME).is_file()), None)


def _muted(path: Path | None) -> tuple[Mute, ...]:
    try:
        return read_muted(path) if path else ()
    except MuteFault as fault:
        raise Unusable(str(fault)) from fault


def _others(names: Sequence[str]) -> list[Document]:
    """The texts to compare with; of a folder, every file that can be read."""
    found = []
    for name in names:
        path = Path(name)
        within = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
        for one in within:
            try:
                found.append(read(one))
            except Unreadable as fault:
                if not path.is_dir():
                    raise Unusable(str(fault)) from fault
    return found


COMMANDS = (checkup,)
