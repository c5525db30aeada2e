"""What is wrong with the definition of a figure: names that lead nowhere, keys that do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.figures.adding import adds_faults
from fazheng.lawbook.conditions import (
    ActorNotIn,
    AllOf,
    AnyOf,
    Condition,
    Fact,
    FieldTest,
    Linked,
    Not,
    OtherFact,
    ParameterRef,
    ProposalsKept,
    walk,
)
from fazheng.lawbook.facts import fact_names
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Figure, Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.names import condition_names
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.lawbook.sections import section_names
from fazheng.lawbook.values import misfit

_MOST_BOOKS = 8
_GOOD: dict[int, tuple[LawBook, frozenset[str]]] = {}  # holds the books, so that their numbers are not reused


def findings(book: LawBook) -> list[Finding]:
    """Every fault of every figure, in the order of the law files. Empty where each can be counted."""
    each = [finding for figure in book.figures.values() for finding in figure_findings(figure, book)]
    return each + list(_same_names(book))


def _same_names(book: LawBook) -> Iterator[Finding]:
    """Two figures of one name are two numbers a reader takes for one: one of them must say why they differ."""
    named: dict[str, list[Figure]] = {}
    for figure in book.figures.values():
        told = {one.figure for one in figure.differs_from}
        yield from (
            Finding(figure.file, f"没有统计项“{id}”（differs_from）", figure.id) for id in told - book.figures.keys()
        )
        for other in named.setdefault(figure.name, []):
            if other.id not in told and figure.id not in {one.figure for one in other.differs_from}:
                what = f"与“{other.id}”同名，要改名，或者写明为什么不是同一个数（differs_from）"
                yield Finding(figure.file, what, figure.id)
        named[figure.name].append(figure)


def good_figures(book: LawBook) -> frozenset[str]:
    """The figures whose definitions lead somewhere; worked out once for a book of law."""
    known = _GOOD.get(id(book))
    if known is None or known[0] is not book:
        if len(_GOOD) >= _MOST_BOOKS:
            _GOOD.clear()
        good = frozenset(id for id, figure in book.figures.items() if not figure_findings(figure, book))
        known = _GOOD[id(book)] = book, good
    return known[1]


def figure_findings(figure: Figure, book: LawBook) -> list[Finding]:
    """The faults of one figure."""
    return [Finding(figure.file, what, figure.id) for what in _faults(figure, book)]


def _faults(figure: Figure, book: LawBook) -> Iterator[str]:
    if bool(figure.counts) + bool(figure.sums) + bool(figure.rate) + bool(figure.adds) != 1:
        yield "counts、sums、rate、adds 要写且只写一个"
    elif figure.section and figure.section not in section_names(book):
        yield f"人员名册里没有“{figure.section}”这个角色（section）"
    elif figure.adds:
        yield from adds_faults(figure, book)
    elif figure.rate is not None:
        yield from _rate(figure, book)
    elif figure.counts == "register":
        register = book.registers.get(figure.of)
        yield from _register(figure, register) if register else (f"没有台账“{figure.of}”",)
    elif figure.of not in book.procedures:
        yield f"没有程序“{figure.of}”"
    else:
        yield from ("moved 只用于台账",) if figure.moved else ()
        yield from _counted(figure, book.procedures[figure.of], book)


def _rate(figure: Figure, book: LawBook) -> Iterator[str]:
    assert figure.rate is not None
    for id in dict.fromkeys((figure.rate.of, figure.rate.over)):
        if id not in book.figures:
            yield f"没有统计项“{id}”"
        elif book.figures[id].rate is not None:
            yield f"“{id}”本身是比率，比率只能用两个计数来算"
    if figure.unit != "%":
        yield "比率的单位要写 %"
    if figure.of or figure.event or figure.where or figure.splits or figure.distinct or figure.moved:
        yield "比率不写 of、event、where、splits、distinct、moved，写在它的两个统计项里"


def _counted(figure: Figure, versions: tuple[Procedure, ...], book: LawBook) -> Iterator[str]:
    if figure.digits:
        yield "digits 只用于比率"
    if (figure.counts == "events") != bool(figure.event):
        yield 'counts = "events" 要写 event，别的不写'
    elif figure.event and not any(figure.event in version.step_of for version in versions):
        yield f"没有步骤记“{figure.event}”"
    if figure.distinct is not None:
        yield from _distinct(figure, figure.distinct, versions)
    if figure.sums is not None:
        yield from _sums(figure, figure.sums, versions)
    elif figure.unit == "元":
        yield "单位是元的，要用 sums 加金额"
    if figure.splits is not None:
        yield from _splits(figure.splits, versions)
    if figure.where is not None:
        yield from _condition(figure.where, versions, book)


def _distinct(figure: Figure, fact: Fact, versions: tuple[Procedure, ...]) -> Iterator[str]:
    yield from _fact(fact, versions)
    if figure.counts != "events" or fact.event != figure.event:
        yield 'distinct 只用于 counts = "events"，且是同一个事件的字段'
    if figure.splits is not None:
        yield "distinct 和 splits 不能一起用"
    if any(kind.apart for kind in _kinds(fact, versions)):
        yield f"“{fact}”是另存的，不能按它去重"


def _sums(figure: Figure, fact: Fact, versions: tuple[Procedure, ...]) -> Iterator[str]:
    yield from _fact(fact, versions)
    kinds = _kinds(fact, versions)
    if fact.field in ("on", "by") or any(kind.name not in ("yuan", "number") or kind.many for kind in kinds):
        yield f"“{fact}”不是一个金额或一个数字，不能相加"
    if (figure.unit == "元") != any(kind.name == "yuan" for kind in kinds):
        yield f"“{fact}”的单位对不上：金额的单位写元，别的不写元"


def _splits(fact: Fact, versions: tuple[Procedure, ...]) -> Iterator[str]:
    yield from _fact(fact, versions)
    if fact.field in ("on", "by") or any(kind.name != "choice" or kind.many for kind in _kinds(fact, versions)):
        yield f"“{fact}”不是单选的可选项，不能按它分项"


def _kinds(fact: Fact, versions: tuple[Procedure, ...]) -> list[Kind]:
    steps = [version.step_of[fact.event] for version in versions if fact.event in version.step_of]
    return [step.kinds[fact.field] for step in steps if fact.field in step.kinds]


def _fact(fact: Fact, versions: tuple[Procedure, ...]) -> Iterator[str]:
    yield from _in_every([list(fact_names(fact, version)) for version in versions])


def _in_every(told: list[list[str]]) -> list[str]:
    """What is said of every version: a name that one version knows leads somewhere."""
    return [what for what in dict.fromkeys(told[0]) if all(what in of_version for of_version in told)]


def _condition(condition: Condition, versions: tuple[Procedure, ...], book: LawBook) -> Iterator[str]:
    yield from _in_every([list(condition_names(condition, version, book)) for version in versions])
    for part in walk(condition):
        match part:
            case ActorNotIn():
                yield "actor_not_in 只用于关口"
            case FieldTest(_, _, OtherFact(_, plus, percent, times)) if plus or percent != 100 or times:
                yield "plus、percent、times 只用于程序的规则，统计项不用"
            case ProposalsKept():
                yield "proposals 只用于关口"
            case Linked(other, where) if other in book.procedures:
                yield from _condition(where, book.procedures[other], book)
                if any(isinstance(inner, Linked) for inner in walk(where)):
                    yield "linked 的 where 里不能再写 linked"


def _register(figure: Figure, register: Register) -> Iterator[str]:
    if figure.event or figure.distinct or figure.digits or figure.unit == "元":
        yield "台账只数行：不写 event、distinct、digits，单位不是元"
    if figure.splits is not None:
        yield from _row_fact(figure.splits, register)
        kind = register.kinds.get(figure.splits.field)
        if kind is not None and (kind.name != "choice" or kind.many):
            yield f"“{figure.splits}”不是单选的可选项，不能按它分项"
    if figure.where is not None:
        yield from _row_condition(figure.where, register)


def _row_fact(fact: Fact, register: Register) -> Iterator[str]:
    if fact.event != register.id:
        yield f"“{fact}”要写成“{register.id}.字段”"
    elif fact.field not in register.fields:
        yield f"“{register.name}”没有字段“{fact.field}”"


def _row_condition(condition: Condition, register: Register) -> Iterator[str]:
    for part in walk(condition):
        match part:
            case FieldTest(fact, test, value):
                yield from _row_fact(fact, register)
                kind = register.kinds.get(fact.field)
                if kind is not None and kind.apart and test != "present":
                    yield f"“{fact}”是另存的，条件只能问 present"
                elif isinstance(value, ParameterRef | OtherFact):
                    yield "台账的条件右边不能是参数，也不能是另一栏"
                elif kind is not None and fact.event == register.id and (fault := misfit(part, kind, register.choices)):
                    yield fault
            case AnyOf() | AllOf() | Not():
                pass
            case _:
                yield "台账的条件只能用 field、any、all、not"
