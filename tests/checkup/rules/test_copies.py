"""Copies: near-equal paragraphs are found whatever was changed in them, others are not, and none is left to chance."""

from __future__ import annotations

import random
from itertools import product

import pytest

from fazheng.checkup.facts.near import near, normal, shingles
from fazheng.checkup.text import Document
from tests.checkup.texts import CLEAN, found

OLD = "（四）开展普法宣传。组织法治讲座6场，发放资料1200份，走进示例村，向老年人讲解养老服务和婚姻登记的有关规定。"
LAST_YEAR = Document(f"示例县民政局2030年报告\n\n{OLD}\n", "去年.txt")


def with_paragraph(paragraph: str) -> str:
    return CLEAN.replace("二、党政", f"{paragraph}\n\n二、党政")


@pytest.mark.parametrize(
    ("paragraph", "severity"),
    [
        (OLD, "warning"),
        (OLD.replace("6场", "8场").replace("1200", "900"), "info"),
        (OLD.replace("讲解", "详细讲解").replace("有关规定", "政策"), "warning"),
    ],
)
def test_a_paragraph_of_last_year_is_told_with_its_source(paragraph: str, severity: str) -> None:
    text = with_paragraph(paragraph)
    (finding,) = found("copied-paragraph", text, others=[LAST_YEAR])
    assert finding.quote == paragraph
    assert "《去年.txt》第3行" in finding.message
    assert (finding.severity, "没有变" in finding.message) == (severity, severity == "warning")


def test_a_paragraph_of_ones_own_is_not_told() -> None:
    text = with_paragraph("（四）开展执法监督。抽查案卷20份，组织评查2次，发现的问题都已经改正，评查结果在全局通报。")
    assert found("copied-paragraph", text, others=[LAST_YEAR]) == []
    assert found("share-of-new-text", text, others=[LAST_YEAR]) == []


def test_without_another_text_nothing_is_said() -> None:
    assert found("copied-paragraph", with_paragraph(OLD)) == []


def test_the_share_of_new_text_is_told() -> None:
    (finding,) = found("share-of-new-text", CLEAN, others=[Document(CLEAN, "去年.txt")])
    assert (finding.severity, finding.start) == ("warning", None)
    assert "占0%" in finding.message
    (finding,) = found("share-of-new-text", with_paragraph(OLD), others=[LAST_YEAR])
    assert finding.severity == "info"


@pytest.mark.parametrize("share", [0.5, 0.6, 0.8, 1.0])
def test_every_pair_is_found_that_comparing_each_with_each_finds(share: float) -> None:
    dice = random.Random(5)
    texts = ["".join(dice.choices("甲乙丙丁戊己庚辛壬癸", k=dice.randint(3, 60))) for _ in range(60)]
    for text in list(texts):
        signs = list(text)
        for _ in range(dice.randint(0, 3)):
            signs[dice.randrange(len(signs))] = dice.choice("子丑寅卯")
        texts.append("".join(signs))
    ours, theirs = texts[:70], texts[50:]

    def alike(one: str, other: str) -> bool:
        a, b = shingles(one), shingles(other)
        return len(a & b) / len(a | b) >= share

    wanted = {(i, j) for (i, a), (j, b) in product(enumerate(ours), enumerate(theirs)) if alike(a, b)}
    assert len(wanted) > 20
    assert {(pair.ours, pair.theirs) for pair in near(ours, theirs, share)} == wanted


def test_punctuation_blanks_and_figures_do_not_hide_a_copy() -> None:
    assert normal("培训 12 人，检查3次。") == normal("培训340人；检查5次")
