"""docs/commands.md, generated from the commands themselves: `fazheng commands > docs/commands.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from fazheng.cli import chinese

_SHARED = {"--home", "--bureau", "--format", "--help"}


@click.command(cls=chinese.Command)
@click.pass_context
def commands(context: click.Context) -> None:
    """打印全部命令的说明（docs/commands.md）。"""
    root = context.find_root().command
    assert isinstance(root, click.Group)
    click.echo(page(root), nl=False)


def page(root: click.Group) -> str:
    """The page: every command with its arguments, options and what it does."""
    head = [
        "# Commands",
        "",
        "Generated from the program; a test holds it equal. Help and messages are Chinese, as their readers are.",
        "",
        "`--home DIR` (or `FAZHENG_HOME`), `--bureau CODE` where a home holds several, and `--format text|json`",
        "may stand before or after a command's name.",
        "Exit codes: 0 done, 1 refused or faults found, 2 the input cannot be used. Dates are days in Asia/Shanghai.",
        "",
    ]
    return "\n".join([*head, *_group(root, "fazheng")]) + "\n"


def _group(group: click.Group, name: str) -> Iterator[str]:
    asked = click.Context(group)
    for short in sorted(group.list_commands(asked)):
        command = group.get_command(asked, short)
        assert command is not None  # it is on the list
        full = f"{name} {short}"
        if isinstance(command, click.Group):
            yield from _group(command, full)
        else:
            yield from _command(command, full)


def _command(command: click.Command, name: str) -> Iterator[str]:
    arguments = " ".join(
        p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)
    )
    yield f"## `{name}{' ' + arguments if arguments else ''}`"
    yield ""
    yield " ".join((command.help or "").split())
    yield ""
    options = [p for p in command.params if isinstance(p, click.Option) and not _SHARED & set(p.opts)]
    for option in options:
        needed = "（必填）" if option.required else ""
        yield f"- `{', '.join(option.opts)}`：{option.help}{needed}"
    if options:
        yield ""


COMMANDS = (commands,)
