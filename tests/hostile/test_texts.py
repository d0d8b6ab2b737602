"""Hostile texts in the middle of the journey: everybody is answered, and nothing breaks."""

from pathlib import Path

import pytest

from bot.journey.conversation import Conversation, Stage
from bot.sandbox import acts
from storage.tables.transport import INBOX
from tests.bot import house
from tests.bot.house import House
from tests.bot.test_unexpected import WALKS, put, put_back, walked
from tests.hostile import rows
from tests.hostile.texts import TEXTS
from tests.proofs import proven
from tests.tiers import FULL

STAGES = (
    Stage.GOAL, Stage.CLARIFY, Stage.REVISE, Stage.ZONE, Stage.OBSTACLE, Stage.PLAN_EDIT,
    Stage.CHECK_IN_TIME, Stage.SETTINGS,
)  # fmt: skip
SAID = TEXTS if FULL else TEXTS[::5]
EACH = 3 if FULL else 1
"""In how many of the stages each text is said."""


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_hostile_texts_are_answered_wherever_they_are_said(
    tmp_path: Path, refused: list[str]
):
    async with house.sandbox_only(tmp_path) as rein, rein.open():

        async def said_at(number: int, stage: Stage) -> None:
            _, standing = await walked(rein, stage, WALKS[stage])
            texts = [text for at, text in enumerate(SAID) if (at - number) % len(STAGES) < EACH]
            await _said(rein, standing, texts)

        await house.together(said_at(*where) for where in enumerate(STAGES))
        await rein.settled()
        assert refused == []
        assert await rows.given_up(rein) == []
        again = await rows.arrived(rein, INBOX.c.attempts > 1)
    assert again == 0
    proven("texts", texts=len(SAID), said=len(SAID) * EACH, refused=0, dead=0, unanswered=0)


async def _said(rein: House, standing: Conversation, texts: list[str]) -> None:
    """Say each text where somebody stands; each is answered, or this ends in a TimeoutError."""
    guest = await put(rein, standing, "Mallory")
    for text in texts:
        await put_back(rein, standing, guest)
        before = len(guest.heard())
        acts.say(rein.sandbox, rein.sandbox.chats[guest.person.id], guest.person, text)
        try:
            await guest.until(lambda heard=before: len(guest.heard()) > heard)
        except TimeoutError:
            pytest.fail(f"no answer to {text[:80]!r} at {standing.stage}")
        await rein.settled()
