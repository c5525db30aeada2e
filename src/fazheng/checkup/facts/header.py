"""Title, addressee, 发文字号, signature, bureau, region, and the report year with the arguments for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from fazheng.checkup.facts.numerals import chinese, year
from fazheng.checkup.style import Style
from fazheng.checkup.text import Document, Line
from fazheng.lawbook.procedure import Table

Y = r"(?:[12]\d{3}|[一二][一二三四五六七八九〇○零Ｏ0]{3})"
NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,16}?)(?P<form>[〔\[【（［] ?(?P<year>\d{4}) ?[〕\]】）］]|(?P<bare>\d{4})年?)"
    r" ?(?P<ordinal>第? ?\d{1,4}) ?号"
)
_DATE = re.compile(
    rf"(?P<y>{Y}) ?年 ?(?P<m>\d{{1,2}}|十?[一二三四五六七八九十]) ?月 ?"
    rf"(?P<d>\d{{1,2}}|[一二三]?十?[一二三四五六七八九十]) ?日"
)
_ISO = re.compile(r"(?P<y>[12]\d{3})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_ADDRESSEE = re.compile(r"[^。，；\d]{2,60}：$")
_TITLE = re.compile(r"报告|总结|汇报|情况|要点|计划|方案|通知|意见|函$|请示|通报|说明|公告")
_NOT_TITLE = re.compile(r"[。；：！？]$|^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])")
_BUREAU = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:民政局|民政厅|民政和[\u4e00-\u9fff]{2,8}局|(?<![当全各该本我布结格])局(?!面|势|部|限|长|党|机关)|厅(?!长|局)"
    r"|委员会(?!办)|人民政府(?:办公[室厅])?|街道办事处|办公室)"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,11}?(?:自治[区州县旗]|[省市县区旗州盟])")
_FULL = r"(?:19|20)\d{2}"


class Regions(Table, frozen=True, kw_only=True):
    """Names of provinces; `not_regions` begin like a place and are none."""

    provinces: list[str]
    not_regions: list[str] = []


@dataclass(frozen=True)
class Found:
    """A fact of the header and where it stands."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Region:
    province: str = ""
    city: str = ""
    county: str = ""


@dataclass(frozen=True)
class Argument:
    """Why a year may be the report year: the words, the year they speak for, how much they weigh."""

    words: str
    year: int
    weight: int


@dataclass(frozen=True)
class Header:
    title: Found | None
    title_lines: tuple[Line, ...]
    number: Found | None
    number_year: int | None
    addressee: Found | None
    signature: Found | None
    signed: date | None  # None too where the date written does not exist
    signed_at: Found | None
    bureau: str
    region: Region
    year: int | None
    arguments: tuple[Argument, ...]
    head: int  # where the body begins
    foot: int  # where signature, date and what follows begin; the text's length where there is none

    def holds(self, offset: int) -> bool:
        """Whether an offset stands in the head or the foot, not in the body."""
        return offset < self.head or offset >= self.foot


def header(document: Document, style: Style, given: int | None, chrome: Collection[int] = ()) -> Header:
    """The facts of head and foot. What is not there is None or empty. `chrome`: starts of lines to pass over."""
    lines = tuple(line for line in document.paragraphs if line.start not in chrome)
    number = _number(document, lines[:8])
    addressee = _addressee(document, lines[:12])
    title_lines = _title(document, lines[:8], number, addressee)
    signature, dated, foot = _foot(document, lines)
    head = max((found.end for found in (number, addressee) if found), default=0)
    head = max([head, *(line.end for line in title_lines)])
    title = None
    if title_lines:
        words = "".join(document.text[line.start : line.end].strip() for line in title_lines)
        title = Found("".join(words.split()), title_lines[0].start, title_lines[-1].end)
    bureau = _bureau(document, title, signature)
    number_year = year(found["year"] or found["bare"]) if number and (found := NUMBER.search(number.value)) else None
    signed = as_date(dated.value) if dated else None
    told = _arguments(document, title, number_year, signed)
    arguments = tuple(one for one in told if MINYEAR < one.year < MAXYEAR)  # a misprint is no year
    chosen = given or _decide(arguments)
    if given:
        arguments = (Argument("命令里写明", given, 100), *arguments)
    return Header(
        title, title_lines, number, number_year, addressee, signature, signed, dated, bureau,
        _region(document, bureau, style), chosen, arguments, head, foot,
    )  # fmt: skip


