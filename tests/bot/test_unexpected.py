"""Every capturing stage meets every kind of unexpected input, with a restart in between.

Somebody walks to the stage; others are put where they stand, the bot is stopped and started,
and then each of them sends something else. The rows below say what must come back.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.ending import codec
from bot.journey.conversation import Conversation, Stage
from bot.sandbox import acts
from storage import conversations
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House, Message

RUN = ("run 20 minutes 3 times a week", "until:Yes, plan it")
MONDAYS = ("run 20 minutes on Mondays at 7:00", "until:Yes, plan it", "tap:Yes, plan it")
PLANNED = (*MONDAYS, "Lisbon", "tap:Too tired")
AT_HOME = (*PLANNED, "tap:Start", "tap:9–10", "tap:Evening 19:30", "hear:You're set")

WALKS: dict[Stage, tuple[str, ...]] = {
    Stage.GOAL: (),
    Stage.SPLIT: ("I want to run 3 times a week, learn Spanish and also save 200 euros a month",),
    Stage.RESIZE: ("run a marathon in 3 weeks, starting from zero",),
    Stage.CLARIFY: ("I want to run a 10k by April",),
    Stage.RESOLUTION: RUN,
    Stage.REVISE: (*RUN, "tap:Change something"),
    Stage.DAYS: (*RUN, "tap:Yes, plan it"),
    Stage.TIME: (*RUN, "tap:Yes, plan it", "tap:You choose"),
    Stage.ZONE: MONDAYS,
    Stage.OBSTACLE: (*MONDAYS, "Lisbon"),
    Stage.PLAN: PLANNED,
    Stage.PLAN_EDIT: (*PLANNED, "not that"),
    Stage.CONFIDENCE: (*PLANNED, "tap:Start"),
    Stage.CHECK_IN_TIME: (*PLANNED, "tap:Start", "tap:9–10"),
    Stage.SETTINGS: (*AT_HOME, "/settings"),
    Stage.FEEDBACK: (*AT_HOME, "/feedback", "hear:whoever runs this Rein"),
    Stage.MEMORY: ("/memory",),
}
"""How to get to each stage, after consent: words, `tap:label`, or `until:label` by "You choose"."""

LONG = "I thought a lot about my days and my work and my friends. " * 90  # two messages


@dataclass(frozen=True)
class Row:
    """Something unexpected, and what comes back; *again*: the pending question, too."""

    send: Callable[[House, Guest], object]
    back: str = ""
    again: bool = True


def sent(kind: str) -> Callable[[House, Guest], object]:
    return lambda rein, guest: acts.send(rein.sandbox, guest.person, kind, "")


def said(text: str) -> Callable[[House, Guest], object]:
    return lambda rein, guest: acts.say(
        rein.sandbox, rein.sandbox.chats[guest.person.id], guest.person, text
    )


ROWS = {
    "voice": Row(sent("voice"), "I can only read text for now."),
    "photo": Row(sent("photo"), "no pictures"),
    "document": Row(sent("document"), "no files"),
    "location": Row(sent("location"), "no places"),
    "contact": Row(sent("contact"), "no places or contacts"),
    "sticker": Row(sent("sticker"), "A few words would help me more."),
    "dice": Row(sent("dice"), "A few words would help me more."),
    "emoji": Row(said("😀👍🏽"), "A few words would help me more."),
    "blank": Row(said("\u200b \u200b")),
    "question": Row(said("Are you a real person?"), "program"),
    "German": Row(said("Ich möchte jeden Tag ein bisschen mehr lesen"), "Deutsch", again=False),
    "Spanish": Row(said("No lo sé, la verdad es que no estoy seguro"), "español", again=False),
    "long": Row(said(LONG), again=False),
    "forwarded": Row(
        lambda rein, guest: acts.forward(rein.sandbox, guest.person, "/cancel"), again=False
    ),
    "command nobody knows": Row(said("/frobnicate"), "I don't know that one", again=False),
}

Answers = dict[tuple[Stage, str], tuple[Message, list[Message]]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Ask everything once; the rows are looked at one by one."""
    return asyncio.run(_everything(tmp_path_factory.mktemp("unexpected")))


