import asyncio
import math
from datetime import timedelta

from bot.delivery.outcome import (
    TooFast,
    Unreachable,
)
from bot.delivery.pacing import Limits
from bot.outgoing import EditKeyboard, EditText, dump
from storage import outbox, people
from storage.database import Database
from storage.outbox import Kind, Letter
from tests.bot.delivery.post import ADA, BO, SECOND, Post, delivering, letter, put, rows
from tests.bot.fakes import NOON, HeldClock


async def test_letters_of_a_chat_go_in_their_order(database: Database) -> None:
    post = Post()
    await put(database, *(letter(str(number)) for number in range(8)))

    async with delivering(database, post):
        assert await post.texts(8) == [str(number) for number in range(8)]

    assert set((await rows(database)).values()) == {("sent", None)}


async def test_a_commit_wakes_delivery_and_nothing_is_sent_twice(database: Database) -> None:
    post = Post()
    async with delivering(database, post) as delivery:
        for text in ("a", "b", "a"):
            await put(database, letter(text))
            delivery.wake()
        assert await post.texts(2) == ["a", "b"]

    assert post.arrived.empty()


async def test_one_chats_hanging_call_holds_no_other_up(database: Database) -> None:
    post = Post()
    post.open.clear()
    await put(database, letter("a1"), letter("a2"), letter("b1", BO))

    async with delivering(database, post):
        assert sorted(await post.texts(2)) == ["a1", "b1"]
        assert post.arrived.empty()
        post.open.set()
        assert await post.texts(1) == ["a2"]


async def test_replies_go_before_nudges_and_only_so_many_fly_at_once(database: Database) -> None:
    post = Post()
    post.open.clear()
    nudges = [letter(f"n{chat}", chat, Kind.NUDGE) for chat in range(10, 30)]
    replies = [letter(f"r{chat}", chat) for chat in range(40, 60)]
    await put(database, *nudges, *replies)

    async with delivering(database, post):
        first = await post.texts(12)
        assert {text[0] for text in first[:4]} == {"r"}
        assert [text[0] for text in first].count("n") == 8
        assert post.arrived.empty()
        post.open.set()
        await post.texts(28)

    assert post.most_in_flight == 12


async def test_a_slow_reply_is_passed_by_another_after_a_while(database: Database) -> None:
    post, clock = Post(), HeldClock()
    post.open.clear()
    await put(database, letter("slow"), letter("b", BO))

    async with delivering(database, post, Limits(), clock):
        assert await post.texts(1) == ["slow"]
        assert post.arrived.empty()
        clock.advance(Limits().reply_beside_after)
        assert await post.texts(1) == ["b"]
        post.open.set()


async def test_sending_is_committed_before_the_call(database: Database) -> None:
    post = Post()
    post.open.clear()
    await put(database, letter("a"))

    async with delivering(database, post):
        await post.next()
        assert await rows(database) == {"a": ("sending", None)}
        post.open.set()


async def test_too_fast_makes_that_chat_wait_and_no_other(database: Database) -> None:
    post, clock = Post(TooFast(7 * SECOND)), HeldClock()
    await put(database, letter("a1"), letter("a2"))
    async with delivering(database, post, clock=clock) as delivery:
        await post.next()
        await put(database, letter("b1", BO))
        delivery.wake()
        assert await post.texts(1) == ["b1"]
        clock.advance(7 * SECOND)
        delivery.wake()
        await put(database, letter("b2", BO))
        delivery.wake()
        assert await post.texts(1) == ["b2"]
        clock.advance(SECOND)
        assert await post.texts(2) == ["a1", "a2"]


async def test_somebody_unreachable_gets_nothing_more_unasked(database: Database) -> None:
    post = Post(Unreachable())
    await database.write(lambda transaction: people.create(transaction, ADA, "en", NOON))
    await put(database, letter("a"), letter("n1", ADA, Kind.NUDGE))

    async with delivering(database, post):
        await post.next()

    assert {key: state for key, (state, _) in (await rows(database)).items()} == {
        "a": "dead",
        "n1": "dead",
    }
    person = await database.read(lambda transaction: people.find(transaction, ADA))
    assert person is not None
    assert not person.reachable


