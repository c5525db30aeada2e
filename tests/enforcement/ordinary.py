"""Files of 行政处罚普通程序, as a county keeps them. Each shape is a way that such a file goes."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.enforcement.staff import EXPIRED, PRESIDING_OFFICER, REVIEWING_OFFICER
from tests.enforcement.story import Story

PROCEDURE = "penalty.ordinary"
SMALL, MIDDLING, LARGE_ORGANISATION, LARGE_PERSON = 300_000, 1_000_000, 6_000_000, 800_000  # 分


def _opened(s: Story, person: bool = False, **data: object) -> None:
    if s.wrong("certificate_expired"):
        s.officers[1] = EXPIRED
    if s.wrong("reviewer_is_handler"):
        s.officers[0] = REVIEWING_OFFICER
    if s.wrong("presider_investigated"):
        s.officers[1] = PRESIDING_OFFICER
    party = s.person() if person else s.organisation()
    if s.planted == "foundation_fined":
        data |= {"org_kind": "foundation"}
    s.take("file", **party, **data)


def _investigated(s: Story, preserved: bool = False, **closing: object) -> None:
    s.later(0, 3)
    if not s.wrong("no_evidence"):
        officers = s.officers[:1] if s.wrong("one_officer") else s.officers
        s.take("gather_evidence", officers=officers)
        s.later(0, 2)
        made = not s.wrong("no_record")
        s.take("gather_evidence", s.officers[1], method="interview", evidence_kind="party", record_made=made)
        if preserved:
            _preserved(s)
    if s.random.random() < 0.5:
        s.later(0, 2)
        s.take("order_correction")
    s.later(1, 8)
    years = 3 if s.wrong("over_limitation") else 1
    ended = s.last("file").on - timedelta(days=365 * years + s.random.randrange(20))
    s.take("close_investigation", act_ended_on=ended, ongoing=False, **closing)


def _preserved(s: Story) -> None:
    approved = [] if s.wrong("preserved_unapproved") else s.people["bureau_head"][:1]
    s.take("preserve_evidence", approved_by=approved or None)
    if s.wrong("preserved_too_long"):
        s.over("preserved_evidence_period")
    else:
        s.later(1, 6)
    s.take("dispose_preserved_evidence")


def _told(s: Story, kinds: list[str], fine: int | None = None, hearing: bool = False) -> None:
    s.later(1, 4)
    offered = hearing and not s.wrong("hearing_not_offered")
    s.take("give_notice", proposed_kinds=kinds, proposed_fine=fine, hearing_offered=offered)


def _heard(s: Story, how: str) -> None:
    """The party speaks, waives, or is silent until the days are over."""
    s.later(1, 2)
    if how == "silent":
        s.over("statement_period", s.last("give_notice").on)
    elif how == "waived":
        s.take("waive_statement")
    else:
        s.take("record_statement")
        s.later(0, 1)
        if not s.wrong("statement_not_reviewed"):
            s.take("review_statement")


def _hearing(s: Story) -> None:
    s.take("request_hearing")
    if s.wrong("hearing_refused"):
        return
    s.later(0, 2)
    on = s.calendar.nth(s.day, 3 if s.wrong("hearing_called_too_late") else s.random.randint(8, 12))
    s.take("notify_hearing", hearing_on=on)
    s.day = on
    s.take("hold_hearing", PRESIDING_OFFICER if s.planted == "presider_investigated" else "")


def _reviewed(s: Story) -> None:
    s.later(1, 3)
    if s.wrong("no_legal_review"):
        return
    by = s.officers[0] if s.planted == "reviewer_is_handler" else ""
    unfit = s.wrong("reviewer_unqualified")
    s.take("pass_legal_review", by, first_time=unfit, qualified=not unfit)


def _discussed(s: Story) -> None:
    if not s.wrong("not_discussed"):
        s.later(1, 2)
        s.take("discuss")


def _decided(s: Story, kinds: list[str], fine: int | None = None, **data: object) -> None:
    if s.wrong("decided_after_90_days"):
        s.over("decision_period", s.last("file").on)
    elif s.wrong("decided_in_hearing_window"):
        s.day = s.calendar.nth(s.last("give_notice").on, 4)
    else:
        s.later(1, 3)
    if s.wrong("heavier_for_defending") or s.wrong("more_than_notified"):
        assert fine is not None
        fine *= 2  # and nobody says so
    if s.wrong("kind_not_notified"):
        kinds = [*kinds, "criticism"]
    if s.wrong("foundation_fined"):
        data |= {"basis_rule": "foundation_42"}
    again = s.wrong("second_fine")
    s.take("decide", kinds=kinds, fine=fine, fined_before_for_same_act=again, **data)


def _served(s: Story) -> None:
    if s.wrong("served_late"):
        s.over("service_period")
    else:
        s.later(0, 4)
    receiver = "stranger" if s.number % 2 else "family"
    person = s.last("file").data["party_kind"] != "organisation"
    if not s.wrong("wrong_addressee"):
        receiver = "party" if person else s.random.choice(("head", "clerk"))
    elif person:
        receiver = "stranger"
    s.take("serve_decision", receiver=receiver)


def _paid(s: Story, amount: int, published: bool = False) -> None:
    """The fine is paid; before that the decision is published where it is to be, or, wrongly, long afterwards."""
    if published and s.planted != "published_late":
        s.take("publish_decision")
    s.later(1, 6)
    on_spot = s.wrong("collected_by_bureau")
    s.take("pay_fine", amount=amount, channel="on_spot" if on_spot else "bank")
    if published and s.wrong("published_late"):
        s.over("publication_period", s.last("decide").on)
        s.take("publish_decision")


def _closed(s: Story, outcome: str) -> None:
    s.later(1, 5)
    s.take("close", outcome=outcome)
    s.later(1, 15)
    s.take("archive", dossier_no=f"示例卷{s.number}")


def warning(s: Story) -> None:
    """An organisation is warned; it has nothing to say."""
    _opened(s)
    _investigated(s)
    if s.wrong("notice_missing"):
        s.later(1, 4)
    else:
        _told(s, ["warning"])
        _heard(s, "silent" if s.number % 2 else "waived")
    _decided(s, ["warning"])
    _served(s)
    _closed(s, "performed")


def fine(s: Story) -> None:
    """An organisation is fined after it had its say, pays, and the decision is published."""
    _opened(s)
    _investigated(s, preserved=s.number % 2 == 0 or s.planted.startswith("preserved"))
    _told(s, ["fine"], MIDDLING)
    _heard(s, "spoke")
    _decided(s, ["fine"], MIDDLING, publishable=True)
    _served(s)
    _paid(s, MIDDLING, published=True)
    _closed(s, "performed")


def person(s: Story) -> None:
    """A person is fined and pays."""
    _opened(s, person=True)
    _investigated(s)
    _told(s, ["fine"], SMALL)
    _heard(s, "waived" if s.number % 2 else "silent")
    _decided(s, ["fine"], SMALL)
    _served(s)
    _paid(s, SMALL)
    _closed(s, "performed")


def hearing(s: Story) -> None:
    """A large fine after a hearing, a legal review and a discussion."""
    _opened(s, complex=True)
    _investigated(s, serious=True)
    _told(s, ["fine"], LARGE_ORGANISATION, hearing=True)
    if s.planted == "hearing_not_offered":
        _heard(s, "waived")
    else:
        _heard(s, "spoke")
        _hearing(s)
    _reviewed(s)
    _discussed(s)
    _decided(s, ["fine"], LARGE_ORGANISATION, publishable=True)
    _served(s)
    _paid(s, LARGE_ORGANISATION, published=True)
    _closed(s, "performed")


def window(s: Story) -> None:
    """A large fine of a person who was told of a hearing and asks for none."""
    _opened(s, person=True)
    _investigated(s, serious=True)
    _told(s, ["fine"], LARGE_PERSON, hearing=True)
    _heard(s, "waived")
    if s.planted != "decided_in_hearing_window":
        s.over("hearing_request_period", s.last("give_notice").on)
    _discussed(s)
    _decided(s, ["fine"], LARGE_PERSON)
    _served(s)
    _paid(s, LARGE_PERSON)
    _closed(s, "performed")


def public_interest(s: Story) -> None:
    """A warning that touches the public interest, so that it is reviewed; somebody asks for a recusal."""
    _opened(s, affects_public_interest=True)
    s.take("apply_recusal", challenged=[s.officers[1]])
    if not s.wrong("recusal_undecided"):
        s.later(0, 1)
        s.take("deny_recusal")
    _investigated(s)
    _told(s, ["warning"])
    _heard(s, "spoke")
    _reviewed(s)
    _decided(s, ["warning"])
    _served(s)
    _closed(s, "performed")


def no_penalty(s: Story) -> None:
    """A small matter, put right in time: no penalty."""
    _opened(s)
    _investigated(s, proposed="no_penalty")
    s.later(1, 5)
    s.take("decide_no_penalty")
    _closed(s, "no_penalty")


def referred(s: Story) -> None:
    """A crime is suspected: the file goes to the police."""
    _opened(s)
    _investigated(s, crime_suspected=True, proposed="refer")
    s.later(0, 3)
    s.take("refer")
    _closed(s, "referred")


def instalments(s: Story) -> None:
    """The fine is paid in two parts, as was approved."""
    _opened(s)
    _investigated(s)
    _told(s, ["fine"], MIDDLING)
    _heard(s, "waived")
    _decided(s, ["fine"], MIDDLING)
    _served(s)
    s.later(2, 6)
    until = s.calendar.nth(s.day, 60)
    s.take("approve_deferral", deferral="instalments", deferred_until=until)
    for part in (MIDDLING // 2, MIDDLING // 2):
        s.later(10, 25)
        s.take("pay_fine", amount=part)
    _closed(s, "performed")


def court(s: Story) -> None:
    """Nobody pays and nobody sues: a demand, then the court."""
    _opened(s)
    _investigated(s)
    _told(s, ["fine"], MIDDLING)
    _heard(s, "spoke")
    _decided(s, ["fine"], MIDDLING)
    _served(s)
    served = s.day
    s.over("litigation_period", served)
    s.later(1, 3)
    s.take("send_demand")
    if s.wrong("applied_too_soon"):
        s.later(3, 6)
    elif s.wrong("applied_too_late"):
        s.day = s.due("litigation_period", served)
        s.over("court_enforcement_period", s.day)
    else:
        s.over("demand_period")
    s.take("apply_court_enforcement")
    s.later(20, 30)
    s.take("pay_fine", amount=MIDDLING)
    _closed(s, "enforced")


SHAPES: Mapping[str, Callable[[Story], None]] = {
    shape.__name__: shape
    for shape in (
        warning, fine, person, hearing, window, public_interest, no_penalty, referred, instalments, court,
    )
}  # fmt: skip
