"""The parts of a .docx that are the same in every paper of ours: styles, settings, feet of pages."""

from __future__ import annotations

from functools import cache

from fazheng.documents.fonts import STANDARD
from fazheng.documents.grid import BODY, BOTTOM, CELL, CLOSER, FOOT, PAGE_NUMBER, PITCH, SIGN, TITLE, WIDTH, twips

DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TWO_SIGNS = twips(2 * SIGN) - 1  # the first line of a paragraph; rounded down, so that 26 signs still follow
_FOOT_LINE = 280  # twips
FOOTER = twips(BOTTOM - PAGE_NUMBER) - _FOOT_LINE // 2  # from the paper's edge to the foot line, its dash 7 mm below


def _fonts(part: str) -> str:
    name = STANDARD[part]
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: int) -> str:
    return f'<w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'


def _style(id: str, name: str, base: str, paragraph: str = "", run: str = "") -> str:
    """A paragraph style; `paragraph` and `run` in the order that the schema wants."""
    mine = "" if name.startswith("heading") or name in ("Normal", "Title", "header", "footer", "Body Text") else "1"
    return (
        f'<w:style w:type="paragraph"{" w:customStyle=" + chr(34) + mine + chr(34) if mine else ""} w:styleId="{id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_NO_INDENT = '<w:ind w:firstLine="0"/>'
_CENTRE = '<w:jc w:val="center"/>'
_KEEP = "<w:keepNext/>"
_RED = '<w:color w:val="FF0000"/>'
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="10" w:color="FF0000"/></w:pBdr>'
FRAME = (  # it stands in the paragraphs: LibreOffice passes over one in a style
    f'<w:framePr w:w="{twips(WIDTH)}" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="center" '
    'w:yAlign="bottom"/>'
)
_IMPRINT_RULES = (  # 0.35 mm and 0.25 mm in eighths of a point; LibreOffice leaves the one between rows out
    '<w:pBdr><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:between w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>'
)
_TIGHT = '<w:spacing w:val="0"/>'


def _headings() -> str:
    fonts = {1: "hei", 2: "kai", 3: "body", 4: "body"}
    return "".join(
        _style(f"Heading{n}", f"heading {n}", "BodyText", f'{_KEEP}<w:outlineLvl w:val="{n - 1}"/>', _fonts(part))
        for n, part in fonts.items()
    )


@cache
def styles() -> str:
    """word/styles.xml. Nothing of a paper's look stands in its paragraphs."""
    right_end = f'<w:tabs><w:tab w:val="right" w:pos="{twips(27 * SIGN)}"/></w:tabs><w:ind w:left="{twips(SIGN)}"/>'
    one_line = f'<w:spacing w:line="{_FOOT_LINE}" w:lineRule="exact"/>'
    sign, foot_sign = twips(SIGN), FOOT * 20
    found = [
        _ground(),
        _headings(),
        _style("Title", "Title", "Normal", f"{_KEEP}{_CENTRE}", f"{_fonts('title')}{_TIGHT}{_size(TITLE)}"),
        _style("Letterhead", "发文机关标志", "Normal",
               f'<w:spacing w:before="{twips(35)}" w:line="1200" w:lineRule="exact"/>{_CENTRE}',
               f"{_fonts('title')}{_RED}{_TIGHT}"),
        _style("Number", "发文字号", "Normal", _CENTRE),
        _style("NumberRuled", "发文字号（红线）", "Number", _RULE),
        _style("Upward", "发文字号和签发人", "Normal", right_end),
        _style("UpwardRuled", "发文字号和签发人（红线）", "Upward", _RULE),
        _style("Addressees", "主送机关", "Normal"),
        _style("Blank", "空行", "Normal"),
        _style("BlankKept", "署名前空行", "Blank", _KEEP),
        _style("Attachment", "附件说明", "Normal", f'<w:ind w:left="{5 * sign}" w:hanging="{3 * sign}"/>'),
        _style("AttachmentNext", "附件说明（续）", "Attachment", f'<w:ind w:left="{5 * sign}" w:firstLine="0"/>'),
        _style("Signature", "署名", "Normal", f'{_KEEP}<w:jc w:val="right"/>'),
        _style("Date", "成文日期", "Normal", f'{_KEEP}<w:jc w:val="right"/>'),
        _style("Publicity", "附注", "BodyText"),
        _style("NoteText", "注释", "BodyText", "", _size(FOOT)),
        _style("Caption", "表题", "Normal", f"{_KEEP}{_CENTRE}", f"{_fonts('hei')}{_size(FOOT)}"),
        _style("TableText", "表中文字", "Normal", f'<w:spacing w:line="400" w:lineRule="exact"/>{_CENTRE}',
               f"{_TIGHT}{_size(CELL)}"),
        # hanging, since rules begin where the outermost line does; a second line begins behind 抄送：
        _style("Imprint", "版记", "Normal",
               f'{_IMPRINT_RULES}<w:tabs><w:tab w:val="left" w:pos="{foot_sign}"/>'
               f'<w:tab w:val="right" w:pos="{twips(WIDTH) - foot_sign}"/></w:tabs>'
               f'<w:ind w:left="{4 * foot_sign}" w:hanging="{4 * foot_sign}"/>', f"{_TIGHT}{_size(FOOT)}"),
        _style("Header", "header", "Normal", f"{one_line}{_CENTRE}", f"{_fonts('hei')}{_TIGHT}{_size(CELL)}"),
        _style("Footer", "footer", "Normal", f'{one_line}<w:ind w:left="{sign}" w:right="{sign}"/>',
               f"{_fonts('song')}{_TIGHT}{_size(FOOT)}"),
        "</w:styles>",
    ]  # fmt: skip
    return "".join(found)


def _ground() -> str:
    """What every other style rests on."""
    parts = [
        f'{DECLARED}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts("body")}{_size(BODY)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        '<w:widowControl w:val="0"/><w:kinsoku/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/><w:jc w:val="left"/></w:pPr>'
        f'<w:rPr><w:spacing w:val="{CLOSER}"/></w:rPr></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>",
        _table_style(),
        '<w:style w:type="character" w:customStyle="1" w:styleId="NoteMark"><w:name w:val="注释编号"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
        _style("BodyText", "Body Text", "Normal", f'<w:ind w:firstLine="{TWO_SIGNS}"/>'),
        _style("BodyTextLast", "正文末段", "BodyText", _KEEP),
    ]  # fmt: skip
    return "".join(parts)


def _table_style() -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>"
    )