async def test_a_keyboard_is_changed_on_the_message_that_a_letter_became(
    database: Database,
) -> None:
    post = Post()
    keyboard = ((("★", "1:rt:p1.1:1"),),)
    strip = Letter("strip", ADA, Kind.REPLY, dump(EditKeyboard(keyboard, sent_as="prompt")))
    await put(database, letter("prompt"), strip)

    async with delivering(database, post):
        await post.next()
        assert await post.next() == (ADA, EditKeyboard(keyboard, message=101, sent_as="prompt"))


async def test_a_burst_is_spread_over_time_but_edits_are_not(database: Database) -> None:
    post, clock = Post(), HeldClock()
    edits = [
        Letter(f"e{number}", BO, Kind.REPLY, dump(EditText(5, str(number)))) for number in range(6)
    ]
    await put(database, *(letter(str(number)) for number in range(5)), *edits)

    async with delivering(
        database, post, Limits(per_second=math.inf, reply_beside_after=timedelta()), clock
    ):
        at_once = [chat for chat, _ in [await post.next() for _ in range(9)]]
        assert sorted(at_once) == [ADA] * 3 + [BO] * 6
        for expected in ("3", "4"):
            assert post.arrived.empty()
            clock.advance(SECOND)
            assert await post.texts(1) == [expected]


async def test_a_start_repeats_replies_in_doubt_and_no_nudges(database: Database) -> None:
    await put(database, letter("reply"), letter("nudge", BO, Kind.NUDGE))
    await database.write(
        lambda transaction: outbox.take(transaction, NOON, (), replies=9, nudges=9)
    )
    post = Post()

    async with delivering(database, post):
        assert await post.texts(1) == ["reply"]

    assert await rows(database) == {"reply": ("sent", None), "nudge": ("unknown", "crash")}


async def test_finishing_waits_for_what_is_in_flight_and_takes_nothing_more(
    database: Database,
) -> None:
    post = Post()
    post.open.clear()
    await put(database, letter("a"), letter("b"))

    async with delivering(database, post):
        await post.next()
        asyncio.get_running_loop().call_soon(post.open.set)

    assert await rows(database) == {"a": ("sent", None), "b": ("new", None)}


async def test_a_late_letter_is_dropped(database: Database) -> None:
    post, clock = Post(), HeldClock()
    await put(database, letter("late", kind=Kind.NUDGE, expires_at=NOON), letter("b", BO))

    async with delivering(database, post, clock=clock) as delivery:
        assert await post.texts(1) == ["b"]
        clock.advance(SECOND)  # nothing waits any more
        delivery.wake()
        async with asyncio.timeout(5):
            while (await rows(database))["late"][0] != "expired":
                pass


async def test_replies_go_on_while_nudges_wait_for_a_bot_that_was_too_fast(
    database: Database,
) -> None:
    post, clock = Post(*[TooFast(7 * SECOND)] * 3), HeldClock()
    await put(database, *(letter(f"nudge {chat}", chat, Kind.NUDGE) for chat in (1, 2, 3)))
    async with delivering(database, post, clock=clock) as delivery:
        assert len(await post.texts(3)) == 3
        await put(database, letter("nudge 4", 4, Kind.NUDGE))
        for reply in ("reply 5", "reply 6"):
            await put(database, letter(reply, int(reply[-1])))
            delivery.wake()
            assert await post.texts(1) == [reply]
        assert (await rows(database))["nudge 4"] == ("new", None)
        clock.advance(8 * SECOND)
        delivery.wake()
        assert sorted(await post.texts(4)) == ["nudge 1", "nudge 2", "nudge 3", "nudge 4"]
