"""SQL text with its parameters. A value never becomes part of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement; `params` stand in the order of its placeholders."""

    text: str
    params: tuple[Value, ...] = ()


def sql(template: str, *parts: Sql | Value) -> Sql:
    """The template with each `{}` filled: another piece with its parameters, or a placeholder for a value."""
    texts, params = [], list[Value]()
    for part in parts:
        texts.append(part.text if isinstance(part, Sql) else "%s")
        params += part.params if isinstance(part, Sql) else (part,)
    return Sql(template.format(*texts), tuple(params))


def joined(word: str, pieces: Iterable[Sql]) -> Sql:
    """The pieces in brackets, with `word` between them."""
    held = list(pieces)
    return Sql(
        "(" + f" {word} ".join(piece.text for piece in held) + ")",
        tuple(param for piece in held for param in piece.params),
    )


NEVER = Sql("1 = 0")
ALWAYS = Sql("1 = 1")