def _number(document: Document, lines: tuple[Line, ...]) -> Found | None:
    for line in lines:
        raw = document.plain[line.start : line.end]
        if len(raw) <= 40 and "。" not in raw and (found := NUMBER.search(raw)):
            return Found(document.text[line.start + found.start() : line.start + found.end()],
                         line.start + found.start(), line.start + found.end())  # fmt: skip
    return None


def _addressee(document: Document, lines: tuple[Line, ...]) -> Found | None:
    for line in lines:
        raw = document.plain[line.start : line.end]
        if _ADDRESSEE.fullmatch(raw) and not _NOT_TITLE.match(raw) and re.search(r"政府|[委局厅办部组]|人大|领导", raw):
            if "如下" in raw or "报告" in raw:
                return None
            return Found(document.text[line.start : line.end - 1].strip(), line.start, line.end)
        if len(raw) > 120:
            return None
    return None


def _title(
    document: Document, lines: tuple[Line, ...], number: Found | None, addressee: Found | None
) -> tuple[Line, ...]:
    """The first lines that are no sentence, up to one that says what the paper is."""
    kept: list[Line] = []
    for line in lines:
        raw = document.plain[line.start : line.end]
        if number and line.start <= number.start < line.end:
            if kept:
                break
            continue
        if (addressee and line.start == addressee.start) or len(raw) > 80 or _NOT_TITLE.search(raw):
            break
        if _DATE.fullmatch(raw) or raw.startswith(("索引", "来源", "发布", "时间", "（")):
            continue
        kept.append(line)
        if _TITLE.search(raw) and not raw.endswith("关于"):
            return tuple(kept[-3:])
    return ()


def _foot(document: Document, lines: tuple[Line, ...]) -> tuple[Found | None, Found | None, int]:
    """Signature, date, and where the foot begins."""
    plain = document.plain
    for index in range(len(lines) - 1, max(-1, len(lines) - 12), -1):
        line = lines[index]
        raw = plain[line.start : line.end]
        found = _DATE.search(raw)
        if found is None or len(raw) - (found.end() - found.start()) > 24 or not raw.endswith("日"):
            continue
        begin = line.start + found.start()
        dated = Found(document.text[begin : line.start + found.end()], begin, line.start + found.end())
        before = raw[: found.start()].strip()
        if before and _BUREAU.search(before):
            return Found(before, line.start, line.start + len(before)), dated, line.start
        above = lines[index - 1] if index else None
        signer = plain[above.start : above.end] if above else ""
        if above and len(signer) <= 30 and not re.search(r"[。；：]", signer) and _BUREAU.search(signer):
            return Found(document.text[above.start : above.end], above.start, above.end), dated, above.start
        return None, dated, line.start
    last = lines[-1] if lines else None
    signer = plain[last.start : last.end] if last else ""
    if last and len(signer) <= 24 and _BUREAU.fullmatch(signer) and len(lines) > 3:
        return Found(document.text[last.start : last.end], last.start, last.end), None, last.start
    return None, None, len(document.text)


def as_date(written: str) -> date | None:
    """A date written in Chinese or with hyphens; None where there is no such day."""
    written = "".join(written.split())
    found = _DATE.search(written) or _ISO.search(written)
    if found is None:
        return None
    month, day = (int(part) if part.isdecimal() else chinese(part) or 0 for part in (found["m"], found["d"]))
    try:
        return date(year(found["y"]) or 0, month, day)
    except ValueError:
        return None


