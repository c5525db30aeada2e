"""The program as it stands once it is started, before it is told what to do: what `typing` forks."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "fazheng.site.settings"
django.setup()

import click  # noqa: E402

from fazheng.cli.main import fazheng  # noqa: E402
from fazheng.cli.rooms import ROOMS  # noqa: E402

for name in ROOMS.keys() - {"serve", "account"}:  # these two have settings of their own
    fazheng.get_command(click.Context(fazheng), name)
