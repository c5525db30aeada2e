"""动态口令 (TOTP): who signs on screen shows their phone, too. A signature on paper needs none: it has its scan.

Used by whatever page takes a step: `of` says what its form must ask, `lacking` why the sent form is not yet signed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django_otp.oath import TOTP

from fazheng.casework import clock
from fazheng.casework.on_paper import signs
from fazheng.lawbook.procedure import Step
from fazheng.ledger.private_cipher import AES, NONCE_BYTES, Unsealable, unwrapped, wrapped
from fazheng.ledger.storage import DESK_ALIAS
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.web.models import Account, SecondFactor
from fazheng.web.visit import Visit

BOX = "second_factor"  # the name of the box, and of the moment it was right in the session
MINUTES = 10  # for so long a right code serves: a head signs several papers in one sitting
_STEP, _SEED_BYTES, _CODES = 30, 20, 8
_PAPER = "；已在纸上签的，由别人代录，附扫描件"
_BOUND = "fazheng second factor 1"


@dataclass(frozen=True, slots=True)
class Factor:
    """What the form of a signing step asks: `needed` at all, `fresh` where a code was right a moment ago."""

    needed: bool
    fresh: bool = False
    enrolled: bool = False
    demo: bool = False


def of(visit: Visit, step: Step | None = None) -> Factor:
    """What the form of this step shows, or of a signature that is no step; one statement on the desk's file."""
    if step is not None and not signs(visit.book, step):
        return Factor(False)
    if visit.serving.demo:
        return Factor(False, demo=True)
    return Factor(True, checked(visit), device_of(visit.account) is not None)


def required(visit: Visit, step: Step) -> bool:
    """Whether taking the step on screen asks for a second factor: signatures do. On a demo nobody has a password
    either.
    """
    return signs(visit.book, step) and not visit.serving.demo


def checked(visit: Visit) -> bool:
    """Whether this session showed a right code a moment ago."""
    at = visit.request.session.get(BOX, 0)
    return isinstance(at, int) and 0 <= int(clock.now().timestamp()) - at < MINUTES * 60


def lacking(visit: Visit, step: Step, *, on_paper: bool = False) -> tuple[Refusal, ...]:
    """Why the form that was sent is not signed yet; empty where it is, or where no signature on screen is made.

    A right code in the box serves for the session's next minutes.
    """
    return () if on_paper or not required(visit, step) else lacking_for(visit, step.name, _PAPER)


def lacking_for(visit: Visit, called: str, instead: str = "") -> tuple[Refusal, ...]:
    """The same for a signature that is no step of a case: the month's list, a report. `instead`: what may be done where
    there is no phone.
    """
    if checked(visit) or visit.serving.demo:
        return ()
    device = device_of(visit.account)
    if device is None:
        todo = f"先在“动态口令”页（右上角）用手机扫码登记{instead}"
        return (own(BOX, f"“{called}”在屏幕上签字要动态口令，您还没有登记", todo, hard=True),)
    typed = visit.request.POST.get(BOX, "").strip().replace(" ", "")
    if not typed:
        return (own(BOX, "没有填动态口令", "打开手机上的验证器，填现在显示的6位数", hard=True),)
    if shown(visit, device, typed):
        return ()
    return (own(BOX, "动态口令不对，或者已经用过", "等手机上换一个数再填；连续填错要多等一会儿", hard=True),)


def shown(visit: Visit, device: SecondFactor, typed: str) -> bool:
    """Whether the code is right; the session then remembers it. Wrong ones make the next wait, longer each time."""
    if not used(device, typed, visit.account):
        return False
    visit.request.session[BOX] = int(clock.now().timestamp())
    return True


def used(device: SecondFactor, typed: str, account: Account) -> bool:
    """Takes the code, of the phone or of recovery; each serves once, also for two who send it at one moment."""
    with transaction.atomic(using=DESK_ALIAS):
        device.refresh_from_db()
        if not device.verify_is_allowed()[0]:
            return False
        right = _by_phone(device, typed, account) or _by_recovery(device, typed)
        if right:
            device.throttle_reset(commit=False)
            device.save()
        else:
            device.throttle_increment(commit=True)
        return right


def _by_phone(device: SecondFactor, typed: str, account: Account) -> bool:
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 6):
        return False
    seed = seed_of(device, account)
    if seed is None:
        return False
    totp = TOTP(seed, _STEP)
    totp.time = clock.now().timestamp()
    if not totp.verify(int(typed), 1, device.last_t + 1):
        return False
    device.last_t = totp.t()  # the step whose code it was, a little early or late
    return True


def _by_recovery(device: SecondFactor, typed: str) -> bool:
    kept = json.loads(device.recovery)
    digest = _digest(typed)
    if digest not in kept:
        return False
    device.recovery = json.dumps([one for one in kept if one != digest])
    return True


def device_of(account: Account) -> SecondFactor | None:
    """The person's authenticator; None where none is confirmed, or its seed does not open under this home's key."""
    found = SecondFactor.objects.filter(user=account, confirmed=True).first()
    return found if found is not None and seed_of(found, account) is not None else None


def seed_of(device: SecondFactor, account: Account) -> bytes | None:
    """The seed; None where it was sealed under another home's key: after a restore one enrols anew."""
    try:
        return unwrapped(settings.SECRET_KEY.encode(), AES, device.sealed, f"{_BOUND}\0{account.code}")
    except Unsealable:
        return None


def begun(account: Account) -> bytes:
    """The seed of an enrolment that waits for its first code: the one begun already, or a new one."""
    found = SecondFactor.objects.filter(user=account).first()
    if found is not None and not found.confirmed and (seed := seed_of(found, account)):
        return seed
    seed = clock.chance(_SEED_BYTES)
    text = wrapped(settings.SECRET_KEY.encode(), AES, seed, clock.chance(NONCE_BYTES), f"{_BOUND}\0{account.code}")
    fresh = {"sealed": text, "confirmed": False, "last_t": -1, "recovery": "[]", "name": "验证器"}
    SecondFactor.objects.update_or_create(user=account, defaults=fresh)
    return seed


def confirmed(account: Account, typed: str) -> list[str] | None:
    """Ends an enrolment with its first code: the recovery codes, shown this once; None where the code is wrong."""
    device = SecondFactor.objects.filter(user=account, confirmed=False).first()
    if device is None or not used(device, typed, account):
        return None
    codes = [base64.b32encode(clock.chance(10)).decode().lower() for _ in range(_CODES)]
    device.refresh_from_db()
    device.confirmed, device.recovery = True, json.dumps([_digest(code) for code in codes])
    device.save()
    return codes


def forget(account: Account) -> bool:
    """Takes the authenticator away: the phone was lost or changed. Whether there was one."""
    return bool(SecondFactor.objects.filter(user=account).delete()[0])


def address_of(account: Account, bureau: str, seed: bytes) -> str:
    """What the phone reads out of the square code: the seed, the person's code, the bureau's."""
    asked = urlencode({"secret": base64.b32encode(seed).decode().rstrip("="), "issuer": f"法正 {bureau}", "digits": 6})
    return f"otpauth://totp/{quote(f'法正 {bureau}')}:{quote(account.code)}?{asked}"


def typed_seed(seed: bytes) -> str:
    """The seed to be typed where no camera is, in groups of four."""
    text = base64.b32encode(seed).decode().rstrip("=")
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


def left(device: SecondFactor) -> int:
    """How many recovery codes were not used yet."""
    return len(json.loads(device.recovery))


def _digest(code: str) -> str:
    return hashlib.sha256(f"{_BOUND}\0{code.lower()}".encode()).hexdigest()
