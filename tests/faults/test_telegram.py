"""Telegram, and the network before it, fail in every way: everything arrives in the end.

Judged from outside, by what people said and heard, and by what the front saw.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.complaints import SAY_AGAIN_AFTER
from bot.telegram import listen, request
from bot.telegram.connect import TokenRefusedError
from tests.faults import company, front, kinds, program
from tests.faults.kinds import PASSING, Fault, Way
from tests.proofs import proven
from tests.tiers import each_tier

READ_S = 3.0
"""How long an answer is waited for here."""

FAST = 20
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an answer, and for updates, no longer than a test may."""
    monkeypatch.setattr(request, "READ", READ_S)
    monkeypatch.setattr(listen, "ANSWER_WITHIN", timedelta(seconds=READ_S))
    monkeypatch.setattr(listen, "LONG_POLL", timedelta(0))


def may_double(fault: Fault) -> bool:
    """Tell whether Telegram took a message and nobody learnt of it."""
    return fault.taken and fault.way not in (Way.PASSES, Way.SLOW)


@each_tier
async def test_a_reply_arrives_whatever_befalls_its_sending(tmp_path: Path, repeats: int):
    async with company.opened(tmp_path, FAST) as people:
        talkers = dict(zip(PASSING, await people.join(len(PASSING)), strict=True))
        for _ in range(repeats):
            for kind, talker in talkers.items():
                people.front.plan("sendMessage", PASSING[kind], chat=talker.guest.person.id)
                people.say(talker)
            await people.answered()
        await people.rein.settled()  # a second copy comes after its first one's answer is missed

        assert people.front.planned() == 0
        doubled = {kind: people.judged([one]).doubled for kind, one in talkers.items()}
        found = people.judged()
    assert doubled == {kind: repeats * may_double(fault) for kind, fault in PASSING.items()}
    assert (found.lost, found.out_of_order) == (0, 0)
    survived("a reply's sending", len(PASSING), repeats, found.doubled)


@each_tier
async def test_what_is_said_is_heard_whatever_befalls_the_polls(tmp_path: Path, repeats: int):
    async with company.opened(tmp_path, FAST) as people:
        await people.join(3)
        for fault in [*PASSING.values()] * repeats:
            people.front.plan("getUpdates", fault, kinds.NONE)
        while people.front.planned():
            for talker in people.talkers:
                people.say(talker)
            await people.answered()

        found = people.judged()
    assert (found.lost, found.out_of_order, found.doubled) == (0, 0, 0)
    survived("a poll", len(PASSING), repeats, found.doubled)


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_each_kind_of_fault_is_named_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    async with company.opened(tmp_path, FAST) as people:
        (talker,) = await people.join(1)
        for fault in PASSING.values():
            caplog.clear()
            people.front.plan("sendMessage", fault)
            people.front.plan("getUpdates", fault, kinds.NONE)
            while people.front.planned():
                people.say(talker)
                await people.answered()
            await people.rein.settled()
            told = {line for line in caplog.messages if line.startswith(("not sent", "polling"))}
            named = kinds.cause(fault)
            assert told == ({f"not sent: {named}", f"polling failed: {named}"} if named else set())
            people.clock.skip(SAY_AGAIN_AFTER)
    survived("named in the log", len(PASSING), 1, 0)


@each_tier
async def test_it_starts_whatever_befalls_its_first_calls(tmp_path: Path, repeats: int):
    async with company.invited(tmp_path, speed=500) as people:
        for _ in range(repeats):
            for method in ("getMe", "deleteWebhook"):
                people.front.plan(method, *sorted(PASSING.values(), key=lambda one: one.taken))
            people.front.plan("setMyDescription", PASSING["another result"])
            people.front.plan("setMyCommands", PASSING["a list"])
            async with people.rein.open():
                await people.join(1)
                people.say(people.talkers[-1])
                await people.answered()
                await people.rein.settled()  # a stop waits for a second, which is short here
            people.front.forget()

        found = people.judged()
    assert (found.lost, found.doubled) == (0, 0)
    survived("the first calls", len(PASSING), repeats, found.doubled)


