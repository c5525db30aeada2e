"""A file that is no text we can read."""

from __future__ import annotations


class Unreadable(Exception):
    """The message is one Chinese sentence: what is wrong with the file, and what to do."""
