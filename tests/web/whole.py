"""A bureau in which something stands on every page, and markup in every value: what the walks over all pages walk.

`whole` is opened once a module, from one that was made once a run. Its people hold one role each, named after it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from waitress import wasyncore
from waitress.server import create_server

from fazheng.casework.act import Act
from fazheng.casework.attaching import attach
from fazheng.casework.bureaux import Bureau, the_bureau
from fazheng.casework.writing import Writing, writing
from fazheng.lawbook.load import load
from fazheng.ledger.storage import BOOK, DESK, close_home, open_home
from fazheng.staff.rights import ADMINISTRATORS, COMMANDS, PAGES, Viewer, may_do, may_open
from fazheng.web import serving
from fazheng.web.models import Account
from tests.casework import desk

MARKUP = "<b onclick=x>\"'&"  # as a value; where it comes back as a tag, a page lets others write into it
FORMULA = "=HYPERLINK(1)"  # as a value; a table that is given out must not let it count
LONG = "示例自治县某某街道某某社区居民委员会便民服务站志愿服务联合促进会"
HOSTS = ("testserver", "127.0.0.1", "localhost")
HEAD = "bureau_head"
DEPUTY = "deputy"


@dataclass(frozen=True)
class Whole:
    """The home that is served, its bureau, and cases in it."""

    home: Path
    bureau: Bureau
    ticket: str
    penalty: str

    def client(self, code: str) -> Client:
        """A test client in which that person is logged in."""
        client = Client(raise_request_exception=False)
        client.force_login(Account.objects.get(code=code))
        return client


def roles() -> list[str]:
    """Every role of the staff register, in its order."""
    return list(load().registers["staff"].choices["role"])


def kinds_of_roles() -> list[str]:
    """One role of every kind: those that the rights let to other pages, or let do something else; and a presider who
    signs in the head's place by a paper.
    """
    found: dict[tuple[object, ...], str] = {}
    for role in roles():
        held = frozenset({role})
        who = Viewer(role, held - ADMINISTRATORS, administers=held & ADMINISTRATORS)
        found.setdefault((*(may_open(who, one) for one in PAGES), *(may_do(who, one) for one in COMMANDS)), role)
    return [*found.values(), DEPUTY]


@pytest.fixture(scope="session")
def _whole(_migrated_book: Path, _migrated_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Made once a run; copied, never opened again."""
    folder = tmp_path_factory.mktemp("whole") / "home"
    folder.mkdir()
    shutil.copyfile(_migrated_book, folder / BOOK)
    shutil.copyfile(_migrated_desk, folder / DESK)
    with _opened(folder):
        bureau = desk.bureau_at_work(name=f"示例县民政局{MARKUP}")
        with writing(bureau, today=desk.TODAY) as act:
            _people(act)
            _registers(act)
            ticket, penalty = _cases(act)
        attach(
            bureau, ticket, BytesIO(b"%PDF-1.4 example"), Act(desk.TODAY, "乙", {}), name=f"{MARKUP}.pdf",
            today=desk.TODAY,
        )  # fmt: skip
        for code in (*roles(), DEPUTY, *desk.PEOPLE):
            account = Account(code=code, must_change_password=False)
            account.set_unusable_password()
            account.save()
    return Whole(folder, bureau, ticket, penalty)


