"""The last journey: from the year's numbers to a signed report, with a phone for the second factor."""

import base64
import time

from django_otp.oath import TOTP

from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.journeys.conftest import Sits
from tests.web.journeys.hands import counted


def code_of(seed: str, later: int = 0) -> str:
    """What the phone shows that has read the seed; `later`: after so many changes."""
    totp = TOTP(base64.b32decode(seed + "=" * (-len(seed) % 8)))
    totp.time = time.time() + 30 * later
    return f"{totp.token():06d}"


def test_the_head_signs_the_years_report(sits_down: Sits, at_work: tuple[AtWork, str]) -> None:
    work, live = at_work
    head = sits_down(live, "丙")
    head.opens("/today/")
    head.link("动态口令")
    seed = head.page.locator("main code").first.inner_text().replace(" ", "")
    head.write("手机显示的6位数", code_of(seed))
    head.button("登记")
    head.sees("备用码")
    head.link("年报")
    head.page.locator('main a[href*="2025"]').first.click()
    head.clicks += 1
    head.link("签发")
    head.write("缺少应有的部分时，为什么", "示例单位，当年没有数据")
    head.page.locator("main #second_factor").fill(code_of(seed, 1))
    head.fields += 1
    head.button("签发")
    head.sees("已签发")
    assert "report_signed" in {entry.event for entry in desk.book(work.bureau)}
    counted("十、登记动态口令，签发上一年的年报", head, clicks=6, fields=3)
