"""数据: a number leads to its cases in two clicks, says what it is, and zero, nothing over and no data stay apart."""

import gzip
import re
from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fazheng.figures.articles import articles
from fazheng.lawbook.load import load
from fazheng.ledger.models import DeclaredFigure, NothingHappened
from tests.web.conftest import AtWork

COUNTED = "hotline.received"
AT = f"/figures/of/{COUNTED}/"


def number_of(page: str) -> str:
    found = re.search(r'<p class="big \w+"><b>([^<]+)</b>', page)
    return found[1] if found else ""


def form_key(page: str) -> str:
    found = re.search(r'name="form_key" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def test_from_the_list_to_a_case_it_is_two_clicks(client_of: Callable[[str], Client], desk_home: AtWork) -> None:
    client = client_of("乙")
    lists = client.get("/figures/?p=2026&of=hotline.ticket").content.decode()
    assert f'href="{AT}?p=2026"' in lists
    figure = client.get(f"{AT}?p=2026").content.decode()
    assert f'href="/case/{desk_home.ticket}/"' in figure
    assert client.get(f"/case/{desk_home.ticket}/").status_code == 200


def test_a_figure_says_its_base_definition_article_unit_and_who_answers(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    client = client_of("丙")
    page = client.get(f"{AT}?p=2026").content.decode()
    assert number_of(page) == "1"
    for said in ("定义", "案件数", "依据", "单位", "谁负责", "来源", "账本数出"):
        assert said in page
    span = (date(2026, 1, 1), date(2026, 11, 20))
    book = load(place=desk_home.bureau.place)
    law = articles(book.figures[COUNTED], book, span)
    assert law
    assert all(one in page for one in law)
    rate = client.get("/figures/of/hotline.on_time_rate/?p=2026").content.decode()
    assert "分子" in rate
    assert "分母" in rate


def test_zero_nothing_over_and_no_data_are_three_things(client_of: Callable[[str], Client], desk_home: AtWork) -> None:
    client = client_of("甲")
    some = client.get(f"{AT}?p=2026").content.decode()
    assert "账本里没有这些事项" not in some
    before = client.get(f"{AT}?p=2025").content.decode()
    assert number_of(before) == "无数据"
    assert "不知道，不是零" in before
    assert "100%</b>" not in before
    zero = client.get("/figures/zero/hotline.ticket/").content.decode()
    typed = {"form_key": form_key(zero), "year": "2025", "on": "2026-11-20"}
    assert client.post("/figures/zero/hotline.ticket/", typed).status_code == 302
    assert NothingHappened.objects.get().by == "甲"
    after = client.get(f"{AT}?p=2025").content.decode()
    assert number_of(after) == "0"
    assert "已作零申报" in after
    rate = client.get("/figures/of/hotline.on_time_rate/?p=2025").content.decode()
    assert number_of(rate) == "无"
    assert "不记100%" in rate
    assert "100%</b>" not in rate


def test_a_zero_is_refused_where_there_was_a_case_and_says_so(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    client = client_of("甲")
    key = form_key(client.get("/figures/zero/hotline.ticket/").content.decode())
    page = client.post("/figures/zero/hotline.ticket/", {"form_key": key, "year": "2026", "on": "2026-11-20"})
    assert page.status_code == 422
    assert "年还没有过完" in page.content.decode()
    assert not NothingHappened.objects.exists()


def test_a_number_is_declared_once_named_with_its_signer_and_taken_back(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    client = client_of("甲")
    form = client.get(f"{AT}declare/?p=2025").content.decode()
    typed = {"form_key": form_key(form), "p": "2025", "value": "120", "section": "hotline_desk", "on": "2026-11-20",
             "paper": "示民发〔2026〕3号《热线年报》", "reason": ""}  # fmt: skip
    assert client.post(f"{AT}declare/", typed).status_code == 302
    assert client.post(f"{AT}declare/", typed).status_code == 302, "the same form again changes nothing"
    assert DeclaredFigure.objects.get().value == 120
    page = client.get(f"{AT}?p=2025").content.decode()
    assert number_of(page) == "120"
    assert "甲" in page
    assert "示民发〔2026〕3号" in page
    assert "热线年报" not in page
    again = client.get(f"{AT}declare/?p=2025").content.decode()
    back = {**typed, "form_key": form_key(again), "withdraw": "1", "value": "", "reason": "报错了"}
    assert client.post(f"{AT}declare/", back).status_code == 302
    assert number_of(client.get(f"{AT}?p=2025").content.decode()) == "无数据"


def test_a_number_that_is_none_comes_back_with_its_fault_at_the_box(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    client = client_of("甲")
    key = form_key(client.get(f"{AT}declare/?p=2025").content.decode())
    typed = {"form_key": key, "p": "去年", "value": "一百", "section": "hotline_desk", "on": "2026-11-20"}
    page = client.post(f"{AT}declare/", typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert 'id="p-error"' in text
    assert 'id="value-error"' in text
    assert 'value="一百"' in text, "what was typed is kept"
    whole = client.post(f"{AT}declare/", typed | {"p": "2025", "value": "12"}).content.decode()
    assert "缺少“依据的文件”" in whole
    assert "--" not in whole.split('role="alert"')[1].split("</div>")[0]


def test_who_may_not_sign_is_not_asked_and_not_let_in(client_of: Callable[[str], Client], desk_home: AtWork) -> None:
    client = client_of("乙")  # handles tickets, and signs for no number
    assert "申报这个数" not in client.get(f"{AT}?p=2026").content.decode()
    assert client.get(f"{AT}declare/").status_code == 403
    assert client.get("/figures/zero/hotline.ticket/").status_code == 403


def test_cases_that_do_not_open_to_somebody_are_counted_and_not_listed(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    page = client_of("己").get(f"{AT}?p=2026").content.decode()  # a reviewer opens no tickets
    assert number_of(page) == "1"
    assert desk_home.ticket not in page
    assert "不对您的岗位开放" in page


def test_years_stand_side_by_side_with_growth_and_a_trend_with_its_table(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    client = client_of("甲")
    page = client.get("/figures/?p=2025 2026&of=hotline.ticket").content.decode()
    assert "2025年" in page
    assert "2026年" in page
    assert "比上一期间" in page
    figure = client.get(f"{AT}?p=2026").content.decode()
    assert '<svg role="img"' in figure
    assert "历年" in figure
    assert "style=" not in figure
    assert "<script>" not in figure
    wrong = client.get("/figures/?p=二〇二五")
    assert wrong.status_code == 400
    assert "看不懂期间" in wrong.content.decode()


def test_a_page_of_numbers_asks_three_statements_and_is_light(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    client = client_of("丙")
    for address in ("/figures/?p=2025 2026", f"{AT}?p=2026"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        told = [one["sql"] for one in asked.captured_queries]
        assert len(told) <= 4, told  # the staff register, and three
        assert len(gzip.compress(page.content)) < 100_000
