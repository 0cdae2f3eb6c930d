"""Where people go next, and closing a card."""

import pytest

from db.desk.desk import Desk
from db.errors import ConflictError, DeskError
from tests.support.people import add_candidate, add_request


async def test_a_referral_stands_on_the_card_with_its_newest_outcome(desk: Desk) -> None:
    person = add_candidate(desk, status="to_call")
    referral = await desk.referrals.refer(person, "nzk")
    await desk.referrals.set_outcome(referral, "registered_there")
    await desk.referrals.set_outcome(referral, "started")
    card = await desk.candidates.card(person)
    assert card.status == "referred"
    assert [(view.destination, view.outcome) for view in card.referrals] == [("nzk", "started")]
    await desk.history.undo()
    assert (await desk.candidates.card(person)).referrals[0].outcome == "registered_there"
    await desk.history.undo()
    await desk.history.undo()
    card = await desk.candidates.card(person)
    assert (card.status, card.referrals) == ("to_call", ())


async def test_whoever_can_be_proposed_stays_so(desk: Desk) -> None:
    person = add_candidate(desk)
    await desk.referrals.refer(person, "ggd")
    assert (await desk.candidates.card(person)).status == "available"


async def test_elsewhere_needs_a_word(desk: Desk) -> None:
    person = add_candidate(desk)
    with pytest.raises(DeskError, match=r"proposals\.note_missing"):
        await desk.referrals.refer(person, "other")


async def test_nobody_is_closed_without_a_word_on_where_to_go(desk: Desk) -> None:
    person = add_candidate(desk, entry="ready")
    with pytest.raises(DeskError, match=r"referrals\.needed"):
        await desk.referrals.close(person, "not_suitable")
    await desk.referrals.close(person, "not_suitable", "none")
    card = await desk.candidates.card(person)
    assert (card.status, card.status_reason, card.why) == ("closed", "not_suitable", None)
    with pytest.raises(DeskError, match=r"referrals\.ended"):
        await desk.referrals.close(person, "not_suitable", "none")
    await desk.history.undo()
    card = await desk.candidates.card(person)
    assert (card.status, card.referrals) == ("available", ())
    assert card.why is not None


async def test_referred_means_somewhere(desk: Desk) -> None:
    person = add_candidate(desk)
    with pytest.raises(DeskError, match=r"referrals\.destination_needed"):
        await desk.referrals.close(person, "referred", "none")
    await desk.referrals.close(person, "referred", "uwv")
    assert (await desk.candidates.card(person)).status == "closed"


async def test_an_earlier_referral_is_enough(desk: Desk) -> None:
    person = add_candidate(desk)
    await desk.referrals.refer(person, "ggd")
    await desk.referrals.close(person, "not_suitable")
    assert (await desk.candidates.card(person)).status == "closed"


async def test_who_worked_here_is_closed_without(desk: Desk) -> None:
    person = add_candidate(desk)
    made = await desk.proposals.propose(person, add_request(desk))
    await desk.proposals.step(made.id, "accepted")
    await desk.proposals.step(made.id, "started")
    with pytest.raises(DeskError, match=r"referrals\.still_proposed"):
        await desk.referrals.close(person, "not_suitable")
    await desk.proposals.step(made.id, "completed")
    await desk.referrals.close(person, "not_suitable")
    assert (await desk.candidates.card(person)).why is None


async def test_never_call_again_is_a_withdrawn_consent_too(desk: Desk) -> None:
    person = add_candidate(desk)
    await desk.referrals.close(person, "do_not_call", "none")
    card = await desk.candidates.card(person)
    assert card.do_not_call
    assert ("contact_by_phone_mail", "withdrawn") in [(fact.purpose, fact.state) for fact in card.consents]


async def test_somebody_in_conversation_is_not_closed(desk: Desk) -> None:
    person = add_candidate(desk, entry="ready")
    await desk.queue.next()
    desk.users.sign_in_now("Noor", "supervisor")
    with pytest.raises(ConflictError, match=r"queue\.in_other_hands"):
        await desk.referrals.close(person, "not_suitable", "none")


async def test_a_list_shows_who_is_proposed_already(desk: Desk) -> None:
    person = add_candidate(desk)
    assert (await desk.candidates.search("luinenburg")).lines[0].proposed == 0
    await desk.proposals.propose(person, add_request(desk))
    await desk.proposals.propose(person, add_request(desk, "Linde"))
    assert (await desk.candidates.search("luinenburg")).lines[0].proposed == 2
