"""A place cannot weaken a national rule: each way there is, tried against every read gate and limit of the law."""

from pathlib import Path

import pytest

from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Gate, Limit, Rule
from fazheng.lawbook.standing import standing
from tests.law.copies import PLACE, copied

READ: dict[str, Rule] = {
    f"{version.id}/{rule.id}": rule
    for versions in load().procedures.values()
    for version in versions
    for rule in version.rules()
    if isinstance(rule, Gate | Limit) and rule.mark == "read"
}
LIMITS = {name: rule for name, rule in READ.items() if isinstance(rule, Limit) and rule.length}
NATIONAL = "这是全国的规定，地方不得采用或者替换"


def start_up(root: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    """What stops a bureau of the example county from starting when the county's file says so; empty where it starts."""
    (root / "local" / PLACE / "weaker.toml").write_text(text, "utf-8")
    monkeypatch.setenv("FAZHENG_LAW", str(root))
    try:
        standing(PLACE)
    except LawFault as fault:
        return [str(finding) for finding in fault.findings]
    return []


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The county adopts every read gate and limit with an article of its own, and each limit with a longer length."""
    longer = {name: f'length = "999 {rule.length.split(" ", 1)[1]}"\n' for name, rule in LIMITS.items()}
    text = "".join(
        f'[[adopt]]\nadopts = "{name}"\narticle = "示例县规定第一条"\n{longer.get(name, "")}\n' for name in READ
    )
    with pytest.MonkeyPatch.context() as patch:
        return start_up(copied(tmp_path_factory.mktemp("places")), patch, text)


@pytest.mark.parametrize("name", READ)
def test_a_place_cannot_adopt_or_replace_a_read_rule(told: list[str], name: str) -> None:
    assert f"local/{PLACE}/weaker.toml：{name}：{NATIONAL}" in told


def test_a_longer_limit_is_not_taken_even_before_start_up_is_stopped(tmp_path: Path) -> None:
    root = copied(tmp_path)
    text = "".join(f'[[adopt]]\nadopts = "{name}"\nlength = "999 days"\n\n' for name in LIMITS)
    (root / "local" / PLACE / "weaker.toml").write_text(text, "utf-8")
    for versions in load(root=root, place=PLACE).procedures.values():
        for limit in (limit for version in versions for limit in version.limits):
            assert not limit.length.startswith("999"), limit.id


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[[gate]]\nid = "facts_established"\nneeds = { event = "case_filed" }\n', "不认识的表“gate”"),
        ('[[limit]]\nid = "decision_period"\nlength = "999 days"\n', "不认识的表“limit”"),
        ('[[remove]]\nrule = "penalty.ordinary/facts_established"\n', "不认识的表“remove”"),
        ('[[step]]\nid = "decide"\nrole = "officer"\n', "不认识的表“step”"),
        ('[roles]\nbureau_head = "经办人"\n', "不认识的表“roles”"),
        ('[procedure]\nid = "penalty.ordinary"\nmark = "local"\n', "不认识的表“procedure”"),
        ('[[duty]]\nid = "disclosure.report"\nmark = "local"\n', "不认识的表“duty”"),
        ('[[adopt]]\nadopts = "penalty.ordinary/decide"\nrole = "officer"\n', "不认识的词“role”"),
        ('[[adopt]]\nadopts = "penalty.ordinary/facts_established"\nmark = "unverified"\n', "不认识的词“mark”"),
        ('[[adopt]]\nadopts = "penalty.ordinary/decision_period"\nmissed = ""\n', "不认识的词“missed”"),
    ],
)
def test_a_place_has_no_word_to_redefine_or_remove_a_rule_or_to_change_a_role(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, what: str
) -> None:
    said = start_up(copied(tmp_path), monkeypatch, text)
    assert [line for line in said if "weaker.toml" in line and what in line], said


@pytest.mark.parametrize("name", [f"{id}/{v[-1].opens}" for id, v in load().procedures.items() if v[-1].mark == "read"])
def test_a_place_cannot_adopt_a_national_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    said = start_up(copied(tmp_path), monkeypatch, f'[[adopt]]\nadopts = "{name}"\narticle = "示例县规定第一条"\n')
    assert [line for line in said if f"{name}：{NATIONAL}" in line], said


def test_a_folder_of_a_place_is_no_second_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    (root / "local" / PLACE / "procedures").mkdir()
    (root / "local" / PLACE / "procedures" / "gates.toml").write_text("", "utf-8")
    said = start_up(root, monkeypatch, "")
    assert [line for line in said if "这个位置的文件没有人读" in line], said
