"""The command line. Exit 0: done; 1: refused, or faults found; 2: the input cannot be used. Messages are Chinese."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from fazheng.cli import chinese
from fazheng.cli.common import Settings, common
from fazheng.cli.rooms import Rooms
from fazheng.cli.with_commands import with_commands


@click.group(cls=Rooms, context_settings={"help_option_names": ["--help", "-h"], "obj": None})
@common
@click.pass_context
def fazheng(context: click.Context) -> None:
    """法正：民政局依法行政的账本。"""


def run(arguments: Sequence[str]) -> int:
    """Runs one command; its exit code. A fault that was foreseen is one Chinese sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result = fazheng.main(list(arguments), prog_name="fazheng", standalone_mode=False, obj=Settings())
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo("已中断，没有写入。", err=True)
        return 2
    except click.ClickException as fault:
        click.echo(chinese.said(fault), err=True)
        return 2
    except Exception as fault:
        click.echo(_said(fault), err=True)
        return 2
    return result if isinstance(result, int) else 0


def _said(fault: Exception) -> str:
    """The sentence on a fault. One of the program itself gives the reader a sentence, a maintainer the trace."""
    from fazheng.cli.foreseen import EXPLAINED, UNUSABLE, explained  # only now: they stand in many rooms

    if isinstance(fault, UNUSABLE):
        return with_commands(str(fault))
    if isinstance(fault, EXPLAINED):
        return with_commands(str(explained(fault)))
    if os.environ.get("FAZHENG_TRACE"):
        raise fault
    return f"程序出错（{type(fault).__name__}），没有写入。请把所用的命令告诉维护人员；设 FAZHENG_TRACE=1 可看经过"
