from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.sieve import Sought
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_LOST = (
    ("lost_text", Sought(r"《[ 　]*》|“[ 　]*”|（[ 　]*）(?!号)"), "里面的字丢了"),
    (
        "lost_number",
        Sought(r"[〔\[（][ 　]*[〕\]）][ 　]*\d*[ 　]*号|[〔]20\d\d[〕][ 　]*第?[ 　]*号|令第[ 　]*号"),
        "文号里的数字丢了",
    ),
    (
        "lost_number",
        Sought(r"(?<![\d一二三四五六七八九十百千万成两几])(?:达到?|为|率|占|增长|下降|提高|上升)[ 　]*[%％](?!\d)"),
        "百分号前面的数丢了",
    ),
    (
        "lost_number",
        Sought(r"(?<![\d某某每本上下去今前后近往当同明全历来多整数Ｘ×xX*＊-])年[ 　]*月[ 　]*日(?!期|常|报|刊|历|起)"),
        "日期里的数字丢了",
    ),
    (
        "lost_number",
        Sought(
            r"(?:共计|合计|总计|累计|办结|收到|受理|发放资料|举办|开展)[ 　]*"
            r"(?:件|份|人次|场次|万元|余件|余份|余人|余场|余次|余家)(?=[，。；、])"
        ),
        "量词前面的数丢了",
    ),
    (
        "lost_number",
        Sought(r"(?:新增|退出|惠及|救助|保障|涉及|纳入|取消)[\u4e00-\u9fff]{1,8}户人次?(?=[，。；、])"),
        "量词前面的数丢了",
    ),
)


@rule(
    title="文字、数字在转换时丢失",
    kinds="lost_text lost_number",
    severity="info",
    why="连接号、数字、括号里的字在网页转存、格式转换时丢了；这不怪作者，但要对照原稿补上。",
    source="公文校对的一般要求",
    example="“示政发〔〕号”里的年份和序号丢了；“办结率达%”前面的数丢了。",
)
def lost_text(report: Report) -> Iterator[Hit]:
    """空的书名号和引号、没有数字的文号、百分号和量词前面没有数。"""
    for kind, pattern, said in _LOST:
        for found in pattern.finditer(report.document.raw_signs):
            yield Hit(f"“{found[0]}”{said}，多半是转换文件造成的，请对照原稿", *found.span(), kind=kind)
