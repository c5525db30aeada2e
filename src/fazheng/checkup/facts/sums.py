"""Totals and their parts: 其中, 共计, 分别为, and what was received against what was done and is pending."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.arithmetic_words import Words
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.relation import Relation
from fazheng.checkup.facts.sentence import Sentence, shown

_COUNTED = ("count", "amount")
_PEOPLE = ("人", "名", "位")


def sums(sentence: Sentence, words: Words) -> Iterator[Relation]:
    """The sums that a sentence states. One that adds up in any plain reading is told as holding, and only so."""
    done: set[int] = set()
    for index, figure in enumerate(sentence.figures):
        if figure.kind not in _COUNTED or figure.scope in ("condition", "document"):
            continue
        for reading in (_total_after, _total_before, _received):
            relation = reading(sentence, index, words)
            if relation is not None and id(relation.figures[-1]) not in done:
                done.add(id(relation.figures[-1]))
                yield relation
                break


def _same(a: Figure, b: Figure) -> bool:
    return a.unit == b.unit or (a.unit in _PEOPLE and b.unit in _PEOPLE)


def _sum(parts: list[Figure], total: Figure, holds: bool, certain: bool) -> Relation:
    expr = f"{'+'.join(shown(part.number) for part in parts)}{'=' if holds else '≠'}{shown(total.number)}"
    wanted = shown(sum((part.number for part in parts), start=total.number * 0))
    vague = total.vague or any(part.vague for part in parts)
    return Relation("sum", expr, holds, certain and not vague, (*parts, total), "" if holds else wanted)


def _total_after(sentence: Sentence, index: int, words: Words) -> Relation | None:
    """城市3件、农村5件，共计8件."""
    total = sentence.figures[index]
    lead = sentence.before(index)
    if not words.total.search(lead) or index < 2:
        return None
    parts: list[Figure] = []
    for earlier in reversed(range(index)):
        if not _same(sentence.figures[earlier], total) or "；" in sentence.after(earlier):
            break
        parts.insert(0, sentence.figures[earlier])
        if len(parts) > 1 and sum(part.number for part in parts) == total.number:
            return _sum(parts, total, True, True)
    if (
        len(parts) < 2
        or not words.surely_total.search(lead)
        or "、" not in sentence.plain[parts[0].end : parts[-1].start]
    ):
        return None
    return _sum(parts, total, False, not words.other_base.search(sentence.plain, *sentence.span))


def _total_before(sentence: Sentence, index: int, words: Words) -> Relation | None:
    """社会组织8家，其中社会团体3家、基金会5家."""
    total, after = sentence.figures[index], sentence.after(index)
    marked = words.parts.search(after)
    stated = marked or words.total.search(sentence.before(index))
    if not stated:
        return None
    inside = _within_brackets(sentence, index)
    following = [i for i in range(index + 1, len(sentence.figures)) if not _bracketed(sentence, index, i)]
    if words.rises.search(after) or words.falls.search(after):  # 650元、480元分别提高到680元和520元
        return None
    same = [i for i in (inside or following) if _same(sentence.figures[i], total)]
    if not same:
        return None
    if held := _adding_up(sentence, same, total):
        return _sum(held, total, True, True)
    stop = sentence.plain.find("；", total.end)
    parts = [sentence.figures[i] for i in same if stop == -1 or sentence.figures[i].end <= stop] or [
        sentence.figures[same[0]]
    ]
    direct = (
        bool(marked)
        and same[0] == index + 1
        and "；" not in after
        and "；" not in sentence.plain[total.end : parts[-1].start]
    )
    if direct and "其中" in after and parts[0].number > total.number and not parts[0].vague:
        base = words.other_base.search(sentence.plain, *sentence.span)
        expr = f"{shown(parts[0].number)}>{shown(total.number)}"
        return Relation("part", expr, False, not base and not total.vague, (parts[0], total))
    if not direct or len(parts) < 2 or (inside and len(same) != len(inside)):
        return None
    return _failing(sentence, parts, total, bool(words.whole.search(after)), words)


def _failing(sentence: Sentence, parts: list[Figure], total: Figure, whole: bool, words: Words) -> Relation | None:
    """Parts that do not add up: a fault where the words say that they are all, a hint where they are too many."""
    between = sentence.plain[total.end : parts[-1].end]
    if total.vague or any(part.vague for part in parts):
        return None
    if words.other_base.search(between) or "其中" in between[6:]:
        return None
    if whole and "、" in between and ("分别" in between or sum(part.number for part in parts) > total.number):
        return _sum(parts, total, False, True)
    people = total.unit in _PEOPLE or total.unit.endswith("次")  # one person, or one visit, may be counted in two parts
    too_many = sum(part.number for part in parts) > total.number and not (people and "、" not in between)
    return _sum(parts, total, False, False) if too_many else None


def _bracketed(sentence: Sentence, index: int, other: int) -> bool:
    """Whether brackets open between two figures and are not closed before the second."""
    between = sentence.plain[sentence.figures[index].end : sentence.figures[other].start]
    return between.rfind("（") > between.rfind("）")


def _within_brackets(sentence: Sentence, index: int) -> list[int]:
    """The figures inside brackets that open right after a figure; empty where none do."""
    after = sentence.after(index)
    if "（" not in after[:2]:
        return []
    end = sentence.plain.find("）", sentence.figures[index].end)
    return [i for i in range(index + 1, len(sentence.figures)) if sentence.figures[i].end <= end]


def _adding_up(sentence: Sentence, same: list[int], total: Figure) -> list[Figure]:
    """The parts from the first on that make the total, a part's own parts left out; empty where none do."""
    parts = [sentence.figures[i] for i in same]
    for flat in (parts, _without_nested(parts)):
        running = total.number * 0
        for count, part in enumerate(flat, 1):
            running += part.number
            if running == total.number and count > 1:
                return flat[:count]
    return []


def _without_nested(parts: list[Figure]) -> list[Figure]:
    """Leaves out figures that together make the one before them: 12（5、7）, 8 → 12, 8."""
    kept: list[Figure] = []
    at = 0
    while at < len(parts):
        kept.append(parts[at])
        running, step = parts[at].number * 0, at + 1
        while step < len(parts) and running < parts[at].number:
            running += parts[step].number
            step += 1
        at = step if running == parts[at].number and step - at > 2 else at + 1
    return kept


def _received(sentence: Sentence, index: int, words: Words) -> Relation | None:
    """收到8件，办结7件，1件正在办理."""
    total = sentence.figures[index]
    if not words.received.search(sentence.clause(index)) or index + 1 >= len(sentence.figures):
        return None
    following = [
        i for i in range(index + 1, min(index + 4, len(sentence.figures))) if _same(sentence.figures[i], total)
    ]
    ready = [
        i for i in following if words.done.search(sentence.clause(i)) and not words.pending.search(sentence.clause(i))
    ]
    waiting = [i for i in following if words.pending.search(sentence.clause(i))]
    if not ready:
        return None
    first = sentence.figures[ready[0]]
    if not waiting:
        return (
            Relation("equal", f"{shown(first.number)}={shown(total.number)}", True, True, (first, total))
            if (first.number == total.number)
            else None
        )
    parts = [first, sentence.figures[waiting[0]]]
    holds = sum(part.number for part in parts) == total.number
    alone = len(following) == 2 and not words.other_base.search(sentence.plain, *sentence.span)
    return _sum(parts, total, holds, alone) if holds or alone else None
