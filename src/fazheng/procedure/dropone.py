"""The drop-one rule: every gate, limit and order of steps is needed by an example, or it is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from msgspec.structs import replace

from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.comparing import ExampleFell
from fazheng.procedure.examples import Example, around_of, examples_of, play
from fazheng.procedure.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Dropped:
    """A rule left out, and the name of the example that fell; an empty name is a finding."""

    rule: str
    fell: str


def without(version: Procedure) -> Iterator[tuple[str, Procedure]]:
    """The procedure less one rule at a time, with the name of what is missing."""
    for group in ("gates", "limits", "suspensions", "extensions", "suggestions"):
        rules = getattr(version, group)
        for rule in rules:
            left = tuple(other for other in rules if other is not rule)
            yield rule.id, replace(version, **{group: left})
    for group in ("gates", "limits"):
        rules = getattr(version, group)
        for rule in rules:
            if rule.when is not None:
                always = tuple(replace(other, when=None) if other is rule else other for other in rules)
                yield f"{rule.id} 的 when", replace(version, **{group: always})
    for limit in version.limits:
        for word in ("gives_way", "forgiven"):
            if getattr(limit, word) is not None:
                stays = tuple(replace(other, **{word: None}) if other is limit else other for other in version.limits)
                yield f"{limit.id} 的 {word}", replace(version, limits=stays)
    for step in version.steps.values():
        for word in ("after", "unless"):
            names = getattr(step, word)
            for name in names:
                left = tuple(other for other in names if other != name)
                yield f"{step.id} {word} {name}", _with(version, replace(step, **{word: left}))
        for word in ("repeats", "after_close"):
            if getattr(step, word):
                yield f"{step.id} {word}", _with(version, replace(step, **{word: False}))
        if step.recuses:
            yield f"{step.id} recuses", _with(version, replace(step, recuses=""))
    for id, role in version.roles.items():
        if role.certificate:
            roles = {**version.roles, id: replace(role, certificate=False)}
            yield f"{id} certificate", replace(version, roles=roles)


def _with(version: Procedure, step: Step) -> Procedure:
    return replace(version, steps={**version.steps, step.id: step})


def drop_each(version: Procedure, book_at: Callable[[str], LawBook]) -> Iterator[Dropped]:
    """Every rule that has effect in the place of the examples, with the first example that falls without it."""
    examples = examples_of(version, book_at(""))
    places = {example.place for example in examples} or {""}
    for place in sorted(places):
        book = book_at(place)
        versions = book.procedures[version.id]
        here = next(v for v in versions if v.folder == version.folder)
        mine = list(_with_surroundings([e for e in examples if e.place == place], here, book))
        for name, lesser in without(here):
            others = tuple(lesser if v is here else v for v in versions)
            likely = _likely(here, name)
            tried = sorted(mine, key=lambda one: -likely(one[0]))
            yield Dropped(name, _first_to_fall(tried, lesser, others))


def _with_surroundings(
    examples: list[Example], version: Procedure, book: LawBook
) -> Iterator[tuple[Example, Surroundings]]:
    """The examples that can be played at all, with what stands around them, worked out once for all that is dropped."""
    for example in examples:
        with suppress(ExampleFell):
            yield example, around_of(example, version, book)


def _likely(version: Procedure, name: str) -> Callable[[Example], int]:
    """How likely an example needs what is dropped: the one that does is mostly the first, and the others need not play.

    Examples that name the rule or end in its article come first, then those that end in a step it speaks of. Where a
    rule begins to refuse (its `when` dropped, a step that may be done once), it is those that end well.
    """
    rule, *word = name.split()
    near, articles = {rule} & set(version.steps), set[str]()
    for one in version.rules():
        articles |= {one.article, one.cited} if one.id == rule else set()
    for step in version.steps.values():
        articles |= {step.article, step.cited} if step.id == rule else set()
    for gate in version.gates:
        near |= set(gate.before) if gate.id == rule else set()
    for limit in version.limits:
        near |= set(limit.binds) if limit.id == rule else set()
    begins = bool(word) and word[-1] in ("when", "gives_way", "forgiven", "repeats", "after_close")

    def likely(example: Example) -> int:
        then = example.then
        told = {*then.get("refused", ()), *then.get("warned", ()), *then.get("defects", ())}
        named = rule in {*then.get("due", ()), *then.get("earliest", ()), *told}
        fits = bool(then.get("records")) if begins else bool(articles & told)
        return 4 * named + 2 * fits + ((example.when or {}).get("step") in near)

    return likely


def _first_to_fall(
    examples: list[tuple[Example, Surroundings]], lesser: Procedure, versions: tuple[Procedure, ...]
) -> str:
    for example, around in examples:
        try:
            play(example, lesser, versions, around)
        except ExampleFell:
            return example.name
    return ""
