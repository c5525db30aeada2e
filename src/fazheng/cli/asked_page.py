"""The sheet of a section as a page to print on A4: offline, no script."""

from __future__ import annotations

from html import escape

from fazheng.casework.asked import AskedRow, AskedSheet
from fazheng.casework.asked.making import HOW
from fazheng.figures import chinese, cut_off

_STYLE = """
@page{size:A4;margin:15mm}
body{margin:1rem auto;max-width:190mm;font:10.5pt/1.5 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei",sans-serif}
h1{font-size:15pt;text-align:center}table{width:100%;border-collapse:collapse}tr{break-inside:avoid}
thead{display:table-header-group}th,td{border:1px solid #444;padding:2pt 4pt;text-align:left;vertical-align:top}
td.n{text-align:right;white-space:nowrap}td.blank{background:#fffbe6}small{color:#555}
.sign{display:flex;justify-content:space-between;margin-top:12mm}.sign span{min-width:70mm;border-bottom:1px solid #444}
.sample{position:fixed;inset:35% 0 auto;text-align:center;font-size:90pt;color:#0001;transform:rotate(-25deg)}
"""


def as_page(sheet: AskedSheet) -> str:
    """The page as text; everything entered is escaped."""
    sample = '<div class="sample" aria-hidden="true">示例</div><p>示例：单位、人员和数字都是虚构的。</p>'
    rows = "\n".join(_row(row) for row in sheet.rows)
    day = cut_off(sheet.period) or f"截至{chinese(sheet.period[1])}"
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{escape(sheet.title)}</title><style>{_STYLE}</style></head><body>
{sample if sheet.example else ""}
<h1>{escape(sheet.title)}</h1>
<p>{day}。{HOW}</p>
<table><thead><tr><th scope="col">统计项</th><th scope="col">单位</th><th scope="col">上年同期</th>
<th scope="col">本期数</th><th scope="col">出处</th><th scope="col">依据的文件</th></tr></thead>
<tbody>
{rows}
</tbody></table>
<p class="sign"><span>填报人（签字）：</span><span>日期：</span></p>
</body></html>
"""


def _row(row: AskedRow) -> str:
    value, before = row.value, row.before
    shown = value.shown if value.value is not None else ""
    blank = ' class="n blank"' if value.value is None and not row.rate else ' class="n"'
    old = before.shown if before.value is not None else ""
    return (
        f"<tr><td>{escape(value.name)}<br><small>{escape(value.id)}</small></td><td>{escape(value.unit)}</td>"
        f'<td class="n">{old}</td><td{blank}>{shown}</td><td>{escape(row.source)}</td><td></td></tr>'
    )
