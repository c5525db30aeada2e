"""How the page looks: two columns on a screen, one on a phone, A4 on paper, colours never the only sign."""

STYLE = """
:root{color-scheme:light;--error:#a3001b;--warning:#7a4f00;--info:#1f5280}
*{box-sizing:border-box}
body{margin:0 auto;max-width:78rem;padding:1rem 1.25rem 4rem;color:#1a1a1a;background:#fff}
body{font:1.0625rem/1.9 "Noto Serif SC","Noto Serif CJK SC","Songti SC",SimSun,serif}
h1,h2,h3,header,nav,.note,.more,.no{font-family:"Noto Sans SC","Noto Sans CJK SC","PingFang SC",
"Microsoft YaHei",sans-serif}
h1{font-size:1.1rem;letter-spacing:.1em;color:#555;margin:0}
h2{font-size:1.5rem;line-height:1.4;margin:.2rem 0 .4rem;overflow-wrap:anywhere}
h3{font-size:1rem;margin:0 0 .2rem}
article+article{margin-top:3rem;border-top:3px double #777;padding-top:1rem}
header p{margin:.1rem 0;font-size:.95rem;line-height:1.6}.verdict{font-size:1.1rem!important;font-weight:700}
nav{margin:1rem 0 1.5rem;font-size:.95rem;line-height:1.65}
.group{border-left-width:5px;border-left-style:solid;padding:.5rem .9rem;margin:.6rem 0;border-radius:0 .3rem .3rem 0}
.group h3{font-size:1.05rem}
.group ul{margin:0;padding:0;list-style:none}.group li{margin:.15rem 0}
.error{border-color:var(--error);background:#fdeef0}.error h3,.note.error b:first-of-type{color:var(--error)}
.warning{border-color:var(--warning);background:#fff6e3}.warning h3,.note.warning b:first-of-type{color:var(--warning)}
.info{border-color:var(--info);background:#edf4fb}.info h3,.note.info b:first-of-type{color:var(--info)}
.silent{border-color:#777;background:#f3f3f3}
nav a,.note>a{display:inline-block;min-width:1.7em;padding:0 .3em;border:1px solid #888;border-radius:.8em}
nav a,.note>a{background:#fff;text-align:center;font-size:.8rem;line-height:1.6;color:#1a1a1a;text-decoration:none}
a:focus-visible,a:hover{outline:2px solid var(--info);outline-offset:1px}
:target{background:#ffe58a;scroll-margin-top:3rem}
.text{border-top:1px solid #bbb;padding-top:1rem}
.row{display:grid;grid-template-columns:minmax(0,40em) minmax(14rem,1fr);gap:1.75rem;margin:.3rem 0}
.row>p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;text-indent:2em}.row>p.head{text-indent:0;font-weight:700}
.note{border-left-width:4px;border-left-style:solid}
.note{font-size:.85rem;line-height:1.55;padding:.2rem .6rem;margin:.1rem 0 .45rem}
.more{font-size:.8rem;color:#444;margin:0 0 .4rem .6rem}
.to{text-decoration:underline;text-underline-offset:3px}
mark{color:inherit;padding:.05em 1px}
mark.error{border-bottom:3px solid var(--error)}mark.warning{border-bottom:3px dashed var(--warning)}
mark.info{border-bottom:2px dotted var(--info)}
.no{font-size:.65rem;line-height:1;vertical-align:super;padding:0 .15em;color:#333;text-decoration:none}
.no{user-select:none}
code{font-size:.75rem;color:#555}
@media screen and (max-width:48rem){body{padding:.75rem .9rem 3rem}.row{grid-template-columns:1fr;gap:.2rem}}
@media screen and (max-width:48rem){nav a{min-width:2.4em;line-height:2;margin:.1rem 0}.note{margin-left:1rem}}
@page{size:A4;margin:18mm 15mm}
@media print{body{padding:0;max-width:none;font-size:10.5pt;line-height:1.7}
.group,.note,mark{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.row{grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:6mm}.row,.note,.group li,h2,h3{break-inside:avoid}
h2,h3,.head{break-after:avoid}.note,.more{font-size:8.5pt}article+article{break-before:page}code{display:none}}
"""
