"""What people say of each kind of thing, tapped in the chat and kept with where it comes from."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.opik import Opik
from storage import example_consent
from storage.tables.people import FEEDBACK
from storage.tables.record import RATING
from tests.bot import house
from tests.bot.house import Guest, House, Message
from tests.bot.test_own import be_at_home, known

NOBODY = Opik(url="http://127.0.0.1:9")
MORE, FELT = "Say a bit more", "Say how it felt"


async def rows(rein: House, asked: Any) -> list[tuple[Any, ...]]:
    assert rein.bot is not None
    return [tuple(row) for row in await rein.bot.database.read(lambda t: t.run(asked).all())]


async def given(rein: House, kind: str) -> dict[str, int]:
    """Read what was answered about a kind, by aspect."""
    asked = select(RATING.c.aspect, RATING.c.value).where(RATING.c.object_kind == kind)
    return {str(aspect): value for aspect, value in await rows(rein, asked)}


def starred(guest: Guest, text: str) -> Message:
    """Find the message with stars that says *text*."""
    return next(
        message
        for message in reversed(guest.heard())
        if text in message["text"] and "callback_data" in str(message.get("reply_markup"))
    )


def keyboard(message: Message) -> list[list[dict[str, str]]]:
    return message["reply_markup"]["inline_keyboard"]


async def open_questions(guest: Guest, text: str) -> None:
    """Give the message that says *text* four stars, and tap the button that comes with them."""
    message = starred(guest, text)
    await guest.tap_data(message, keyboard(message)[0][3]["callback_data"])
    await guest.until(lambda: len(keyboard(starred(guest, text))) == 2)
    begin = keyboard(starred(guest, text))[1][0]
    assert begin["text"] == MORE
    before = len(guest.heard())
    await guest.tap_data(message, begin["callback_data"])
    await guest.until(lambda: len(guest.heard()) > before)


async def test_every_kind_is_rated_with_taps_and_tied_to_where_it_came_from(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein, rein.open(opik=NOBODY):
        guest = rein.guest()
        await be_at_home(guest)
        for text, labels in (
            ("How good is this resolution", ("Yes", "No", "Yes")),
            ("How good is this plan", ("3", "4", "Skip")),
        ):
            await open_questions(guest, text)
            for label in labels:
                await guest.tap(label)
        said = await guest.say("I feel proud of this week")
        await open_questions(guest, said)
        for label in ("Yes", "Skip", "No", "Yes"):
            await guest.tap(label)
        await guest.press("Add a comment")
        assert "Thank you" in await guest.say("The second sentence helped")
        await guest.say("/feedback")
        await guest.until(lambda: "whoever runs" in guest.last()["text"])
        await guest.press("☆")
        await guest.until(lambda: "What was off?" in guest.last()["text"])
        await guest.tap("Skip")
        assert "Thank you" in await guest.say("All in all it helps me")
        rein.sandbox.clock.advance(timedelta(days=1))
        await guest.say("/done")
        await guest.press(guest.labels()[0])
        await guest.press(FELT)
        await guest.tap("2")
        await guest.tap("5")

        assert await given(rein, "resolution") == {
            "stars": 4, "usefulness": 1, "clarity": 0, "motivation": 1,
        }  # fmt: skip
        assert await given(rein, "plan") == {"stars": 4, "feasibility": 3, "clarity": 4}
        assert await given(rein, "reply") == {
            "stars": 4, "helpfulness": 1, "motivation": 0, "actionability": 1,
        }  # fmt: skip
        assert await given(rein, "session") == {"stars": 1}
        assert await given(rein, "progress") == {"difficulty": 2, "motivation": 5}
        c = RATING.c
        pedigree = select(c.object_kind, c.object_version, c.mode, c.prompt_version, c.trace_id)
        for kind, *made, trace in await rows(rein, pedigree):
            assert made == [1, "rules", "rules-1"]
            assert trace is not None, kind
        kinds = select(FEEDBACK.c.object_kind).order_by(FEEDBACK.c.told_at)
        assert await rows(rein, kinds) == [("reply",), ("session",)]


async def test_a_second_walk_shows_the_answers_and_changes_them(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await be_at_home(guest)
            await open_questions(guest, "How good is this plan")
            await guest.tap("5")
        async with rein.open():
            await guest.tap("4")
            await guest.tap("3")
            await guest.press(MORE)
            assert guest.labels() == ["1", "2", "3", "4", "✓ 5", "Skip"]
            await guest.tap("1")
            await guest.tap("Skip")
            await guest.tap("Skip")

            assert "Add a comment" in guest.labels()
            told = {"feasibility": 1, "clarity": 4, "motivation": 3}
            assert await given(rein, "plan") == {"stars": 4, **told}


async def test_part_of_a_session_is_asked_how_much_it_was(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        rein.sandbox.clock.advance(timedelta(days=1))
        while "Partly" not in guest.labels():
            rein.sandbox.clock.advance(timedelta(days=1))
            await guest.say("/done")
        await guest.press("Partly")
        assert await guest.press(FELT) == "About how much of it did you do?"
        await guest.tap("75%")
        message, data = guest.button("2")
        assert await given(rein, "progress") == {"percent": 75}

        await guest.tap("Change")
        await guest.tap("Done ✅")
        await guest.until(lambda: "Changed to done" in guest.last()["text"])

        assert await guest.tap_data(message, data) != ""
        assert await given(rein, "progress") == {"percent": 75}


async def test_few_stars_bring_one_question_and_the_button_only_after_its_answer(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        plan = starred(guest, "How good is this plan")
        await guest.tap_data(plan, keyboard(plan)[0][1]["callback_data"])
        await guest.until(lambda: "What was off?" in guest.last()["text"])
        assert len(keyboard(starred(guest, "How good is this plan"))) == 1

        await guest.tap("Too long")

        await guest.until(lambda: MORE in str(starred(guest, "What was off?")))
        assert len(keyboard(starred(guest, "What was off?"))) == 1


async def test_what_is_forged_or_anothers_changes_nothing_and_is_answered(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        ada, bob = rein.guest(), rein.guest("Bob")
        await be_at_home(ada)
        await bob.say("/start")
        plan = starred(ada, "How good is this plan")
        about = keyboard(plan)[0][0]["callback_data"].split(":")[2]
        goal = about[1:].partition(".")[0]
        forged = (
            f"1:ra:{about}:f6", f"1:ra:{about}:h1", f"1:rm:{about}:x", f"1:rc:{about}:1",
            f"1:ra:p{goal}.9:f5", f"1:ra:g{goal}.1.fuy00:d5", f"1:rm:g{goal}.1.fuy00:d",
        )  # fmt: skip

        before = len(ada.heard())
        toasts = [await ada.tap_data(plan, data) for data in forged]
        toasts += [await bob.tap_data(bob.last(), f"1:{a}:{about}:{x}") for a, x in
                   (("ra", "f5"), ("rm", ""), ("rc", ""), ("rt", "5"))]  # fmt: skip

        assert all(toasts)
        assert len(ada.heard()) == before
        assert await given(rein, "plan") == {}
        assert await given(rein, "progress") == {}


async def test_an_agreed_review_gets_stars_of_its_own(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein, rein.open(opik=NOBODY):
        guest = rein.guest()
        await be_at_home(guest)
        rein.sandbox.clock.advance(timedelta(days=8))
        await guest.say("/review")
        assert "Looks good" in guest.labels()
        await guest.press("Looks good")
        text = "How helpful was this review?"
        await guest.until(lambda: any(text in one["text"] for one in guest.heard()))

        await open_questions(guest, text)
        await guest.tap("Yes")
        await guest.tap("No")

        assert await given(rein, "review") == {"stars": 4, "helpfulness": 1, "motivation": 0}
        c = RATING.c
        made = select(c.trace_id, c.turn_id, c.mode, c.prompt_version).distinct()
        ((trace, turn, *rest),) = await rows(rein, made.where(c.object_kind == "review"))
        assert (trace, rest) == (turn, ["rules", "rules-1"])


async def test_examples_are_offered_once_a_month_given_and_taken_back(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)

        async def criticise() -> None:
            text = await guest.say("I feel proud of this week")
            message = starred(guest, text)
            await guest.tap_data(message, keyboard(message)[0][0]["callback_data"])
            await guest.until(lambda: "What was off?" in guest.last()["text"])
            await guest.tap("Not relevant")
            await guest.until(lambda: MORE in str(starred(guest, "What was off?")))
            await guest.until(lambda: "What had you hoped for?" in guest.last()["text"])

        async def agreed() -> bool:
            assert rein.bot is not None
            person = await known(rein, guest)
            return await rein.bot.database.read(lambda t: example_consent.given(t, person))

        await criticise()
        await guest.press("Help to improve Rein")
        assert not await agreed()
        await guest.press("Yes")
        assert await agreed()
        await guest.say("/privacy")
        await guest.press("Don't use my messages")
        assert not await agreed()

        rein.sandbox.clock.advance(timedelta(days=1))
        await criticise()
        assert "Help to improve" not in str(starred(guest, "What was off?"))
        rein.sandbox.clock.advance(timedelta(days=30))
        await criticise()
        assert "Help to improve" in str(starred(guest, "What was off?"))
