"""Where each command stands: a command's modules are imported when it is called, not before."""

from __future__ import annotations

from importlib import import_module

import click

from fazheng.cli import chinese

# The command's name, and its modules: the first has it among its COMMANDS, the others add to it.
ROOMS = {
    "account": ("serve",),
    "ask": ("asking",),
    "attach": ("attachments",),
    "attachment": ("attachments",),
    "backup": ("keeping",),
    "case": ("case", "promises"),
    "checkpoint": ("proofs",),
    "checkup": ("checkup",),
    "clock": ("clock",),
    "commands": ("reference",),
    "declare": ("declaring",),
    "demo": ("demo",),
    "due": ("due",),
    "duties": ("duties",),
    "export": ("exports",),
    "figures": ("numbers",),
    "fill": ("filling",),
    "handover": ("people",),
    "import": ("sheets",),
    "init": ("book",),
    "law": ("law",),
    "map": ("mapping",),
    "officers": ("officers",),
    "organisation": ("organisation",),
    "outline": ("numbers",),
    "paper": ("papers",),
    "paper-signed": ("people",),
    "powers": (
        "powers",
        "powers_card",
        "powers_work",
    ),
    "private": ("private",),
    "promise": ("promises",),
    "prove": ("proofs",),
    "publication": (
        "publication",
        "packages",
    ),
    "rebuild": ("book",),
    "receipt": ("proofs",),
    "record": ("record",),
    "recording": ("record",),
    "register": ("registers",),
    "report": ("numbers",),
    "restate": ("signing",),
    "restore": ("keeping",),
    "retention": ("retention",),
    "serve": ("serve",),
    "sign": ("signing",),
    "staff": ("people",),
    "status": ("book",),
    "task": ("registers",),
    "template": ("sheets",),
    "told": ("told",),
    "verify": ("book",),
    "zero": ("registers",),
}


class Rooms(chinese.Group):
    """The group of all commands, which imports one when it is asked for: to start takes half the time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, with what other modules add to it; None if there is none."""
        if cmd_name not in self.commands and cmd_name in ROOMS:
            rooms = [import_module(f"fazheng.cli.{name}") for name in ROOMS[cmd_name]]
            self.add_command(next(one for one in rooms[0].COMMANDS if one.name == cmd_name))
        return self.commands.get(cmd_name)
