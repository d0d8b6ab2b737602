from datetime import timedelta

import pytest

from bot import access
from bot.access import Access, Claim
from tests.bot.fakes import LeapingClock


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock()


def test_with_nothing_said_nobody_comes_in(clock: LeapingClock) -> None:
    assert not Access(clock).admits(1)


@pytest.mark.parametrize(
    ("named", "admitted"),
    [
        pytest.param({"public": True}, {1, 2, 3}, id="public"),
        pytest.param({"allowed": frozenset({1, 2})}, {1, 2}, id="allowed"),
        pytest.param({"owner": 3}, {3}, id="owner"),
        pytest.param({"admins": frozenset({2})}, {2}, id="admins"),
        pytest.param({"allowed": frozenset({1}), "owner": 3}, {1, 3}, id="allowed and owner"),
    ],
)
def test_those_who_are_named_come_in(
    clock: LeapingClock, named: dict[str, object], admitted: set[int]
) -> None:
    door = Access(clock, **named)  # pyright: ignore[reportArgumentType] - rows of a table

    assert {person for person in (1, 2, 3) if door.admits(person)} == admitted


def test_the_claim_code_makes_one_owner_and_is_used_up(clock: LeapingClock) -> None:
    door = Access(clock, claim=Claim(clock))
    assert door.claim is not None
    code = door.claim.code

    assert door.claims(7, f"/start {code}")
    assert door.admits(7)
    assert not door.claims(8, f"/start {code}")
    assert not door.admits(8)


@pytest.mark.parametrize("text", ["{code}", "/start", "/start x{code}", "/help {code}", "/start é"])
def test_anything_but_start_and_the_code_is_no_claim(clock: LeapingClock, text: str) -> None:
    claim = Claim(clock)

    assert not claim.fits(text.format(code=claim.code))


def test_ten_wrong_codes_close_the_claim(clock: LeapingClock) -> None:
    claim = Claim(clock)
    for guess in range(access.TRIES):
        assert not claim.fits(f"/start {guess}")

    assert not claim.fits(f"/start {claim.code}")


def test_messages_without_a_code_cost_no_tries(clock: LeapingClock) -> None:
    claim = Claim(clock)
    for _ in range(2 * access.TRIES):
        claim.fits("hello")
        claim.fits("/start")

    assert claim.fits(f"/start {claim.code}")


def test_the_code_is_good_for_an_hour(clock: LeapingClock) -> None:
    claim = Claim(clock)
    clock.advance(access.CODE_LIFE + timedelta(seconds=1))

    assert not claim.fits(f"/start {claim.code}")


def test_a_stranger_gets_one_reply_a_day(clock: LeapingClock) -> None:
    door = Access(clock)

    assert [door.owes_reply(9) for _ in range(3)] == [True, False, False]
    clock.advance(access.REPLY_EVERY)
    assert [door.owes_reply(9) for _ in range(2)] == [True, False]


def test_only_so_many_strangers_are_remembered(clock: LeapingClock) -> None:
    door = Access(clock)
    for stranger in range(access.STRANGERS_REMEMBERED + 1):
        door.owes_reply(stranger)

    assert door.owes_reply(0)
    assert not door.owes_reply(access.STRANGERS_REMEMBERED)


def test_a_stranger_has_ten_guesses_an_hour(clock: LeapingClock) -> None:
    door = Access(clock)

    tried = [door.guess(9, f"/start guess-number-{number}") for number in range(access.TRIES + 2)]

    assert tried == [f"guess-number-{number}" for number in range(access.TRIES)] + [None, None]
    assert door.guess(8, "/start of-somebody-else") is not None
    clock.advance(access.CODE_LIFE)
    assert door.guess(9, "/start an-hour-later") is not None


@pytest.mark.parametrize(
    "text", ["hello", "/start", "/start a b", "/start short", "/start ñññññññññ"]
)
def test_what_cannot_be_a_code_is_no_guess(clock: LeapingClock, text: str) -> None:
    assert Access(clock).guess(9, text) is None


def test_a_new_code_is_one_that_may_be_guessed(clock: LeapingClock) -> None:
    code = access.new_code()

    assert Access(clock).guess(9, f"/start {code}") == code
    assert access.link("rein_bot", code) == f"https://t.me/rein_bot?start={code}"


def test_only_the_owner_and_admins_may_invite(clock: LeapingClock) -> None:
    door = Access(clock, public=True, allowed=frozenset({1}), admins=frozenset({2}), owner=3)

    assert [door.is_admin(user) for user in (1, 2, 3, 4)] == [False, True, True, False]


def test_whoever_is_forgotten_is_neither_owner_nor_invited(clock: LeapingClock) -> None:
    door = Access(clock, owner=3, invited={3, 4})

    door.forget(3)

    assert not door.is_admin(3)
    assert door.invited == {4}