def foot(side: str) -> str:
    """The foot of odd pages (right) or even pages (left): — 1 —."""
    place = f'<w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="{side}"/></w:pPr>'
    text = "<w:r><w:t xml:space='preserve'>— </w:t></w:r>", "<w:r><w:t xml:space='preserve'> —</w:t></w:r>"
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return f"{DECLARED}<w:ftr {WORD}><w:p>{place}{text[0]}{number}{text[1]}</w:p></w:ftr>"


_SETTINGS = (
    f'{DECLARED}<w:settings {WORD}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_PACKAGE = "application/vnd.openxmlformats-package."
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "/word/document.xml": f"{_OFFICE}document.main+xml",
    "/word/styles.xml": f"{_OFFICE}styles+xml",
    "/word/settings.xml": f"{_OFFICE}settings+xml",
    "/word/header.xml": f"{_OFFICE}header+xml",
    "/word/footer-odd.xml": f"{_OFFICE}footer+xml",
    "/word/footer-even.xml": f"{_OFFICE}footer+xml",
    "/docProps/core.xml": f"{_PACKAGE}core-properties+xml",
}
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_META = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"


def _relations(*found: tuple[str, str, str]) -> str:
    rows = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{to}"/>' for id, kind, to in found)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARED}<Relationships xmlns="{space}">{rows}</Relationships>'


@cache
def fixed_parts() -> dict[str, str]:
    """Name in the file → text of every part that no paper changes."""
    types = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    return {
        "[Content_Types].xml": f'{DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE}relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            ("rId1", f"{_REL}officeDocument", "word/document.xml"),
            ("rId2", f"{_META}core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            ("rId1", f"{_REL}styles", "styles.xml"),
            ("rId2", f"{_REL}settings", "settings.xml"),
            ("rId3", f"{_REL}header", "header.xml"),
            ("rId4", f"{_REL}footer", "footer-odd.xml"),
            ("rId5", f"{_REL}footer", "footer-even.xml"),
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": _SETTINGS,
        "word/footer-odd.xml": foot("right"),
        "word/footer-even.xml": foot("left"),
    }
