"""The form of the first page: the bureau, its region, three people, one password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from fazheng.casework.beginning import Beginner
from fazheng.casework.bureaux import BureauFault, check_code
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import load
from fazheng.staff.rights import ADMINISTRATORS, HEAD
from fazheng.web.forms import Box, Option
from fazheng.web.models import Account
from fazheng.web.passwords import faults

FEWEST, SHOWN = 1, 3  # people who must be named, and for whom there is room
_WHO = ("您自己", "第二个人", "第三个人")


@dataclass(frozen=True, slots=True)
class OnePerson:
    """A person of the form as it stands."""

    nth: int
    code: str
    name: str
    roles: tuple[str, ...]

    @property
    def asked(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The form as it stands. `faults` by the name of the box."""

    bureau: str
    code: str
    rows: Sequence[OnePerson]
    password: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def people(self) -> list[OnePerson]:
        """Those who were named."""
        return [one for one in self.rows if one.asked]

    @property
    def beginners(self) -> list[Beginner]:
        return [Beginner(one.code, one.name, one.roles) for one in self.people]

    @property
    def about(self) -> list[Box]:
        """The boxes of the bureau."""
        code_help = "6位行政区划代码；地区的规则按它来定"
        return [
            self._box("bureau", "单位名称", self.bureau, help="例：某某县民政局"),
            self._box("code", "地区", self.code, help=code_help),
        ]

    @property
    def blocks(self) -> list[tuple[str, list[Box], Box, str]]:
        """Of each person: what they are called, code and name, roles, and the roles in words."""
        names = _roles()
        found = []
        for one in self.rows:
            options = [Option(role, name, role in one.roles) for role, name in names.items()]
            roles = Box(f"roles{one.nth}", "角色", "checks", options=options, error=self._fault(f"roles{one.nth}"))
            boxes = [
                self._box(f"name{one.nth}", "姓名", one.name, required=not one.nth, help="另存，不公开"),
                self._box(f"code{one.nth}", "人员编号", one.code, help="登录用，以后不变"),
            ]
            told = "、".join(names[role] for role in one.roles if role in names) or "没有角色"
            found.append((_WHO[one.nth], boxes, roles, told))
        return found

    @property
    def secrets(self) -> list[Box]:
        """The boxes of the password."""
        return [
            self._box("password", "您的口令", "", help="至少10个字符，不能全是数字，不能是常见口令"),
            self._box("again", "再输一次口令", ""),
        ]

    def with_fault(self, name: str, said: str) -> Beginning:
        return replace(self, faults={**self.faults, name: said})

    def _box(self, name: str, label: str, value: str, *, required: bool = True, help: str = "") -> Box:
        return Box(name, label, "text", required, help, value, error=self._fault(name))

    def _fault(self, name: str) -> str:
        return self.faults.get(name, "")


def _roles() -> Mapping[str, str]:
    return load().registers[STAFF].choices["role"]


def _usual() -> tuple[tuple[str, ...], ...]:
    """Who usually does what where three people do it all: the head signs, one handles, one looks it over."""
    register = load().registers[STAFF]
    apart = {*ADMINISTRATORS, *register.signs}
    handles = tuple(role for role in _roles() if role not in apart)
    return (HEAD,), handles, tuple(role for role in register.signs if role != HEAD)


def blank() -> Beginning:
    """The form before anything was typed: only what nobody can guess is left open."""
    return Beginning("", "", [OnePerson(n, f"0{n + 1}", "", roles) for n, roles in enumerate(_usual())])


def typed(post: QueryDict) -> Beginning:
    """The form as it was sent, with what is wrong at each box."""

    def word(name: str) -> str:
        return post.get(name, "").strip()

    known = _roles()
    rows = [
        OnePerson(
            n, word(f"code{n}"), word(f"name{n}"), tuple(role for role in post.getlist(f"roles{n}") if role in known)
        )
        for n in range(SHOWN)
    ]
    form = Beginning(word("bureau"), word("code"), rows, post.get("password", ""))
    return replace(form, faults=_faults(form, post.get("again", "")))


def _faults(form: Beginning, again: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not form.bureau:
        found["bureau"] = "请写单位名称"
    try:
        check_code(form.code)
    except BureauFault as fault:
        found["code"] = str(fault)
    if not form.rows[0].asked:
        found["name0"] = "请写您的姓名"
    codes = [one.code for one in form.people]
    for one in form.people:
        if not one.code or len(one.code) > 40:
            found[f"code{one.nth}"] = "请写人员编号，不超过40个字符"
        elif codes.count(one.code) > 1:
            found[f"code{one.nth}"] = "两个人的编号相同"
        if not one.roles:
            found[f"roles{one.nth}"] = "请至少选一个角色"
    if form.people and not {HEAD} & {role for one in form.people for role in one.roles}:
        found["roles0"] = "三个人里要有一位行政机关负责人：没有设三员以前，由负责人代管账户"
    return found | _password_faults(form, again)


def _password_faults(form: Beginning, again: str) -> dict[str, str]:
    if form.password != again:
        return {"again": "两次输入的口令不一样"}
    found = faults(form.password, Account(code=form.rows[0].code))
    return {"password": "；".join(found)} if found else {}
