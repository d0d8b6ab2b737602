from datetime import timedelta

from bot.delivery.flights import Flights
from bot.delivery.pacing import Limits
from storage.outbox import Kind

START = timedelta(hours=1)
LONG = Limits().reply_beside_after


def test_replies_fly_one_at_a_time() -> None:
    flights = Flights(Limits())
    assert flights.room_for_replies(START) == 1

    flights.start(7, Kind.REPLY, START)
    assert flights.room_for_replies(START) == 0

    flights.land(7)
    assert flights.room_for_replies(START) == 1


def test_beside_a_slow_reply_another_may_start_but_not_without_end() -> None:
    flights, now = Flights(Limits()), START
    for chat in range(Limits().replies_in_flight):
        assert flights.room_for_replies(now) == 1
        flights.start(chat, Kind.REPLY, now)
        assert flights.room_for_replies(now) == 0
        assert flights.opens_at(now) == now + LONG
        now += LONG

    assert flights.room_for_replies(now) == 0
    assert flights.opens_at(now) is None


def test_nudges_have_places_of_their_own() -> None:
    flights = Flights(Limits())
    flights.start(1, Kind.NOTICE, START)
    for chat in range(2, 10):
        assert flights.room_for_nudges() == 10 - chat
        flights.start(chat, Kind.NUDGE, START)

    assert flights.room_for_nudges() == 0
    assert flights.room_for_replies(START + LONG) == 1
    assert flights.chats == set(range(1, 10))


def test_without_a_wait_all_places_are_open_at_once() -> None:
    flights = Flights(Limits(reply_beside_after=timedelta()))

    assert flights.room_for_replies(START) == 4
