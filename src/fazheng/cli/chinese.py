"""Help and faults of the command line in Chinese: the library's own words are English."""

from __future__ import annotations

import re

import click
from click.formatting import HelpFormatter

_SAID = (
    (r"No such command '(.*?)'\.?.*", r"没有“\1”这个命令。用 fazheng --help 查看全部命令"),
    (r"No such option:? '?(.*?)'?\.?( .*)?$", r"没有“\1”这个选项。在命令后加 --help 查看用法"),
    (r"Missing argument '(.*?)'\.?", r"缺少“\1”。在命令后加 --help 查看用法"),
    (r"Missing option '(.*?)'\.?.*", r"缺少选项 \1。在命令后加 --help 查看用法"),
    (r"Option '(.*?)' requires an argument\.?", r"选项 \1 后面要写一个值"),
    (r"Got unexpected extra arguments? \((.*?)\)", r"多写了“\1”。含空格的内容要加引号"),
    (r"Invalid value for '(.*?)': '(.*?)' is not one of (.*?)\.?$", r"\1 不能是“\2”，只能是 \3"),
    (r"Invalid value for '(.*?)': '(.*?)' is not a valid integer( range)?\.?", r"\1 要写整数，不能是“\2”"),
    (r"Invalid value for '(.*?)': (.*)", r"\1 不对：\2"),
    (r"Missing command\.?", "没有写命令。用 --help 查看全部命令"),
)


def said(fault: click.ClickException) -> str:
    """The fault as one Chinese sentence."""
    message = fault.format_message()
    for pattern, chinese in _SAID:
        if re.match(pattern, message, re.DOTALL):
            return re.sub(pattern, chinese, message, flags=re.DOTALL)
    return f"命令写得不对（{message}）。在命令后加 --help 查看用法"


class Command(click.Command):
    """A command whose help is Chinese."""

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[选项]")
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        _options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help(super().get_help_option(ctx))


class Group(click.Group):
    """A group whose help is Chinese; its commands and groups are of these classes too."""

    command_class = Command
    group_class = type

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[选项] 命令 …", prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        _options(self, ctx, formatter)
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, one.get_short_help_str(60)) for name, one in found if one is not None]
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help(super().get_help_option(ctx))


def _help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示用法"
    return option


def _options(command: click.Command, ctx: click.Context, formatter: HelpFormatter) -> None:
    rows = [row for parameter in command.get_params(ctx) if (row := parameter.get_help_record(ctx)) is not None]
    if rows:
        with formatter.section("选项"):
            formatter.write_dl([(names, help.replace("[required]", "（必填）")) for names, help in rows])
