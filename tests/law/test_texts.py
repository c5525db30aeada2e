"""Texts of statutes from files: which lines are articles, which encodings are read."""

import pytest

from fazheng.lawbook.citation import Citation
from fazheng.lawbook.texts import TextFault, articles, decoded

WHOLE = """
关于试验的条例
（2022年1月1日公布）
第一章 总则
第一条　为了试验，
制定本条例。
第二条 机关应当：
（一）受理；
（二）办理。
逾期的，依照
第一条的规定处理。
第二章　办理
第三条适用本条例第二条。
附则
第四条：本条例自公布之日起施行。
"""


def test_a_whole_text_is_cut_into_its_articles() -> None:
    found = articles(WHOLE)
    assert list(found) == [1, 2, 3, 4]
    assert found[1].text == "为了试验，\n制定本条例。"
    assert found[3].text.startswith("适用本条例第二条。")
    assert found[4].text == "本条例自公布之日起施行。"


def test_headings_are_no_part_of_an_article() -> None:
    assert "第二章" not in "".join(article.text for article in articles(WHOLE).values())


def test_a_line_that_only_cites_an_article_begins_none() -> None:
    assert "第一条的规定处理。" in articles(WHOLE)[2].text


def test_items_are_found_in_a_text_from_a_file() -> None:
    assert articles(WHOLE)[2].part(Citation("", 2, paragraph=1, item=2)) == "（二）办理。"


def test_digits_and_numerals_both_number_articles() -> None:
    assert list(articles("第1条 甲\n第2条 乙\n第三条 丙")) == [1, 2, 3]


@pytest.mark.parametrize("text", ["", "没有条文", "第二条 从半中间开始", "见第一条"])
def test_what_has_no_first_article_is_refused(text: str) -> None:
    with pytest.raises(TextFault, match="没有找到条文"):
        articles(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_text_is_read_in_the_encodings_of_a_chinese_office(encoding: str) -> None:
    assert articles(decoded(WHOLE.encode(encoding)))[4].text == "本条例自公布之日起施行。"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TextFault, match="另存为纯文本"):
        decoded(b"PK\x03\x04\xff\xff\x00\x81\xff")


def test_what_would_steer_a_terminal_or_hide_in_a_line_is_left_out() -> None:
    assert decoded("第一条 甲\x1b[31m乙\u202e丙\x00\n第二条\t丁".encode()) == "第一条 甲[31m乙丙\n第二条\t丁"
