"""The command line. Exit 0: done; 1: refused, or faults found; 2: the input cannot be used. Messages are Chinese."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click
from django.db import DatabaseError

from fazheng.casework.bureaux import BureauFault
from fazheng.casework.folding import CaseUnknown
from fazheng.casework.moment import ClockBehind
from fazheng.casework.workbook import UnusableWorkbook
from fazheng.cli import (
    asking,
    attachments,
    book,
    case,
    checkup,
    chinese,
    clock,
    declaring,
    demo,
    due,
    duties,
    exports,
    filling,
    keeping,
    law,
    mapping,
    numbers,
    officers,
    organisation,
    packages,
    papers,
    people,
    powers,
    powers_card,
    powers_work,
    private,
    promises,
    proofs,
    publication,
    record,
    reference,
    registers,
    retention,
    serve,
    sheets,
    signing,
    told,
)
from fazheng.cli.common import Settings, Unusable, common
from fazheng.exports import ExportFault
from fazheng.figures.wide.reader import BookMoved
from fazheng.lawbook.fault import LawFault
from fazheng.ledger.attachments import AttachmentFault
from fazheng.ledger.backup import BackupUnusable
from fazheng.ledger.chain import NotCanonical
from fazheng.ledger.faults import HomeMissing, HomeUnreadable, explained
from fazheng.ledger.private_keys import PrivateUnreadable
from fazheng.procedure.attempt import UnknownStep

_UNUSABLE = (
    UnusableWorkbook,
    Unusable,
    BackupUnusable,
    BureauFault,
    CaseUnknown,
    UnknownStep,
    LawFault,
    HomeMissing,
    HomeUnreadable,
    NotCanonical,
    ExportFault,
    PrivateUnreadable,
    AttachmentFault,
    ClockBehind,
    BookMoved,
)


_ROOMS = (
    asking,
    attachments,
    book,
    case,
    checkup,
    clock,
    declaring,
    demo,
    due,
    duties,
    exports,
    filling,
    keeping,
    law,
    mapping,
    numbers,
    officers,
    organisation,
    packages,
    papers,
    people,
    powers,
    powers_card,
    powers_work,
    private,
    promises,
    proofs,
    publication,
    record,
    reference,
    registers,
    retention,
    serve,
    sheets,
    signing,
    told,
)


@click.group(cls=chinese.Group, context_settings={"help_option_names": ["--help", "-h"], "obj": None})
@common
@click.pass_context
def fazheng(context: click.Context) -> None:
    """法正：民政局依法行政的账本。"""


for room in _ROOMS:
    for command in room.COMMANDS:
        fazheng.add_command(command)


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
    except _UNUSABLE as fault:
        click.echo(str(fault), err=True)
        return 2
    except (DatabaseError, OSError) as fault:
        click.echo(str(explained(fault)), err=True)
        return 2
    except Exception as fault:  # a fault of the program: the reader gets a sentence, a maintainer the trace
        if os.environ.get("FAZHENG_TRACE"):
            raise
        click.echo(
            f"程序出错（{type(fault).__name__}），没有写入。请把所用的命令告诉维护人员；设 FAZHENG_TRACE=1 可看经过",
            err=True,
        )
        return 2
    return result if isinstance(result, int) else 0
