"""The groups of pages, one module each with its `urls`; one that nobody has written yet is left out."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

ROOMS = (
    "account", "help", "law", "today", "lists", "search", "cases", "review", "signing", "registers", "people",
    "importing", "setup", "figures", "report", "checkup", "audit", "head", "accounts",
)  # fmt: skip


def every_url() -> list[URLPattern]:
    """Every address, in the order of ROOMS."""
    there = [f"{__package__}.{name}" for name in ROOMS if find_spec(f"{__package__}.{name}")]
    return [url for name in there for url in import_module(name).urls]
