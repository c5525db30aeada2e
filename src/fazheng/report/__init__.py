"""年报: the yearly report, composed from figures; one offline page on which every number opens its cases."""

from fazheng.report.checking import Examined, Readiness, examine, ready_to_sign
from fazheng.report.composed import Composed
from fazheng.report.composing import ReportUnknown, compose
from fazheng.report.findings import findings
from fazheng.report.flow import Block, flow
from fazheng.report.matching import Match, match
from fazheng.report.outlining import OutlineUnknown
from fazheng.report.rendering import render
from fazheng.report.spreadsheet import workbook
from fazheng.report.tabling import PersonUnknown

__all__ = [
    "Block",
    "Composed",
    "Examined",
    "Match",
    "OutlineUnknown",
    "PersonUnknown",
    "Readiness",
    "ReportUnknown",
    "compose",
    "examine",
    "findings",
    "flow",
    "match",
    "ready_to_sign",
    "render",
    "workbook",
]
