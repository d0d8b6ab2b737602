"""What operators are told by the bot itself: once an hour a cause, and when it is over."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.alerts import Alerts
from bot.budget import Caps
from bot.outgoing import SendText, load
from bot.vitals import Monitor
from coach.llm.breaker import BreakerState
from storage import alerts as stored_alerts
from storage import opik_outbox, outbox, people, spend
from storage.database import Database
from storage.outbox import Kind, Letter
from storage.people import Person
from storage.spend import Limit
from storage.tables.tracing import OPIK_OUTBOX
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.fakes import NOON, LeapingClock

OPERATOR = 7
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Tower:
    """Alerts over a database, with what cannot be read from it in the test's hands."""

    database: Database
    clock: LeapingClock = field(default_factory=LeapingClock)
    is_heard: bool = True  # all the time; if not, *heard_at* was the last time
    heard_at: timedelta | None = None
    breaker: BreakerState = BreakerState.CLOSED
    operators: Collection[int] = (OPERATOR,)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        monitor = Monitor(
            self.database,
            self.clock,
            Caps(day=Decimal("1.00")),
            self.clock.elapsed(),
            lambda: self.clock.elapsed() if self.is_heard else self.heard_at,
            lambda: self.breaker,
        )
        listed = lambda: self.operators  # noqa: E731
        self.alerts = Alerts(self.database, self.clock, monitor, listed, lambda: None)

    async def later(self, by: timedelta) -> list[str]:
        self.clock.advance(by)
        return await self.told()

    async def told(self) -> list[str]:
        """Look, and take what is to be said."""
        await self.alerts.look()
        return [text for _, text in await self.sent()]

    async def sent(self) -> list[tuple[int, str]]:
        def take(transaction: Transaction) -> list[tuple[int, str]]:
            found: list[tuple[int, str]] = []
            while letters := outbox.take(transaction, NOON, (), replies=9, nudges=9):
                for letter in letters:
                    said = load(letter.payload)
                    assert isinstance(said, SendText)
                    found.append((letter.chat_id, said.html))
                    outbox.sent(transaction, letter.id, 1, NOON)
            return found

        return await self.database.write(take)


@pytest.fixture
async def operator(database: Database) -> Person:
    return await database.write(lambda t: people.create(t, OPERATOR, "en", NOON))


@pytest.fixture
def tower(database: Database, operator: Person) -> Tower:
    return Tower(database)


async def test_nothing_is_said_while_all_is_well(tower: Tower):
    assert await tower.told() == []
    assert await tower.later(HOUR) == []


async def test_dead_polling_is_told_with_its_beginning_and_its_end(tower: Tower):
    tower.is_heard = False
    assert await tower.later(timedelta(seconds=90)) == []
    (told,) = await tower.later(MINUTE)
    assert "since 2026-11-23 12:00 (UTC)" in told
    assert "rein doctor" in told

    tower.is_heard = True
    assert await tower.later(MINUTE) == ["✅ Telegram answers again."]
    assert await tower.later(MINUTE) == []


async def test_a_cause_is_told_once_an_hour_across_restarts_and_in_every_spell(tower: Tower):
    tower.breaker = BreakerState.OPEN
    assert len(await tower.told()) == 1
    tower.restart()
    assert await tower.later(30 * MINUTE) == []
    assert len(await tower.later(30 * MINUTE)) == 1

    tower.breaker = BreakerState.CLOSED
    assert await tower.later(MINUTE) == ["✅ The language model answers again."]
    tower.breaker = BreakerState.PROBING
    assert await tower.later(MINUTE) == []
    tower.breaker = BreakerState.CLOSED
    assert await tower.later(MINUTE) == [], "a spell nobody was told of has no end to tell"


async def test_a_restart_does_not_end_what_nobody_has_seen_end(tower: Tower):
    tower.is_heard, tower.heard_at = False, timedelta()
    assert len(await tower.later(2 * MINUTE)) == 1

    tower.heard_at = None
    tower.restart()

    assert await tower.told() == []
    tower.is_heard = True
    assert await tower.told() == ["✅ Telegram answers again."]


async def test_faults_and_not_blocks_are_dead_letters(tower: Tower):
    def give_up(transaction: Transaction, *reasons: str) -> None:
        letters = [Letter(f"x{n}{reasons}", n, Kind.REPLY, b"{}") for n in range(len(reasons))]
        outbox.put(transaction, letters, NOON)
        taken = outbox.take(transaction, NOON, (), replies=9, nudges=0)
        for letter, reason in zip(taken, reasons, strict=True):
            outbox.dead(transaction, letter.id, reason, tower.clock.now())

    await tower.database.write(lambda t: give_up(t, "unreachable"))
    assert await tower.told() == []

    await tower.database.write(lambda t: give_up(t, "BadRequest", "unreadable"))
    (told,) = await tower.told()
    assert "2 messages given up" in told
    assert await tower.later(HOUR + MINUTE) == ["✅ No message given up for an hour."]


