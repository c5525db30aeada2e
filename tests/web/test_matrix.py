"""Who gets where: every role at every address, as the table of rights says, and nothing written by who may not."""

import pytest
from django.test import Client

from fazheng.ledger.models import Entry
from fazheng.staff import load_roster
from fazheng.staff.rights import may_open, viewer
from tests.casework import desk
from tests.docs.rights import PAGE, page
from tests.web.walking import Place, names
from tests.web.whole import Whole, kinds_of_roles

pytestmark = pytest.mark.long

DENIED, BROKEN = 403, 500


def let_in(whole: Whole, role: str, place: Place) -> bool:
    return may_open(viewer(load_roster(whole.bureau.code), role, desk.TODAY), place.page)


@pytest.fixture(scope="module")
def asking(whole: Whole) -> dict[str, Client]:
    """Somebody of each kind of role, who only looks."""
    return {role: whole.client(role) for role in kinds_of_roles()}


def written(whole: Whole) -> int:
    return Entry.objects.filter(bureau=whole.bureau.code).count()


def test_the_page_of_rights_says_what_the_program_does() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m tests.docs`"


@pytest.mark.parametrize("name", names(public=False))
def test_an_address_opens_to_the_roles_of_its_page_and_to_nobody_else(
    name: str, places: dict[str, Place], whole: Whole, asking: dict[str, Client]
) -> None:
    place = places[name]
    before = written(whole)
    for role, client in asking.items():
        status = client.get(place.url).status_code
        assert status < BROKEN, (role, place.url)
        if not let_in(whole, role, place):
            assert status == DENIED, (role, place.url)
    assert written(whole) == before, "looking at a page writes nothing into the book"


@pytest.mark.parametrize("name", names(public=False))
def test_a_post_by_who_may_not_open_the_page_is_refused_and_an_empty_one_breaks_nothing(
    name: str, places: dict[str, Place], whole: Whole
) -> None:
    place = places[name]
    for role in kinds_of_roles():
        before = written(whole)
        answer = whole.client(role).post(place.url)
        assert answer.status_code < BROKEN, (role, place.url)
        if not let_in(whole, role, place):
            gone = answer.get("Location", "").startswith(("/login/", "/account/"))  # their account was shut meanwhile
            assert gone or answer.status_code in (DENIED, 405), (role, place.url)
            assert written(whole) == before, (role, place.url)


@pytest.mark.parametrize("name", names(public=False))
def test_an_address_asks_for_a_log_in_first(name: str, places: dict[str, Place]) -> None:
    for answer in (Client().get(places[name].url), Client().post(places[name].url)):
        assert (answer.status_code, answer.get("Location", "/login/?")[:8]) in ((302, "/login/?"), (405, "/login/?"))
