"""Which database a table lives in: the book holds the law's tables alone, the desk's file everything of the pages."""

from __future__ import annotations

from typing import Any

from fazheng.ledger.storage import DESK_ALIAS

BOOK_APP = "ledger"


class DeskRouter:
    """Sends `ledger` to the book and every other app to the desk's own file."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default" if model._meta.app_label == BOOK_APP else DESK_ALIAS

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return bool((first._meta.app_label == BOOK_APP) == (second._meta.app_label == BOOK_APP))

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == DESK_ALIAS) != (app_label == BOOK_APP)  # a copy of the book is a book, too
