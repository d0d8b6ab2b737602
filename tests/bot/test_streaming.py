"""A model that writes, seen from outside: drafts, Stop and danger through the whole house."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from bot.background import beside
from bot.ending import codec
from bot.journey.conversation import Conversation, Stage
from bot.journey.stages import consent
from bot.sandbox import acts
from bot.sandbox.acts import MessageUnknownError
from bot.sandbox.bot_api import refusals, route
from bot.sandbox.bot_api.call import Call
from coach.llm.errors import BlockedError, UnavailableError
from coach.llm.timing import Deadlines
from storage import conversations, people
from storage.tables import METADATA
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.handfed import TRIAGE, HandFed, verdict
from tests.bot.house import Guest, House

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one house for all
in_one_loop = partial(pytest_asyncio.fixture, loop_scope="module")

TIRED = "so tired of work today, nothing left for the run"
FIRST, SECOND = "A long day of work.", "Would the small version fit?"
HOLD = "can't keep you safe"
PATIENT = Deadlines(*[timedelta(seconds=20)] * 3)


MODEL = HandFed()


@in_one_loop(scope="module")
async def rein(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[House]:
    folder = tmp_path_factory.mktemp("streaming")
    async with house.sandbox_only(folder) as rein, rein.open(model=MODEL, deadlines=PATIENT):
        yield rein


@in_one_loop()
async def guest(rein: House) -> Guest:
    return await at_home(rein)


@pytest.fixture
def model() -> HandFed:
    MODEL.renew()
    return MODEL


async def at_home(rein: House, name: str = "Ada") -> Guest:
    """Let somebody in who is in the middle of everyday life."""
    guest = rein.guest(name)
    now = rein.options.clock.now()
    stands = Conversation(
        Stage.HOME, has_goal=True, zone="Europe/London", touched=now, consent=consent.WITH_MODEL
    )

    def settle(transaction: Transaction) -> None:
        person = people.create(transaction, guest.person.id, "en", now)
        conversations.begin(transaction, person, stands.stage, codec().dump_json(stands), now)

    assert rein.bot is not None
    await rein.bot.database.write(settle)
    return guest


def say(guest: Guest, text: str) -> None:
    acts.say(guest.sandbox, guest.sandbox.chats[guest.person.id], guest.person, text)


def draft(guest: Guest) -> dict[str, Any]:
    return guest.sandbox.chats[guest.person.id].draft or {"text": None}


async def drafted(guest: Guest, text: str) -> None:
    await guest.until(lambda: draft(guest)["text"] == text)


async def answered(guest: Guest) -> str:
    await guest.until(guest.heard)
    return guest.last()["text"]


@asynccontextmanager
async def watched(guest: Guest) -> AsyncGenerator[list[str]]:
    """Gather what is shown to somebody of a turn under way."""
    shown: list[str] = []
    followed = guest.sandbox.feed.follow(None)
    await anext(followed)

    async def gather() -> None:
        async for event in followed:
            if event.kind in {"action", "draft"} and event.body["chat_id"] == guest.person.id:
                shown.append(event.body.get("action") or event.body["text"])

    async with beside(gather()):
        yield shown


async def kept(rein: House, table: str, **like: str) -> int:
    assert rein.bot is not None
    counted = select(func.count()).select_from(METADATA.tables[table]).filter_by(**like)
    return await rein.bot.database.read(lambda t: t.run(counted).scalar_one())


async def test_drafts_grow_by_sentences_and_end_in_exactly_one_message(
    guest: Guest, model: HandFed
):
    say(guest, TIRED)
    model.feed("A long day ", "of work. ", "Would the")
    await drafted(guest, FIRST)
    shown = draft(guest)
    model.feed(" small version fit?", end=True)

    assert await answered(guest) == f"{FIRST} {SECOND}"
    assert shown["draft_id"] != 0
    assert (shown["can_stop"], shown["keep_on_stop"]) == (True, True)
    assert draft(guest)["text"] is None
    await guest.say("/help")
    assert [m["text"] for m in guest.heard()].count(f"{FIRST} {SECOND}") == 1


async def test_typing_is_shown_before_there_is_a_draft(guest: Guest, model: HandFed):
    async with watched(guest) as shown:
        say(guest, TIRED)
        model.feed(f"{FIRST} ", SECOND, end=True)
        await answered(guest)

    assert shown[0] == "typing"


@pytest.mark.parametrize(
    ("code", "description"),
    [(429, "Too Many Requests: retry after 3"), (500, "Internal Server Error"), (404, "Not Found")],
)
async def test_a_failing_draft_never_fails_the_turn(
    guest: Guest, model: HandFed, monkeypatch: pytest.MonkeyPatch, code: int, description: str
):
    asked = asyncio.Event()

    async def refuse(_: Call) -> bool:
        asked.set()
        raise refusals.RefusedError(code, description)

    monkeypatch.setitem(route.METHODS, "sendmessagedraft", refuse)
    say(guest, TIRED)
    model.feed(f"{FIRST} ", "Would")
    await asked.wait()
    model.feed(" the small version fit?", end=True)

    assert await answered(guest) == f"{FIRST} {SECOND}"


async def test_a_stop_keeps_what_came_and_ends_the_call(guest: Guest, model: HandFed):
    say(guest, TIRED)
    model.feed(f"{FIRST} ", "Would the small")
    await drafted(guest, FIRST)

    acts.stop(guest.sandbox, guest.person)

    assert await answered(guest) == FIRST
    assert model.ended == 1


async def test_a_stop_for_another_chat_or_draft_ends_nothing(
    rein: House, guest: Guest, model: HandFed
):
    say(guest, TIRED)
    model.feed(f"{FIRST} ", "Would")
    await drafted(guest, FIRST)
    number = draft(guest)["draft_id"]
    other = rein.guest("Eve")
    for chat, stopped in ((other.person.private(), number), (guest.person.private(), number + 1)):
        body = {"chat": chat, "draft_id": stopped}
        guest.sandbox.updates.push("stopped_message_generation", body)
    await other.say("/start")  # it comes after them

    assert model.ended == 0
    model.feed(" the small version fit?", end=True)
    assert await answered(guest) == f"{FIRST} {SECOND}"


async def test_what_is_no_draft_any_more_cannot_be_stopped(guest: Guest, model: HandFed):
    say(guest, TIRED)
    model.feed(FIRST, end=True)
    await answered(guest)

    with pytest.raises(MessageUnknownError):
        acts.stop(guest.sandbox, guest.person)


async def test_danger_that_only_the_model_sees_is_met_before_anything_was_shown(
    rein: House, guest: Guest, model: HandFed
):
    model.may_judge.clear()
    model.verdicts.append(verdict("self_harm"))
    messages = await kept(rein, "message")
    async with watched(guest) as shown:
        say(guest, TIRED)
        model.feed(f"{FIRST} ", SECOND)
        await model.hungry.wait()
        model.may_judge.set()

        assert HOLD in await answered(guest)
    assert set(shown) == {"typing"}
    assert len(guest.heard()) == 1
    assert await kept(rein, "message") == messages


async def test_no_draft_is_shown_before_the_verdict(guest: Guest, rein: House, model: HandFed):
    model.may_judge.clear()
    say(guest, TIRED)
    model.feed(f"{FIRST} ", "Would")
    await model.hungry.wait()
    await rein.guest("Eve").say("/start")
    assert draft(guest)["text"] is None

    model.may_judge.set()
    await drafted(guest, FIRST)
    model.feed(" the small version fit?", end=True)
    assert await answered(guest) == f"{FIRST} {SECOND}"


async def test_a_look_for_danger_that_ends_after_the_reply_is_in_the_ledger(
    guest: Guest, rein: House, model: HandFed
):
    looks = await kept(rein, "model_call", step=TRIAGE)
    model.may_judge.clear()
    say(guest, TIRED)
    model.feed(FIRST, end=True)
    while not model.ended:
        await rein.guest("Eve").say("/start")
    await rein.guest("Eve").say("/start")  # the reply is decided meanwhile

    model.may_judge.set()
    await answered(guest)

    assert await kept(rein, "model_call", step=TRIAGE) == looks + 1


async def test_a_text_the_provider_refuses_as_unsafe_gets_one_direct_question(
    guest: Guest, model: HandFed
):
    say(guest, TIRED)
    model.choke(BlockedError("safety"))

    assert "hurting yourself" in await answered(guest)


async def test_a_sure_figure_of_speech_takes_a_hint_back(guest: Guest, model: HandFed):
    model.verdicts.append(verdict("none", 95, "figure_of_speech"))
    say(guest, "I can't go on like this with my training plan")
    model.feed(FIRST, end=True)

    assert await answered(guest) == FIRST


async def test_without_a_verdict_the_rules_stand(guest: Guest, model: HandFed):
    model.verdicts += [UnavailableError("down"), "no JSON", "no JSON"] * 3
    say(guest, TIRED)
    model.feed(FIRST, end=True)

    assert await answered(guest) == FIRST


async def test_words_before_a_sentence_against_the_rules_are_kept(guest: Guest, model: HandFed):
    say(guest, TIRED)
    model.feed(f"{FIRST} ", "You failed at 3 runs. ", "More.", end=True)

    assert await answered(guest) == FIRST


async def test_nothing_of_a_draft_is_stored_and_a_cut_turn_is_taken_again(tmp_path: Path):
    model = HandFed()
    async with house.sandbox_only(tmp_path) as rein:
        async with rein.open(model=model, deadlines=PATIENT):
            guest = await at_home(rein)
            say(guest, TIRED)
            model.feed(f"{FIRST} ", "Would")
            await drafted(guest, FIRST)
            before = [await kept(rein, table) for table in ("message", "outbox", "model_call")]
        async with rein.open(model=model, deadlines=PATIENT):
            model.feed(FIRST, end=True)
            assert await answered(guest) == FIRST

    assert before == [0, 0, 0]
    assert len(guest.heard()) == 1
