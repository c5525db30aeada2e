"""Names in a place's platforms that lead nowhere, and columns that would show what is held apart."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.act import Public, rule_of
from fazheng.lawbook.facts import fact_names, kind_of
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.names import condition_names
from fazheng.lawbook.platform import MASKS, Column, Platform, PlatformSheet
from fazheng.lawbook.procedure import Limit, Procedure


def platform_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each fault of each platform of the place."""
    for platform in book.platforms.values():
        for sheet in platform.sheets:
            for what in _sheet(platform, sheet, book):
                yield Finding(platform.file, what, sheet.name)


def _sheet(platform: Platform, sheet: PlatformSheet, book: LawBook) -> Iterator[str]:
    versions = book.procedures.get(sheet.of, ())
    if not versions:
        yield f"没有程序“{sheet.of}”"
        return
    if not isinstance(rule_of(versions, sheet.limit), Limit):
        yield f"程序“{sheet.of}”没有期限“{sheet.limit}”"
    bound = [rule for act in book.acts.values() for rule in act.public if act.binds(rule, sheet.of)]
    if not any(isinstance(rule, Public) and rule.limit == sheet.limit for rule in bound):
        yield f"law/acts 里没有写“{sheet.of}”按期限“{sheet.limit}”公开，不能上报"
    heads = [column.head for column in sheet.columns]
    yield from (f"两列都叫“{head}”" for head in dict.fromkeys(heads) if heads.count(head) > 1)
    for own, named in (("row", platform.receipt.row), ("package", platform.receipt.package)):
        if not any(column.own == own and column.head == named for column in sheet.columns):
            yield f'要有一列“{named}”写 own = "{own}"：回执靠它对得上'
    if sheet.never is not None:
        yield from condition_names(sheet.never, versions[-1], book)
    for column in sheet.columns:
        yield from (f"“{column.head}”：{what}" for what in _column(column, versions[-1], book))


def _column(column: Column, version: Procedure, book: LawBook) -> Iterator[str]:
    if sum(map(bool, (column.field, column.own, column.always))) != 1:
        yield "field、own、always 要写且只写一个"
        return
    if column.field is None:
        return
    yield from fact_names(column.field, version)
    kind = kind_of(column.field, version)
    if kind is None:
        return
    if kind.apart and kind.name not in MASKS.get(column.mask, ()):
        yield f"“{column.field}”是另存的（{kind.name}），没有遮盖就不能上报；能遮盖的只有姓名、证件号、电话"
    if kind.name == "people":
        yield "人员编号不上报"
    if column.mask and not kind.apart:
        yield "mask 只用于另存的栏目"
    if bool(column.register) != bool(column.row_field):
        yield "register 和 row_field 要一起写"
    elif column.register:
        register = book.registers.get(column.register)
        held = register.kinds.get(column.row_field) if register else None
        if held is None:
            yield f"名册“{column.register}”没有字段“{column.row_field}”"
        elif held.apart or held.name == "people":
            yield f"“{column.row_field}”是另存的，不能上报"
