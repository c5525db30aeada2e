"""Rules that were broken, in Chinese: one with its phrase, many by their articles."""

from __future__ import annotations

from collections.abc import Sequence

from fazheng.lawbook.procedure import Procedure, Rule

MANY = 6  # rules told one by one; more are told by their articles

BUILT_IN_NAMES = {
    "role": "办理人没有这一步的角色",
    "certificate": "办理人当日没有有效的证件",
    "recused": "办理人应当回避",
    "once": "这一步已经办过",
    "after": "前一步还没有办",
    "unless": "已经不该再办这一步",
    "field": "栏目没有填好",
    "order": "日期早于本案最近一步",
    "future": "日期还没有到",
    "closed": "案件已经办结",
    "version": "当日没有施行中的程序",
    "lapsed": "期限届满以后才办",
    "late_extension": "期限届满以后才延长",
    "after_signing": "晚于年度报告签发",
}


def gate_name(gate: str, law: Procedure) -> str:
    """What a gate asks for, in words: a built-in one by what was wrong, one of the procedure by its article."""
    if gate in BUILT_IN_NAMES:
        return BUILT_IN_NAMES[gate]
    found = _rule(gate, law)
    return f"{found.cited}：{found.says or found.name}" if found else gate


def _rule(gate: str, law: Procedure) -> Rule | None:
    return next((rule for rule in (*law.gates, *law.waiting, *law.extensions) if rule.id == gate), None)


def broken_of(gates: Sequence[str], law: Procedure) -> str:
    """That one of these rules was broken: how many there are, and their articles, each once, statute by statute."""
    articles: dict[str, dict[str, None]] = {}
    for gate in gates:
        rule = _rule(gate, law)
        statute = rule.cited.removesuffix(rule.article) if rule else ""
        articles.setdefault(statute, {})[rule.article if rule else gate_name(gate, law)] = None
    named = [statute + "、".join(some) for statute, some in articles.items() if statute]
    own = list(articles.get("", ()))
    return f"有条目违反下列程序规则之一（共{len(gates)}条）：{'；'.join([*named, *own])}"
