"""动态口令: its enrolment with a phone, recovery codes, and its end; 纸上签字: the month's list that the head confirms."""

from __future__ import annotations

import segno
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.safestring import mark_safe

from fazheng.web import second_factor
from fazheng.web.pages import page
from fazheng.web.visit import Visit


@page("account", post=True)
def enrolment(visit: Visit) -> HttpResponse:
    """One's own authenticator: the square code to read in, the first code that proves it, the recovery codes once."""
    account, post = visit.account, visit.request.POST
    if visit.request.method == "POST" and post.get("end"):
        return _ended(visit)
    if device := second_factor.device_of(account):
        return visit.render("signing/factor.html", {"device": device, "left": second_factor.left(device)})
    seed, said = second_factor.begun(account), ""
    if visit.request.method == "POST":
        codes = second_factor.confirmed(account, post.get(second_factor.BOX, "").strip().replace(" ", ""))
        if codes is not None:
            return visit.render("signing/factor.html", {"codes": codes})
        said = "这个数不对，或者已经用过。看一看手机的时间对不对，换一个数再填。"
    return visit.render("signing/factor.html", _asked(visit, seed, said), status=422 if said else 200)


def _asked(visit: Visit, seed: bytes, said: str) -> dict[str, object]:
    address = second_factor.address_of(visit.account, visit.bureau.code, seed)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass="qr", lineclass=None)
    typed = second_factor.typed_seed(seed)
    return {"qr": mark_safe(drawn), "typed": typed, "said": said}  # drawn by segno from our own text


def _ended(visit: Visit) -> HttpResponse:
    """The authenticator taken away by who shows a right code of it; a new phone then enrols anew."""
    device = second_factor.device_of(visit.account)
    typed = visit.request.POST.get(second_factor.BOX, "").strip().replace(" ", "")
    if device is None or second_factor.used(device, typed, visit.account):
        second_factor.forget(visit.account)
        visit.request.session.pop(second_factor.BOX, None)
        return redirect("second_factor")
    told = {"device": device, "left": second_factor.left(device), "said": "动态口令不对，没有解除。"}
    return visit.render("signing/factor.html", told, status=422)


urls = [path("account/second-factor/", enrolment, name="second_factor")]