def _bureau(document: Document, title: Found | None, signature: Found | None) -> str:
    for words in (signature.value if signature else "", title.value if title else ""):
        bare = re.sub(rf"^(?:关于)?(?:{Y}年度?)?|\s", "", words)
        if found := _BUREAU.match(bare):
            return found[0]
    said = Counter(re.findall(r"[\u4e00-\u9fff]{1,8}?[市县区旗州盟省](?:民政局|民政厅)", document.plain[:3000]))
    return said.most_common(1)[0][0] if said else ""


def _region(document: Document, bureau: str, style: Style) -> Region:
    read = style.read("regions", Regions)
    names, rest = [], bureau
    while found := _PLACE.match(rest):
        names.append(found[0])
        rest = rest[found.end() :]
    province = next((name for name in names if name in read.provinces), "")
    names = [name for name in names if name != province]
    if not province:
        near = document.plain[:4000] + document.plain[-500:]
        said = Counter({name: near.count(name) for name in read.provinces})
        best = said.most_common(1)
        province = best[0][0] if best and best[0][1] else ""
    if len(names) >= 2:
        return Region(province, names[0], names[-1])
    only = names[0] if names else ""
    if not only.endswith(("市", "州", "盟")) or _has_above(document, only):
        return Region(province, _above(document, only), only)
    return Region(province, only, "")


def _above(document: Document, own: str) -> str:
    """A city named together with an own county that is not itself: 示例市委市政府和示例县委县政府."""
    if not own:
        return ""
    near = document.plain[:8000]
    said = Counter(re.findall(r"([\u4e00-\u9fff]{2,3}市)委", near) if "市委" in near else ())
    said.update(re.findall(rf"([\u4e00-\u9fff]{{2,3}}市)(?={re.escape(own)})", near) if f"市{own}" in near else ())
    return next(
        (name for name, _ in said.most_common() if name != own and own not in name and name[:-1] not in own), ""
    )


def _has_above(document: Document, own: str) -> bool:
    return bool(re.search(r"乡镇|[镇村]（|各镇|县级市", document.plain)) and not re.search(
        r"各?县区|各区县|县（市|各县", document.plain
    )


def _arguments(document: Document, title: Found | None, number: int | None, signed: date | None) -> Iterator[Argument]:
    plain = document.plain
    if title:
        for found in re.finditer(rf"({Y}) ?年", title.value):
            yield Argument(f"标题写“{found[0]}”", year(found[1]) or 0, 6)
    opening = rf"现[^。\n]{{0,24}}?({Y}) ?年[^。\n]{{0,40}}报告如下"
    for found in re.finditer(opening, plain) if "报告如下" in plain else ():
        yield Argument(f"正文写“{found[0][:30]}”", year(found[1]) or 0, 5)
    for found in re.finditer(
        rf"^\W*[一二三四五六七八九十]+、[^\n。]{{0,20}}?({_FULL}) ?年[^\n。]{{0,50}}", plain, re.MULTILINE
    ):
        later = re.search(r"安排|打算|计划|重点|思路|下一|设想", found[0])
        yield Argument(f"标题写“{found[0].strip()[:24]}”", int(found[1]) - bool(later), 2)
    if number:
        yield Argument(f"发文字号是{number}年", number - 1, 2)
    if signed:
        yield Argument(f"成文日期是{signed.year}年{signed.month}月", signed.year - (signed.month < 7), 1)
    said = Counter(re.findall(rf"({_FULL}) ?年", plain)).most_common(1)
    if said:
        yield Argument(f"{said[0][0]}年写得最多（{said[0][1]}次）", int(said[0][0]), 1)
    for named in (document.name, document.metadata.get("title", "")):
        if year_named := re.search(rf"({_FULL})年?", named):
            yield Argument(f"文件名或网页标题写{year_named[0]}", int(year_named[1]), 2)


def _decide(arguments: tuple[Argument, ...]) -> int | None:
    weights: Counter[int] = Counter()
    for argument in arguments:
        if year(str(argument.year)):  # what is no year, such as 1024, is no argument
            weights[argument.year] += argument.weight
    return weights.most_common(1)[0][0] if weights else None
