"""The two hundred made case files: some clean, the others with one thing done wrong. The same each time."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from random import Random

from fazheng.lawbook.load import load
from fazheng.procedure.examples import calendar_of
from tests.enforcement import ordinary, summary
from tests.enforcement.story import PLACE, CaseFile, Story

FILES, CLEAN, SEED = 200, 60, 20_210_715
FIRST, DAYS = date(2024, 1, 8), 620  # the first day on which a file is opened, and on how many days more
SHAPES: Mapping[str, tuple[str, Callable[[Story], None]]] = {
    name: (module.PROCEDURE, shape) for module in (ordinary, summary) for name, shape in module.SHAPES.items()
}


@dataclass(frozen=True)
class Kind:
    """One thing that is done wrong; the fields are told in kinds.toml."""

    id: str
    name: str
    article: str
    phase: str
    shapes: tuple[str, ...]
    limit: str = ""


@cache
def kinds() -> dict[str, Kind]:
    raw = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    return {id: Kind(id=id, **{**row, "shapes": tuple(row["shapes"])}) for id, row in raw.items()}


def made(number: int, shape: str, planted: str = "") -> CaseFile:
    """One file, by its number."""
    procedure, tell = SHAPES[shape]
    random = Random(SEED + number)
    day = calendar_of(load(place=PLACE)).on_or_after(FIRST + timedelta(days=random.randrange(DAYS)))
    story = Story(procedure, number, planted, random, day)
    tell(story)
    return story.done(shape)


def files() -> list[CaseFile]:
    """All of them: the clean ones shape by shape, then kind after kind of what is done wrong, in turn."""
    clean = [(shape, "") for shape in islice(cycle(SHAPES), CLEAN)]
    planted = islice(_planted(), FILES - CLEAN)
    return [made(number, *one) for number, one in enumerate([*clean, *planted], 1)]


def _planted() -> Iterator[tuple[str, str]]:
    for turn in range(FILES):
        for kind in kinds().values():
            yield kind.shapes[turn % len(kind.shapes)], kind.id
