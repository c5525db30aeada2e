"""What a figure counts, in one Chinese sentence."""

from __future__ import annotations

import msgspec

from fazheng.figures.adding import added_said
from fazheng.figures.periods import Period, cut_off
from fazheng.lawbook.conditions import AllOf, AnyOf, Condition, FieldTest, Not
from fazheng.lawbook.figure import Figure, Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.refusals import step_name
from fazheng.procedure.words import describe, fact_name

_TESTS = {"is": "为", "in": "属于", "at_least": "不少于", "at_most": "不多于"}


def definition(figure: Figure, book: LawBook, period: Period) -> str:
    """What is counted, of which procedure or register, in which period, under which condition."""
    day = cut_off(period)
    span = f"{period[0]}至{period[1]}" + (f"（{day}）" if day else "")
    if figure.rate is not None:
        of, over = book.figures[figure.rate.of], book.figures[figure.rate.over]
        kept = f"四舍五入保留{figure.digits}位小数" if figure.digits else "四舍五入取整数"
        return f"“{of.name}”占“{over.name}”的百分比，{kept}，两数相等才记100%；期间{span}。"
    if figure.adds:
        return added_said(figure, book, period)
    if figure.counts == "register":
        return _register(figure, book.registers[figure.of], period)
    law = version_of(figure.of, book, period)
    where = f"{describe(figure.where, law)}" if figure.where else ""
    if figure.counts == "cases":
        met = f"，符合：{where}" if where else ""
        text = f"“{law.name}”的案件数，一案计一件，以{period[1]}当日的情况为准{met}"
    else:
        met = f"，只计{period[1]}符合下列条件的案件：{where}" if where else ""
        text = f"{_events(figure, law)}{met}"
    return f"{text}；期间{span}{_split(figure, law)}。"


def version_of(procedure: str, book: LawBook, period: Period) -> Procedure:
    """The version whose words describe a figure: the one in force on the period's last day, else the newest.

    What only another version knows is said in the words of that one.
    """
    versions = book.procedures[procedure]
    told = book.version(procedure, period[1]) or versions[-1]
    for other in reversed(versions):
        if other is not told:
            told = msgspec.structs.replace(
                told,
                steps={**other.steps, **told.steps},
                choices={**other.choices, **told.choices},
                labels={**other.labels, **told.labels},
                limits=(*told.limits, *(limit for limit in other.limits if limit.id not in told.limit_of)),
            )
    return told


def _events(figure: Figure, law: Procedure) -> str:
    if figure.sums is not None:
        return f"“{law.name}”在期间内“{fact_name(figure.sums, law)}”的合计"
    event = f"“{law.name}”在期间内的“{step_name(law, figure.event)}”"
    if figure.distinct is not None:
        return f"{event}中“{fact_name(figure.distinct, law)}”不同的个数，相同的只计一次"
    return f"{event}次数"


def _split(figure: Figure, law: Procedure) -> str:
    return f"；按“{fact_name(figure.splits, law)}”分项" if figure.splits else ""


def _register(figure: Figure, register: Register, period: Period) -> str:
    met = f"，符合：{_row_words(figure.where, register)}" if figure.where else ""
    split = f"；按“{register.labels.get(figure.splits.field, figure.splits.field)}”分项" if figure.splits else ""
    if figure.moved:
        did = "列入" if figure.moved == "entered" else "移出"
        return f"{period[0]}至{period[1]}{did}“{register.name}”的次数{met}{split}。"
    return f"{period[1]}“{register.name}”在册的行数{met}{split}。"


def _row_words(condition: Condition, register: Register) -> str:
    match condition:
        case AnyOf(parts):
            return "（" + "，或者".join(_row_words(part, register) for part in parts) + "）"
        case AllOf(parts):
            return "，且".join(_row_words(part, register) for part in parts)
        case Not(part):
            return f"并非{_row_words(part, register)}"
        case FieldTest(fact, test, value):
            label = register.labels.get(fact.field, fact.field)
            if test == "present":
                return f"“{label}”{'已填' if value else '未填'}"
            names = register.choices.get(register.kinds[fact.field].of, {})
            listed = value if isinstance(value, tuple) else (value,)
            words = "、".join({True: "是", False: "否"}.get(one, str(names.get(str(one), one)))
                             if isinstance(one, bool) else str(names.get(str(one), one)) for one in listed)  # fmt: skip
            return f"“{label}”{_TESTS[test]}“{words}”"
    raise TypeError(f"台账的行没有这种条件：{condition!r}")
