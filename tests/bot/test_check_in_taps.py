"""Taps of a check-in over real HTTP: left out and why, amounts, yesterday, second thoughts."""

from pathlib import Path

from coach.weeks import DayState
from storage import answers, goals
from storage.answers import Answer
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_company import begin, days_later, on_a_day_with_a_session
from tests.bot.test_conversation import person_of


async def told(rein: House, guest: Guest) -> list[Answer]:
    """Read what the store has of the days, the oldest first."""

    def kept(transaction: Transaction) -> list[Answer]:
        person = person_of(transaction, guest)
        (goal,) = goals.of(transaction, person)
        return sorted(answers.of_goal(transaction, person, goal.id), key=lambda one: one.on)

    assert rein.bot is not None
    return await rein.bot.database.read(kept)


async def test_what_is_left_out_part_done_told_a_day_later_or_corrected_is_kept_as_told(
    tmp_path: Path,
):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)

        await on_a_day_with_a_session(rein, guest)
        await guest.say("/done")
        assert "does not count either way" in await guest.press("Left out on purpose")
        await guest.press("Ill / pain")
        (left_out,) = await told(rein, guest)
        assert (left_out.state, left_out.reason) == (DayState.SKIPPED, "si")

        await days_later(rein, 1)
        await on_a_day_with_a_session(rein, guest)
        await guest.say("/done")
        assert "How much was it?" in await guest.press("Partly")
        amount = guest.labels()[1]
        await guest.tap(amount)
        *_, partly = await told(rein, guest)
        assert partly.state is DayState.PARTLY
        assert partly.amount is not None
        assert amount.startswith(f"{partly.amount.value:g}")

        await days_later(rein, 1)
        await on_a_day_with_a_session(rein, guest)
        await days_later(rein, 1)
        assert "yesterday: how did it go?" in await guest.say("/done")
        await guest.press("Small version")
        *_, backfilled = await told(rein, guest)
        assert backfilled.state is DayState.SMALL
        assert backfilled.on > partly.on

        await guest.tap("Change")
        assert "Changed" in await guest.press("Not today")
        await guest.press("Skip")
        assert [one.state for one in await told(rein, guest)] == [
            DayState.SKIPPED, DayState.PARTLY, DayState.MISSED,
        ]  # fmt: skip
