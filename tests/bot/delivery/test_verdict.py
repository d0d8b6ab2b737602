from datetime import timedelta

import pytest

from bot.delivery import verdict
from bot.delivery.outcome import (
    Ambiguous,
    NotWritten,
    Outcome,
    Refused,
    Sent,
    TooFast,
    Unreachable,
)
from bot.delivery.verdict import Again, Done, GivenUp, Lost, Verdict
from storage.outbox import Kind

EVERY_KIND = list(Kind)
REPLIES = [kind for kind in Kind if kind is not Kind.NUDGE]


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Sent(5), Done(5)),
        (TooFast(timedelta(seconds=7)), Again(timedelta(seconds=7.5), "too_fast")),
        (Unreachable(), GivenUp("unreachable", gone=True)),
        (Refused("BadRequest"), GivenUp("BadRequest")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_telegram_said_goes_for_every_kind(
    kind: Kind, outcome: Outcome, expected: Verdict
) -> None:
    assert verdict.on(outcome, kind, attempts=1) == expected


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_was_never_written_is_sent_again(kind: Kind) -> None:
    assert isinstance(verdict.on(NotWritten("ClientConnectorError"), kind, 1), Again)


@pytest.mark.parametrize("kind", REPLIES)
def test_a_reply_in_doubt_is_sent_again(kind: Kind) -> None:
    assert isinstance(verdict.on(Ambiguous("TimeoutError"), kind, 1), Again)


def test_a_nudge_in_doubt_is_not_sent_again() -> None:
    assert verdict.on(Ambiguous("TimeoutError"), Kind.NUDGE, 1) == Lost("TimeoutError")


def test_the_waits_grow_to_half_a_minute() -> None:
    waits: list[timedelta] = []
    for attempt in range(1, 20):
        decided = verdict.on(NotWritten("x"), Kind.REPLY, attempt)
        assert isinstance(decided, Again)
        waits.append(decided.after)

    assert timedelta(seconds=0.375) <= waits[0] <= timedelta(seconds=0.5)
    assert timedelta(seconds=22.5) <= waits[-1] <= timedelta(seconds=30)
