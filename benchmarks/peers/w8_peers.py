"""W8 as others do it: the report to .docx by python-docx and docxtpl, to PDF by LibreOffice and weasyprint.

As written by those who measured them, trimmed to what the benchmark runs; each gives the file's bytes.
"""
import html, io, random, subprocess
from benchmarks.peers.w4_data import S


def content(seed=1):
    "title, 8 chapters x 12 paragraphs (~100 characters), 10 tables of 12 rows x 6 columns under a head, ~100 figures"
    r = random.Random(seed); ch = []
    for i in range(8):
        ch.append(dict(title=f"{'一二三四五六七八'[i]}、{r.choice(S)}", paras=["，".join(r.choice(S) for _ in range(9)) + f"，共办理{r.randint(1,9999)}件。" for _ in range(12)]))
    tb = [dict(title=f"表{i+1} {r.choice(S)}", head=["乡镇", "受理", "办结", "确认", "不予确认", "按期率"], rows=[[f"第{j+1}乡镇"] + [str(r.randint(1, 999)) for _ in range(4)] + [f"{r.randint(900,1000)/10}%"] for j in range(12)]) for i in range(10)]
    return dict(title="某县民政局2025年法治政府建设年度报告", chapters=ch, tables=tb)


def by_python_docx(C):
    import docx as D
    d = D.Document(); d.add_heading(C["title"], 0)
    for c in C["chapters"]:
        d.add_heading(c["title"], 1)
        for p in c["paras"]: d.add_paragraph(p)
    for t in C["tables"]:
        d.add_paragraph(t["title"]); tb = d.add_table(rows=1, cols=6); tb.style = "Table Grid"
        for i, h in enumerate(t["head"]): tb.rows[0].cells[i].text = h
        for r in t["rows"]:
            cs = tb.add_row().cells
            for i, x in enumerate(r): cs[i].text = x
    b = io.BytesIO(); d.save(b); return b.getvalue()


def template(path):
    import docx as D
    d = D.Document(); d.add_heading("{{ title }}", 0)
    d.add_paragraph("{%p for c in chapters %}"); d.add_heading("{{ c.title }}", 1)
    d.add_paragraph("{%p for p in c.paras %}"); d.add_paragraph("{{ p }}"); d.add_paragraph("{%p endfor %}"); d.add_paragraph("{%p endfor %}")
    d.add_paragraph("{%p for t in tables %}"); d.add_paragraph("{{ t.title }}")
    tb = d.add_table(rows=4, cols=6); tb.style = "Table Grid"
    for i in range(6): tb.rows[0].cells[i].text = "{{ t.head[%d] }}" % i; tb.rows[2].cells[i].text = "{{ r[%d] }}" % i
    tb.rows[1].cells[0].text = "{%tr for r in t.rows %}"; tb.rows[3].cells[0].text = "{%tr endfor %}"
    d.add_paragraph("{%p endfor %}"); d.save(path)


def by_docxtpl(path, C):
    from docxtpl import DocxTemplate
    t = DocxTemplate(path); t.render(C); b = io.BytesIO(); t.save(b); return b.getvalue()


def by_libreoffice(docx, folder):
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(docx)], capture_output=True, check=True)
    return (folder / (docx.stem + ".pdf")).read_bytes()


def by_weasyprint(C):
    import logging, weasyprint
    logging.disable(logging.WARNING)
    e = html.escape
    H = f"<html lang=zh><style>@page{{size:A4;margin:2.5cm}}body{{font-family:'Noto Serif CJK SC'}}td,th{{border:1px solid}}</style><h1>{C['title']}</h1>" + "".join(f"<h2>{e(c['title'])}</h2>" + "".join(f"<p>{e(p)}</p>" for p in c["paras"]) for c in C["chapters"]) + \
        "".join(f"<p>{e(t['title'])}</p><table><tr>" + "".join(f"<th>{h}" for h in t["head"]) + "".join("<tr>" + "".join(f"<td>{x}" for x in r) for r in t["rows"]) + "</table>" for t in C["tables"])
    return weasyprint.HTML(string=H).write_pdf()
