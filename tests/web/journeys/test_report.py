"""The last journey: from the year's numbers to a signed report, with a phone for the second factor."""

import base64

from django_otp.oath import TOTP

from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.journeys.conftest import Sits
from tests.web.journeys.hands import Hands, counted


def code_of(head: Hands) -> str:
    """What the phone shows once it has read the page's seed."""
    seed = head.page.locator("code").first.inner_text().replace(" ", "")
    totp = TOTP(base64.b32decode(seed + "=" * (-len(seed) % 8)))
    return f"{totp.token():06d}"


def test_the_head_signs_the_years_report(sits_down: Sits, at_work: tuple[AtWork, str]) -> None:
    work, live = at_work
    head = sits_down(live, "丙")
    head.opens("/today/")
    head.link("动态口令")
    head.page.locator("#second_factor").fill(code_of(head))
    head.fields += 1
    head.page.locator("form.boxes button, main form button").first.click()
    head.clicks += 1
    head.sees("恢复")
    head.link("年报")
    head.page.locator('main a[href*="2025"]').first.click()
    head.clicks += 1
    head.link("签发")
    print(head.told)
    head.write("缺少应有的部分时，为什么", "示例单位，当年没有数据")
    head.page.locator("main form.boxes .acts button").first.click()
    head.clicks += 1
    print(head.told)
    head.sees("签发")
    assert "report_signed" in {entry.event for entry in desk.book(work.bureau)}
    counted("十、登记动态口令，签发上一年的年报", head, clicks=6, fields=2)
