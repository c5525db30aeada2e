"""What every way to issue a report may answer instead."""

from __future__ import annotations


class Unusable(Exception):
    """The input cannot be used; the message says why and what to do."""