@contextmanager
def _opened(home: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAZHENG_HOME", str(home))
        patch.delenv("DATABASE_URL", raising=False)
        open_home(home)
        yield
        close_home()
        connections["desk"].close()


def _people(act: Writing) -> None:
    for role in roles():
        office = {"other_office": True} if role in ADMINISTRATORS else {}
        row = {"name": f"示例{MARKUP}", "roles": [role], "certificate_until": "2026-12-01", **office}
        assert desk.enter(act, "staff", "2020-01-01", code=role, **row) == []

    row = {"name": f"示例{MARKUP}", "roles": ["presider"], "certificate_until": "2026-12-01"}
    assert desk.enter(act, "staff", "2020-01-01", code=DEPUTY, **row) == []
    paper = {"paper": "示民发〔2026〕9号", "granted_by": HEAD, "who": DEPUTY, "term_from": "2026-09-01",
             "term_until": "2026-12-31", "procedures": ["hotline.ticket"]}  # fmt: skip
    assert desk.enter(act, "signing_authority", "2026-09-01", by=HEAD, **paper) == []


def _registers(act: Writing) -> None:
    rows: dict[str, dict[str, Any]] = {
        "social_organisation": {"code": desk.CODE, "name": f"{LONG[:20]}{MARKUP}"},
        "section": {"code": f"股{MARKUP}", "name": f"示例股{MARKUP}"},
    }
    for register, row in rows.items():
        law = load().registers[register]
        every = {**_filled(law.kinds, law.choices), **row}
        known = {field: value for field, value in every.items() if field in law.kinds}
        refused = desk.enter(act, register, "2025-01-06", by=HEAD, **known)
        assert refused == [], (register, refused)


def _filled(fields: Any, choices: Any) -> dict[str, Any]:
    """Something lawful for every field that must be filled."""
    plain = {
        "words": f"示例{MARKUP}", "date": "2025-01-06", "yes_no": False, "number": 1, "yuan": "1.00",
        "person": f"示例{MARKUP}", "org_code": desk.CODE, "text": f"示例{MARKUP}", "phone": "13900000000",
    }  # fmt: skip
    found: dict[str, Any] = {}
    for name, kind in fields.items():
        if kind.optional:
            continue
        value = next(iter(choices[kind.of])) if kind.name == "choice" else plain.get(kind.name, "示例")
        found[name] = [value] if kind.many else value
    return found


def _cases(act: Writing) -> tuple[str, str]:
    """A ticket and a decided penalty; others of their kind that stand at other steps."""
    ticket = desk.receive(act, topic=f"养老{MARKUP}", request=f"{LONG}{MARKUP}"[:40])
    desk.receive(act, "2026-11-18", topic=FORMULA, request=FORMULA, ticket_no="示例工单三")
    penalty = desk.file(act, matter=f"未按规定报送{MARKUP}", facts=f"{LONG * 6}{MARKUP}")
    desk.do(
        act, penalty, "gather_evidence", "2026-09-02", method="other", evidence_kind="document",
        officers=["甲", "乙"], content=f"账册{MARKUP}",
    )  # fmt: skip
    desk.file(act, "2026-11-19", matter="刚立案的")
    desk.decided_unheard(act)
    return ticket, penalty


@contextmanager
def served(whole: Whole, to: Path, assets: Path) -> Iterator[Whole]:
    """A copy of the bureau, opened and served."""
    shutil.copytree(whole.home, to, symlinks=True)
    with _opened(to):
        serving.start(to, the_bureau(), hosts=HOSTS, today=lambda: desk.TODAY, assets=assets)
        yield Whole(to, whole.bureau, whole.ticket, whole.penalty)
        serving.stop()


@pytest.fixture(scope="module")
def whole(_whole: Whole, _led: object, _assets: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The bureau, served for this module; what one test writes the next one finds."""
    with served(_whole, tmp_path_factory.mktemp("served") / "home", _assets) as copy:
        yield copy


@pytest.fixture(scope="module")
def whole_live(whole: Whole) -> Iterator[str]:
    """The address of a waitress server on it."""
    with answering() as address:
        yield address


@contextmanager
def answering() -> Iterator[str]:
    """A waitress server on whatever is served now."""
    server, over = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4), Event()

    def answers() -> None:  # not `run`, which ends with the process: sockets closed under it are a fault
        while not over.is_set():
            wasyncore.loop(timeout=0.2, map=server._map, count=1)

    thread = Thread(target=answers, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    over.set()
    thread.join()
    server.task_dispatcher.shutdown()
    wasyncore.close_all(server._map)
