"""Whom a procedure needs: seats, who must be apart, the fewest people who can sit in all of them."""

from itertools import product

import pytest

from fazheng.lawbook.load import load
from fazheng.procedure.staffing import Apart, Needs, Seat, fewest, needs, seated

BOOK = load(place="示例县")
NEWEST = {id: versions[-1] for id, versions in BOOK.procedures.items()}


def toy(apart: list[tuple[int, int]], number: int = 4) -> Needs:
    seats = tuple(Seat(f"step{n}", f"event{n}", f"role{n}") for n in range(number))
    return Needs(seats, tuple(Apart(seats[a], seats[b]) for a, b in apart))


def test_two_officers_of_one_field_are_two_people_and_the_reviewer_is_neither() -> None:
    found = fewest(needs(NEWEST["penalty.ordinary"]))
    assert len(found) == 3
    officers = [roles for roles in found if "officer" in roles]
    assert len(officers) == 2
    assert not any("legal_reviewer" in roles or "presider" in roles for roles in officers)


def test_a_procedure_that_tells_nobody_apart_is_done_by_one() -> None:
    assert fewest(needs(NEWEST["officer.certificate"])) == (frozenset({"bureau_head", "personnel"}),)
    assert fewest(Needs((), ())) == ()


@pytest.mark.parametrize("id", list(NEWEST))
def test_every_role_of_a_step_stands_in_the_smallest_staffing(id: str) -> None:
    version = NEWEST[id]
    held = frozenset[str]().union(*fewest(needs(version)))
    assert held >= {step.role for step in version.steps.values()}


@pytest.mark.parametrize("apart", [[], [(0, 1)], [(0, 1), (1, 2)], [(0, 1), (1, 2), (0, 2)], [(0, 1), (2, 3)]])
def test_the_fewest_are_what_trying_every_seating_finds(apart: list[tuple[int, int]]) -> None:
    least = min(
        len(set(way)) for way in product(range(4), repeat=4) if all(way[one] != way[other] for one, other in apart)
    )
    assert len(fewest(toy(apart))) == least


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_seating_is_found_exactly_where_trying_all_of_them_finds_one(number: int) -> None:
    apart = [(0, 1), (1, 2), (0, 2), (2, 3)]
    asked, people = toy(apart), [str(n) for n in range(number)]
    for fits in product([people[:1], people[-1:], people], repeat=4):
        ways = [way for way in product(*fits) if all(way[one] != way[other] for one, other in apart)]
        by_seat = dict(zip(asked.seats, fits, strict=True))
        found = seated(asked, lambda seat, by_seat=by_seat: by_seat[seat])
        assert (found is not None) == bool(ways)
        assert found is None or tuple(found[seat] for seat in asked.seats) in ways