@each_tier
async def test_nothing_is_sent_while_telegram_wants_a_pause(tmp_path: Path, repeats: int):
    async with company.opened(tmp_path, FAST) as people:
        hasty, other = await people.join(2)
        for seconds in range(3, 3 + repeats):
            people.front.plan("sendMessage", kinds.too_many(seconds), chat=hasty.guest.person.id)
            people.front.plan("getUpdates", kinds.too_many(seconds))
            people.say(hasty)
            people.say(other)
            await people.answered()

        found = people.judged()
        seen = (
            people.front.asked("sendMessage", hasty.guest.person.id),
            people.front.asked("getUpdates"),
        )
    for calls in seen:
        refused = [n for n, call in enumerate(calls) if call.fault != kinds.NONE]
        pauses = [calls[n + 1].at - calls[n].at for n in refused if n + 1 < len(calls)]
        wanted = [timedelta(seconds=seconds) for seconds in range(3, 3 + len(pauses))]
        assert all(pause >= want for pause, want in zip(pauses, wanted, strict=True)), pauses
    assert (found.lost, found.doubled) == (0, 0)
    survived("too many requests", 1, repeats, found.doubled)


@each_tier
async def test_who_polls_with_our_token_too_is_named_and_outlasted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, repeats: int
):
    async with company.opened(tmp_path, speed=60) as people:
        await people.join(1)
        for _ in range(repeats):
            people.front.chance = lambda call: (
                kinds.CONFLICT if call.method == "getUpdates" else kinds.NONE
            )
            people.say(people.talkers[0])
            await people.clock.wait(2 * MINUTE)
            people.front.chance = front.nothing
            people.say(people.talkers[0])  # the first may have come by a poll that was open
            await people.answered()
        found = people.judged()
        polls = people.front.asked("getUpdates")

    refused = [call.at for call in polls if call.fault == kinds.CONFLICT]
    assert max(sum(at <= other < at + MINUTE for other in refused) for at in refused) <= 12
    after = [polls[n + 1].at - call.at for n, call in enumerate(polls) if call.at == refused[-1]]
    assert after[0] < timedelta(seconds=35)
    assert "somebody else polls with this token" in caplog.messages
    assert (found.lost, found.doubled) == (0, 0)
    survived("somebody else polls", 1, repeats, found.doubled)


@each_tier
async def test_what_is_said_while_the_network_is_gone_is_answered_when_it_is_back(
    tmp_path: Path, repeats: int
):
    async with company.opened(tmp_path, speed=300) as people:
        await people.join(20)
        for _ in range(repeats):
            await people.front.down()
            for talker in people.talkers * 5:
                people.say(talker)
            await people.clock.wait(10 * MINUTE)
            back = len(people.front.seen), people.clock.elapsed(), SystemClock().elapsed()
            await people.front.up()
            await people.answered()
            noticed = people.front.seen[back[0]].at - back[1]
            assert noticed < timedelta(seconds=45)
            assert noticed + SystemClock().elapsed() - back[2] < MINUTE

        found = people.judged()
    assert (found.lost, found.out_of_order) == (0, 0)
    survived("the network gone for ten minutes", 1, repeats, found.doubled)


async def test_a_token_that_telegram_refuses_ends_the_program_with_its_code(tmp_path: Path):
    async with company.invited(tmp_path) as people:
        people.front.plan("getUpdates", kinds.UNAUTHORIZED)
        code, said = await program.run(people.front.root, tmp_path)

    assert code == TokenRefusedError.exit_code, said
    assert "TELEGRAM_BOT_TOKEN" in said
    survived("a refused token", 1, 1, 0)


def survived(case: str, kinds: int, repeats: int, doubled: int) -> None:
    """Keep what was found; that nothing was lost was asserted."""
    proven("faults", case=case, kinds=kinds, met=kinds * repeats, lost=0, doubled=doubled)
