"""A file that is no text we can read."""

from __future__ import annotations


class Unreadable(Exception):
    """The message is one Chinese sentence: what is wrong with the file, and what to do."""


class Foreign(Unreadable):
    """A text in a form that we do not read, and an office program may. `form`: its usual ending."""

    def __init__(self, said: str, form: str) -> None:
        super().__init__(said)
        self.form = form
