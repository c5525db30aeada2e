from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.doubles import doubled, doubles
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="词语重复",
    kinds="duplicated_word",
    severity="error",
    why="复制、改稿时同一个词打了两遍，是公开报告里最刺眼的错。",
    source="公文校对的一般要求",
    example="“示例县民政局民政局”“依法履行职责职责”“取得的的成效”。“一一落实”“层层压实”“研究研究”是对的。",
)
def doubled_word(report: Report) -> Iterator[Hit]:
    """同一个词紧接着写了两遍，或者“的”“和”一类的字连写两次。汉语本来就叠用的不算。"""
    made = report.style.made(doubles)
    plain = report.plain
    behind = 0
    for at in doubled(plain):
        found = made.word.match(plain, at) if at >= behind else None
        if found is None:
            continue
        word, (start, end) = found[1], found.span()
        behind = end
        if (
            len(set(word)) == 1
            or "的" in (word[0], word[-1])
            or _counted(word)
            or _allowed(plain, start, end, made.allowed)
        ):
            continue
        yield Hit(f"“{word}”连写了两遍，删去一个", start, end, suggestion=word)
    for found in made.characters.finditer(report.document.signs):
        yield Hit(f"“{found[0]}”多写了一个字", *found.span(), suggestion=found[0][1:])


def _counted(word: str) -> bool:
    return len(word) == 2 and (word[0] in "一逐各两几每" or word[1] == "一")


def _allowed(plain: str, start: int, end: int, allowed: tuple[str, ...]) -> bool:
    around = plain[max(0, start - 4) : end + 4]
    return any(word in around for word in allowed)
