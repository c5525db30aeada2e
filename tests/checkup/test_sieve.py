"""A pattern searched for only where its signs stand finds what it finds when searched for everywhere."""

from __future__ import annotations

import random
import re

import pytest

from fazheng.checkup.facts.doubles import LONGEST, doubled
from fazheng.checkup.facts.sieve import Sieve, Signs, Sought, code, codes, firsts, needs
from fazheng.checkup.facts.slips import slip_patterns, slips
from fazheng.checkup.style import style
from tests.checkup.mutate import sound

PATTERNS = [
    "ab|ba", "(?<=a)b", "a(?=b)", "(?<!a)[bc]+a?", "(a|bb)c", "^a", "a{2,}b?", "(?:ab?)?c", "[^a]b", r"(?i)AB",
    "(?:a|)b", "(?<=[ab])[ab](?=c)", "a.c", "(?=a)(?:ab|ac)", "c?a|𠀀", "(a)b\\1", "aa|a",
]  # fmt: skip


def spans(found: object) -> list[tuple[int, int]]:
    return [m.span() for m in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_finds_the_same_in_short_texts_of_few_signs(pattern: str) -> None:
    dice = random.Random(5)
    sought, whole = Sought(pattern, re.MULTILINE), re.compile(pattern, re.MULTILINE)
    for _ in range(400):
        text = "".join(dice.choices("abcAB𠀀\n", k=dice.randint(0, 9)))
        assert spans(sought.finditer(Signs(text))) == spans(whole.finditer(text)), text


def test_the_word_lists_find_the_same_in_reports_with_signs_put_in() -> None:
    dice = random.Random(6)
    known = style()
    lists = [sought for sought, _ in slip_patterns(known).patterns] + [slips(known).find]
    wrong = [*slips(known).known, "约30余人左右", "截止2031年底", "再次重申", "，和，"]
    for _ in range(20):
        text = list(sound(dice))
        for _ in range(20):
            text.insert(dice.randrange(len(text)), dice.choice(wrong))
        said = "".join(text)
        signs = Signs(said)
        assert any(spans(sought.finditer(signs)) for sought in lists)
        for sought in lists:
            assert spans(sought.finditer(signs)) == spans(sought.pattern.finditer(said))


def test_what_a_pattern_needs_and_begins_with_is_read_from_it() -> None:
    assert needs("甲乙|丙丁") == firsts("甲乙|丙丁") == {"甲乙", "丙丁"}
    assert needs(r"\d{3,6}热线") == {"热线"}
    assert firsts(r"\d{3,6}热线") is None
    assert needs("(?<=的)形势") in ({"的形"}, {"形势"})
    assert needs("甲?") is None


def test_a_sieve_keeps_what_a_text_may_hold_and_what_nothing_is_known_of() -> None:
    sieve = Sieve([codes(needs("甲乙")), None, codes(needs("乙丙"))])
    assert sieve.kept(Signs("说甲乙")) == [0, 1]
    assert sieve.kept(Signs("")) == [1]
    assert code("甲乙") in Signs("说甲乙").held
    assert code("乙甲") not in Signs("说甲乙").held


def test_runs_that_stand_twice_are_found_where_a_pattern_finds_them() -> None:
    dice = random.Random(7)
    pattern = re.compile(rf"(?=(.{{2,{LONGEST}}}?)\1)", re.DOTALL)
    for _ in range(300):
        text = "".join(dice.choices("甲乙𠀀\n", k=dice.randint(0, 40)))
        assert sorted(set(doubled(text))) == [m.start() for m in pattern.finditer(text)]
