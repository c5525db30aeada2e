"""`fazheng checkup`: reads reports as a careful official would."""

from __future__ import annotations

import json
from pathlib import Path

import click

from fazheng.checkup.finding import Finding
from fazheng.checkup.reading import Unreadable, read
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.told.as_json import as_json
from fazheng.checkup.told.as_text import as_text
from fazheng.cli.chinese import Command
from fazheng.cli.common import placed, say, settings


@click.command("checkup", cls=Command)
@click.argument("files", metavar="文件", nargs=-1, required=True)
@click.option("--year", type=click.IntRange(1990, 2100), help="报告年度（不写时由文中推断，并写出理由）")
@placed
def checkup(files: tuple[str, ...], year: int | None) -> int:
    """给报告做体检：数字、引用、时间、文字、缺项、个人信息。"""
    read_all: list[tuple[Report, list[Finding]]] = []
    unreadable = False
    for file in files:
        try:
            report = Report(read(Path(file)), year=year)
        except Unreadable as fault:
            click.echo(str(fault), err=True)
            unreadable = True
            continue
        read_all.append((report, run(report)))
    if settings().form == "json":
        say(json.dumps([as_json(report, found) for report, found in read_all], ensure_ascii=False, indent=1))
    else:
        for report, found in read_all:
            say(as_text(report, found))
    if unreadable:
        return 2
    return int(any(finding.severity != "info" for _, found in read_all for finding in found))


COMMANDS = (checkup,)
