"""公文: papers in the form of GB/T 9704-2012, as .docx and as PDF. Knows no book and no database."""

from fazheng.documents.facts import BLANK, Facts, FactsFault, facts_of, kept_facts, read_facts
from fazheng.documents.fonts import FontFault, Fonts, found_fonts
from fazheng.documents.laying import lines
from fazheng.documents.paper import Block, Heading, Paper, Paragraph, Run, Table
from fazheng.documents.printing import PrintFault, pdf
from fazheng.documents.word import docx

__all__ = [
    "BLANK",
    "Block",
    "Facts",
    "FactsFault",
    "FontFault",
    "Fonts",
    "Heading",
    "Paper",
    "Paragraph",
    "PrintFault",
    "Run",
    "Table",
    "docx",
    "facts_of",
    "found_fonts",
    "kept_facts",
    "lines",
    "pdf",
    "read_facts",
]
