"""Garbage collected seldom while much is read in: what an import holds is no garbage until it ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 50_000  # made and not yet let go before the youngest are looked through; Python's own number is 700
_ROUNDS = 50  # of the youngest before the next older, and of those before all


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Looks seldom for cycles, and not among what was there before: the law files alone are some 100,000 objects.

    Everything is as it was afterwards. Objects that nothing refers to are let go at once, as always.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _ROUNDS, _ROUNDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
        gc.collect()  # or what went round in cycles stays until the oldest are looked through, which may be never