async def test_the_budget_is_told_at_eighty_percent(tower: Tower):
    today = Limit(spend.ALL, NOON.date(), None)
    await tower.database.write(lambda t: spend.reserve(t, [today], 799_999))
    assert await tower.told() == []

    await tower.database.write(lambda t: spend.reserve(t, [today], 10_001))
    (told,) = await tower.told()
    assert "81 % of today’s model budget" in told


async def test_opik_is_behind_after_a_quarter_of_an_hour(tower: Tower, operator: Person):
    await tower.database.write(
        lambda t: opik_outbox.put_scores(t, operator, "trace", {"plan_rating": 4}, NOON)
    )
    assert await tower.later(15 * MINUTE) == []
    (told,) = await tower.later(MINUTE)
    assert "1 records wait, the oldest since 2026-11-23 12:00" in told

    await tower.database.write(lambda t: t.run(OPIK_OUTBOX.delete()))
    assert await tower.told() == ["✅ Opik has caught up."]


async def test_what_opik_refuses_is_told_when_it_grows(tower: Tower, operator: Person):
    def refuse(transaction: Transaction) -> None:
        opik_outbox.put_scores(transaction, operator, "trace", {"plan_rating": 4}, NOON)
        for entry in opik_outbox.waiting(transaction, 9):
            opik_outbox.refused(transaction, entry.id, "400")

    await tower.database.write(refuse)
    assert await tower.told() == [], "what was refused before we began is no news"
    await tower.database.write(refuse)
    (told,) = await tower.told()
    assert "Opik refused 1 records" in told
    assert await tower.later(HOUR + MINUTE) == ["✅ Opik has refused nothing for an hour."]


async def test_only_operators_with_a_chat_are_told_each_in_their_language(tower: Tower):
    def come(transaction: Transaction) -> None:
        spaniard = people.create(transaction, 8, "es", NOON)
        people.set_time_zone(transaction, spaniard, "Europe/Madrid")
        people.create(transaction, 9, "en", NOON)
        people.set_reachable(transaction, 9, reachable=False)
        people.create(transaction, 10, "en", NOON)

    await tower.database.write(come)
    tower.operators = (OPERATOR, 8, 9, 11)
    tower.breaker = BreakerState.OPEN

    await tower.alerts.look()

    sent = dict(await tower.sent())
    assert set(sent) == {OPERATOR, 8}
    assert "El modelo de lenguaje falla desde 2026-11-23 13:00 (Europe/Madrid)" in sent[8]


async def test_what_happened_once_is_told_once_an_hour_for_each_subject(tower: Tower):
    for about in ("tone/warm", "tone/warm", "tone/plain"):
        await tower.alerts.alert("dead_letters", {"n": 3}, about)

    told = [text for _, text in await tower.sent()]
    assert len(told) == 2
    assert all("3 messages" in text for text in told)
    assert await tower.told() == [], "it needs no end"
    tower.clock.advance(HOUR)
    await tower.alerts.alert("dead_letters", {"n": 4}, "tone/warm")
    assert len(await tower.sent()) == 1


async def test_an_alert_that_could_not_be_sent_for_an_hour_is_dropped(tower: Tower):
    tower.breaker = BreakerState.OPEN
    await tower.alerts.look()

    later = NOON + HOUR
    dropped = await tower.database.write(lambda t: outbox.expire(t, later))

    assert dropped == 1


async def test_what_is_over_long_ago_is_forgotten(tower: Tower):
    tower.breaker = BreakerState.OPEN
    await tower.told()
    tower.breaker = BreakerState.CLOSED
    await tower.told()

    await tower.database.write(lambda t: stored_alerts.purge(t, NOON + MINUTE))

    tower.breaker = BreakerState.OPEN
    assert len(await tower.told()) == 1, "nothing is remembered of the first time"


async def test_the_running_bot_tells_its_operator_and_nobody_else(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        operator, guest = rein.guest("Olga"), rein.guest("Gus")
        admins = frozenset({operator.person.id})
        async with rein.open(admins=admins) as bot:
            await operator.say("/start")
            await guest.say("/start")

            def give_up(transaction: Transaction) -> None:
                letter = Letter("bad", operator.person.id, Kind.REPLY, b"not JSON")
                outbox.put(transaction, [letter], rein.options.clock.now())

            await bot.database.write(give_up)
            await operator.say(
                "/help"
            )  # delivery comes to the letter before it, and cannot read it
        async with rein.open(admins=admins):
            await operator.until(lambda: "1 messages given up" in operator.last()["text"])

        assert all("given up" not in one["text"] for one in guest.heard())