async def _everything(folder: Path) -> Answers:
    found: Answers = {}
    guests: dict[tuple[Stage, str], tuple[Message, Guest]] = {}
    async with house.sandbox_only(folder) as rein:

        async def stand(stage: Stage, walk: tuple[str, ...]) -> None:
            asked, conversation = await walked(rein, stage, walk)
            for kind in ROWS:
                guests[stage, kind] = asked, await put(rein, conversation, kind)

        async def answer(stage: Stage, kind: str) -> None:
            asked, guest = guests[stage, kind]
            before = len(guest.heard())
            ROWS[kind].send(rein, guest)
            await guest.until(lambda: len(guest.heard()) > before)
            if ROWS[kind].again and shape(asked):
                await guest.until(lambda: shape(guest.last()))
            found[stage, kind] = asked, guest.heard()[before:]

        async with rein.open():
            await house.together(stand(*walk) for walk in WALKS.items())
        async with rein.open():
            await house.together(answer(*where) for where in guests)
    return found


async def walked(rein: House, stage: Stage, walk: tuple[str, ...]) -> tuple[Message, Conversation]:
    """Let somebody walk to a stage; return what they are asked there, and where they stand."""
    guest = rein.guest(stage)
    await guest.say("/start")
    await guest.press("Yes, I'm 18+ and agree")
    for step in walk:
        what, _, label = step.partition(":")
        if what == "tap":
            await guest.press(label)
        elif what == "hear":
            await guest.until(lambda label=label: label in guest.last()["text"])
        elif what == "until":
            while label not in guest.labels():
                await guest.press("You choose")
        else:
            await guest.say(step)
    conversation = await _standing(rein, guest)
    assert conversation.stage is stage
    return guest.last(), conversation


async def _standing(rein: House, guest: Guest) -> Conversation:
    assert rein.bot is not None
    found = await rein.bot.database.read(lambda t: conversations.load(t, guest.person.id))
    assert found is not None
    return codec().validate_json(found.draft)


async def put(rein: House, conversation: Conversation, name: str) -> Guest:
    """Let somebody new stand where *conversation* stands."""
    guest = rein.guest(name)
    await guest.say("/start")
    await put_back(rein, conversation, guest)
    return guest


async def put_back(rein: House, conversation: Conversation, guest: Guest) -> None:
    """Let somebody stand where *conversation* stands."""

    def place(transaction: Transaction) -> None:
        standing = conversations.load(transaction, guest.person.id)
        assert standing is not None
        prompt = codec().validate_json(standing.draft).prompt + 1  # each is asked once
        draft = codec().dump_json(replace(conversation, prompt=prompt, open=False))
        now = conversation.touched
        assert now is not None
        conversations.save(transaction, standing, conversation.stage, draft, now)

    assert rein.bot is not None
    await rein.bot.database.write(place)


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("stage", WALKS)
def test_what_is_unexpected_gets_a_kind_answer(answers: Answers, stage: Stage, kind: str):
    asked, heard = answers[stage, kind]
    row = ROWS[kind]
    said = "\n".join(message["text"] for message in heard)

    assert row.back in said
    assert "too long" not in said
    if row.again:
        assert question(asked) in said
        assert shape(heard[-1]) == shape(asked)


def question(asked: Message) -> str:
    """The last line of what was asked at this stage."""
    return asked["text"].splitlines()[-1]


def shape(message: Message) -> list[int]:
    """How many buttons stand in each row; their labels may be the time of day."""
    keyboard = json.loads(json.dumps(message.get("reply_markup", {}))).get("inline_keyboard", [])
    return [len(row) for row in keyboard]
