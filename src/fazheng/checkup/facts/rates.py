"""Rates against their parts, growth against before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from fazheng.checkup.facts.arithmetic_words import Words
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.relation import Relation
from fazheng.checkup.facts.sentence import Sentence, shown

_NAME = re.compile(r"([\u4e00-\u9fff]{2,10})率(?:均|都|分别)?(?:为|达到?|是|保持在|在)?(?:了)?(?:约)?$")
_SHARE = re.compile(r"占(?:比|[^，。；、]{0,10}的)?(?:为|达到?|约)?$")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,12}$")


def rates(sentence: Sentence, words: Words) -> Iterator[Relation]:
    """Each rate whose parts stand in the sentence: holding where any two make it, failing only for a plain pair."""
    for index, figure in enumerate(sentence.figures):
        if figure.unit != "%" or figure.scope not in ("actual", "zero"):
            continue
        lead = sentence.before(index)
        name = _NAME.search(lead)
        share = _SHARE.search(lead)
        if not name and not share:
            continue
        counts = [f for f in sentence.figures if f.kind in ("count", "amount") and f.number > 0]
        made = [
            (part, whole) for whole in counts for part in counts if part is not whole and _fits(part, whole, figure)
        ]
        if made:
            part, whole = made[0]
            expr = f"{shown(part.number)}÷{shown(whole.number)}={shown(figure.number)}%"
            yield Relation("rate", expr, True, True, (part, whole, figure))
        elif name and (failed := _plain_pair(sentence, index, name[1], words)):
            yield failed


def _fits(part: Figure, whole: Figure, rate: Figure) -> bool:
    if part.number > whole.number * 2 or part.unit != whole.unit:
        return False
    return rate.number in roundings(part.number / whole.number * 100, rate.number)


def roundings(exact: Decimal, like: Decimal) -> set[Decimal]:
    """The number rounded and cut off to as many places as another has."""
    exponent = like.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    if exact.adjusted() - step.adjusted() > 20:  # more places than numbers of a report have
        return set()
    return {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}


def _plain_pair(sentence: Sentence, index: int, name: str, words: Words) -> Relation | None:
    """收到8件，办结7件，办结率95%: the two figures right before the rate, the second of the rate's own kind."""
    if index < 2 or words.rate_apart.search(name):
        return None
    whole, part, rate = sentence.figures[index - 2 : index + 1]
    owed = words.owed.search(sentence.clause(index - 2)) and words.really.search(sentence.clause(index - 1))
    plain = sentence.plain[whole.start if owed else sentence.span.start : rate.start]
    if not owed and not _of_one_kind(sentence, index, name, words):
        return None
    if (
        whole.unit != part.unit
        or whole.vague
        or part.vague
        or rate.vague
        or not whole.number
        or words.other_base.search(plain)
        or "；" in sentence.plain[whole.start : rate.start]
        or "其中" in plain
    ):
        return None
    right = (part.number / whole.number * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if right >= rate.number and sentence.plain.startswith("以上", rate.end):
        return None
    expr = f"{shown(part.number)}÷{shown(whole.number)}≠{shown(rate.number)}%"
    return Relation("rate", expr, False, True, (whole, part, rate), f"{shown(right)}%")


def _of_one_kind(sentence: Sentence, index: int, name: str, words: Words) -> bool:
    """Whether the two figures before a rate are what came in and what was done with it, in the rate's own word."""
    stem = words.rate_stem.search(name)
    return (
        stem is not None
        and stem[0] in sentence.clause(index - 1)
        and words.received.search(sentence.clause(index - 2)) is not None
    )


def growth(sentence: Sentence, words: Words) -> Iterator[Relation]:
    """由A提高到B，增长p%; and the direction of the verb."""
    for index in range(len(sentence.figures) - 1):
        old, new = sentence.figures[index], sentence.figures[index + 1]
        between = sentence.after(index)
        if old.unit != new.unit or not old.number or len(between) > 12 or re.search("[，。；、]", between):
            continue
        rises, falls = words.rises.search(between), words.falls.search(between)
        if not (rises or falls) or not _FROM.search(sentence.before(index)):
            continue
        if (rises and new.number < old.number) or (falls and new.number > old.number):
            expr = f"{shown(old.number)}→{shown(new.number)}"
            yield Relation("direction", expr, False, not (old.vague or new.vague), (old, new))
            continue
        yield from _percent(sentence, index, old, new, words)


def _percent(sentence: Sentence, index: int, old: Figure, new: Figure, words: Words) -> Iterator[Relation]:
    rest = [i for i in range(index + 2, len(sentence.figures)) if sentence.figures[i].unit == "%"]
    if old.kind == "ratio" and len(rest) >= 2 and rest[1] == rest[0] + 1:
        first, second = (1 + sentence.figures[i].number / 100 for i in rest[:2])
        if new.number in roundings(old.number * first / second, new.number):
            expr = f"{shown(old.number)}×{shown(first)}÷{shown(second)}={shown(new.number)}"
            yield Relation("growth", expr, True, True, (old, new))
        return
    if not rest or rest[0] != index + 2 or not words.growth.search(sentence.before(rest[0])) or old.unit == "%":
        return
    rate = sentence.figures[rest[0]]
    exact = abs(new.number - old.number) / old.number * 100
    if "同比" in sentence.before(rest[0]) or len(sentence.before(rest[0])) > 14:
        return
    holds = rate.number in roundings(exact, rate.number)
    sign = "=" if holds else "≠"
    expr = f"({shown(new.number)}-{shown(old.number)})÷{shown(old.number)}{sign}{shown(rate.number)}%"
    right = "" if holds else f"{shown(exact.quantize(Decimal('0.1'), ROUND_HALF_UP))}%"
    yield Relation("growth", expr, holds, not rate.vague, (old, new, rate), right)
