"""`python -m tests.docs` writes the pages that are made from the program and the law files."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazheng.site.settings")
django.setup()

from fazheng.cli.main import fazheng  # noqa: E402
from fazheng.cli.reference import page as commands  # noqa: E402
from tests.docs import dossiers, rights  # noqa: E402
from tests.docs.mechanisms import PAGE, page  # noqa: E402
from tests.docs.pages import ROOT  # noqa: E402

PAGE.write_text(page(), "utf-8")
(ROOT / "docs" / "commands.md").write_text(commands(fazheng), "utf-8")
rights.PAGE.write_text(rights.page(), "utf-8")
dossiers.write()
