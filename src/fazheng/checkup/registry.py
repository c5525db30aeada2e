"""The rules by name. Each file under rules/ holds one; its name is its file's, with hyphens."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from fazheng.checkup.finding import SEVERITIES, Hit, Severity

if TYPE_CHECKING:
    from fazheng.checkup.report import Report

Check = Callable[["Report"], Iterator[Hit]]
_rules: dict[str, Rule] = {}


class RuleFault(Exception):
    """Two rules of one name, or a rule that does not say what it is. A fault of the program, raised at start."""


@dataclass(frozen=True)
class Rule:
    """A rule and what its page says. `kinds` are defect types of the labels, the usual one first."""

    id: str
    group: str
    title: str
    kinds: tuple[str, ...]
    severity: Severity
    what: str
    why: str
    source: str
    example: str
    check: Check


def rule(
    *, title: str, kinds: str, severity: Severity, why: str, source: str, example: str
) -> Callable[[Check], Check]:
    """Registers the function as the rule of its file. `kinds` is words with blanks between; the docstring says what.

    Raises RuleFault where a rule of this name is there already or a word is missing.
    """

    def register(check: Check) -> Check:
        group, name = check.__module__.split(".")[-2:]
        id = name.replace("_", "-")
        told = {"what": " ".join((check.__doc__ or "").split()), "why": why, "source": source, "example": example}
        if id in _rules:
            raise RuleFault(f"两条规则同名：{id}（{_rules[id].check.__module__}、{check.__module__}）")
        if not (title and kinds and all(told.values())) or severity not in SEVERITIES:
            raise RuleFault(f"规则 {id} 没有写全：title、kinds、severity、why、source、example 和说明")
        _rules[id] = Rule(id, group, title, tuple(kinds.split()), severity, check=check, **told)
        return check

    return register


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of groups and names. Raises RuleFault."""
    from fazheng.checkup import rules as folder

    for module in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
        before = len(_rules)
        import_module(module.name)
        if (
            not module.ispkg
            and len(_rules) != before + 1
            and module.name.rsplit(".", 1)[-1].replace("_", "-") not in _rules
        ):
            raise RuleFault(f"{module.name} 里没有规则：一个文件写一条")
    return dict(sorted(_rules.items(), key=lambda pair: (pair[1].group, pair[0])))
