"""The facts of a paper that no book holds: to whom, on what day, with which number. A bureau's `paper.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

BLANK = "〔待填〕"
_NUMBER = re.compile(r"[\u4e00-\u9fff]+〔[12]\d{3}〕[1-9]\d*号")
_YEAR = re.compile(r"[12]\d{3}")


class FactsFault(ValueError):
    """The file cannot be used; the message says which line of it and what to write."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a fact's default is, is printed where nobody wrote it: a blank to fill in, or nothing at all.

    An empty text or list leaves that part off the paper.
    """

    letterhead: bool = False  # 发文机关标志, the red head
    number: str = ""  # 发文字号; a letterhead without one shows a blank
    upward: bool = False  # 上行文
    signer: str = BLANK  # 签发人, only 上行文
    addressees: tuple[str, ...] = (BLANK,)  # 主送
    attachments: tuple[str, ...] = ()  # 附件
    signature: str = ""  # 署名; empty: the bureau's name
    date: str = BLANK  # 成文日期
    publicity: str = f"公开方式：{BLANK}"
    copies: tuple[str, ...] = ()  # 抄送
    printer: str = BLANK  # 印发机关
    printed_on: str = BLANK  # 印发日期

    @property
    def open(self) -> tuple[str, ...]:
        """The names of the facts that are printed as a blank, in the order of the page."""
        numbered = self.number or (BLANK if self.letterhead or self.upward else "")
        asked = {
            "发文字号": numbered,
            "签发人": self.signer if self.upward else "",
            "主送机关": "".join(self.addressees),
            "成文日期": self.date,
            "公开方式": self.publicity,
            "印发机关": self.printer,
            "印发日期": self.printed_on if self.printer else "",
        }
        return tuple(name for name, text in asked.items() if BLANK in text)


_LISTS = ("addressees", "attachments", "copies")
_DATES = ("date", "printed_on")
_FLAGS = ("letterhead", "upward")


def read_facts(path: Path) -> Mapping[str, Any]:
    """The file as it stands, for `facts_of`. Raises FactsFault."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise FactsFault(f"读不了“{path.name}”：没有这个文件，或者不能打开") from fault
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FactsFault(f'读不了“{path.name}”：要写成 UTF-8 的 TOML，如 addressees = ["某县人民政府"]') from fault


def facts_of(raw: Mapping[str, Any], year: int) -> Facts:
    """The facts of the paper of that year: those of all years, and over them those under `[year]`. Raises FactsFault.

    Facts of other years are checked as well, so that a fault shows when it is made.
    """
    common = {name: value for name, value in raw.items() if not isinstance(value, dict)}
    years = {name: value for name, value in raw.items() if isinstance(value, dict)}
    for name, own in years.items():
        if not _YEAR.fullmatch(name):
            raise FactsFault(f"“[{name}]”不是年度：方括号里只写年度，如 [2024]")
        _facts({**common, **own})
    return _facts({**common, **years.get(str(year), {})})


def kept_facts(raw: Mapping[str, Any]) -> Facts:
    """The facts of a paper as an entry keeps them: lists for tuples."""
    values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in raw.items()}
    return Facts(**values)


def _facts(raw: Mapping[str, Any]) -> Facts:
    found = Facts(**{name: _value(name, value) for name, value in raw.items()})
    if found.number not in ("", BLANK) and not _NUMBER.fullmatch(found.number):
        raise FactsFault(
            f"发文字号 number“{found.number}”的写法不对：机关代字、六角括号里的年份、不编虚位的序号，如 示民〔2025〕3号"
        )
    return found


def _value(name: str, value: Any) -> Any:
    if name not in Facts.__slots__:
        near = next(iter(get_close_matches(name, Facts.__slots__, n=1)), "")
        meant = f"，是不是 {near}？" if near else "。"
        raise FactsFault(f"没有“{name}”这一项{meant}可写：{'、'.join(Facts.__slots__)}")
    if name in _LISTS:
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(value)
        raise FactsFault(f'{name} 要写成一列文字，如 ["某县人民政府"]；没有就写 []')
    if name in _FLAGS:
        if isinstance(value, bool):
            return value
        raise FactsFault(f"{name} 只能写 true 或 false")
    if name in _DATES and value != "":
        return _day(name, value)
    if not isinstance(value, str) or "\n" in value:
        raise FactsFault(f"{name} 要写成一行文字，前后加引号")
    return value


def _day(name: str, value: Any) -> str:
    """As it is printed: 2025年1月20日, no leading zeros."""
    try:
        day = value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise FactsFault(f"{name} 要写成日期，如 2025-01-20；没有就写空引号") from None
    return f"{day.year}年{day.month}月{day.day}日"
