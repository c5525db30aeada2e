"""动态口令: signing on screen asks for it, signing on paper and every other step do not."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_otp.oath import TOTP

from fazheng.casework import clock
from fazheng.ledger.storage import DESK
from fazheng.web import second_factor, serving
from fazheng.web.models import Account, SecondFactor
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import key_in

Clients = Callable[[str], Client]
PAGE = "/account/second-factor/"


def code_of(seed: bytes, later: int = 0) -> str:
    """What the phone shows; `later` steps of half a minute on, which the desk takes too."""
    totp = TOTP(seed, 30)
    totp.time = clock.now().timestamp() + 30 * later
    return f"{totp.token():06d}"


def enrolled(client: Client, code: str) -> tuple[bytes, list[str]]:
    """The seed in the phone, and the recovery codes."""
    client.get(PAGE)
    account = Account.objects.get(code=code)
    seed = second_factor.begun(account)
    page = client.post(PAGE, {"second_factor": code_of(seed, -1)}).content.decode()
    return seed, re.findall(r"<code>([a-z2-7]{16})</code>", page)


def reassigned(client: Client, case: str, **more: str) -> tuple[int, str]:
    """A signature of the head, sent from its form: other officers."""
    url = f"/case/{case}/do/reassign/"
    sent = {"form_key": key_in(client.get(url).content.decode()), "on": "2026-11-19", "f_officers": ["甲", "乙"],
            "f_reason": "出差"}  # fmt: skip
    answer = client.post(url, {**sent, **more})
    return answer.status_code, answer.content.decode()


def test_a_signature_on_screen_is_refused_without_a_second_factor_and_says_where_to_get_it(
    client_of: Clients, desk_home: AtWork
) -> None:
    status, page = reassigned(client_of("丙"), desk_home.penalty)
    assert status == 422
    assert "您还没有登记" in page
    assert len(desk.book(desk_home.bureau, desk_home.penalty)) == 1


def test_a_right_code_signs_and_serves_for_the_next_minutes(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    seed, codes = enrolled(client, "丙")
    assert len(codes) == 8
    assert reassigned(client, desk_home.penalty)[0] == 422  # no code
    assert reassigned(client, desk_home.penalty, second_factor=code_of(seed))[0] == 302
    assert "刚才已核对" in client.get(f"/case/{desk_home.penalty}/do/reassign/").content.decode()
    assert reassigned(client, desk_home.penalty)[0] == 302
    session = client.session
    session[second_factor.BOX] -= second_factor.MINUTES * 60
    session.save()
    assert reassigned(client, desk_home.penalty)[0] == 422


def test_a_code_serves_once_and_wrong_ones_make_the_next_wait(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    seed, codes = enrolled(client, "丙")
    account = Account.objects.get(code="丙")
    device = second_factor.device_of(account)
    assert device is not None
    assert second_factor.used(device, code_of(seed), account)
    assert not second_factor.used(device, code_of(seed), account)
    assert not second_factor.used(device, codes[0], account)  # right, but too soon after a wrong one
    SecondFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert second_factor.used(device, codes[0], account)
    assert not second_factor.used(device, codes[0], account)


def test_a_step_that_is_no_signature_asks_for_nothing(client_of: Clients, desk_home: AtWork) -> None:
    assert (
        "动态口令</label>" not in client_of("甲").get(f"/case/{desk_home.penalty}/do/gather_evidence/").content.decode()
    )


def test_on_a_demo_where_nobody_has_a_password_none_is_asked(client_of: Clients, desk_home: AtWork) -> None:
    serving.serving().demo = True
    client = client_of("丙")
    assert "示例里签字不问动态口令" in client.get(f"/case/{desk_home.penalty}/do/reassign/").content.decode()
    assert reassigned(client, desk_home.penalty)[0] == 302


def test_seeds_lie_sealed_and_recovery_codes_as_digests(client_of: Clients, desk_home: AtWork) -> None:
    seed, codes = enrolled(client_of("丙"), "丙")
    raw = (desk_home.home / DESK).read_bytes() + (desk_home.home / f"{DESK}-wal").read_bytes()
    assert seed not in raw
    assert seed.hex().encode() not in raw
    assert second_factor.typed_seed(seed).replace(" ", "").encode() not in raw
    assert not any(code.encode() in raw for code in codes)
    assert len(json.loads(SecondFactor.objects.get().recovery)) == 8


def test_under_another_homes_key_one_enrols_anew(
    client_of: Clients, desk_home: AtWork, settings: pytest.FixtureRequest
) -> None:
    enrolled(client_of("丙"), "丙")
    account = Account.objects.get(code="丙")
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert second_factor.device_of(account) is None


def test_the_phone_is_taken_away_by_who_shows_a_right_code(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    _, codes = enrolled(client, "丙")
    assert client.post(PAGE, {"end": "1", "second_factor": "000000"}).status_code == 422
    SecondFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert client.post(PAGE, {"end": "1", "second_factor": codes[1]}).status_code == 302
    assert not SecondFactor.objects.exists()
