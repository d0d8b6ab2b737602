"""The model fails in every way: everybody is answered, and nobody waits for another's call."""

import asyncio
import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock
from coach.llm.breaker import FAILURES as TOO_MANY
from coach.llm.breaker import WINDOW
from coach.llm.retrying import MOST_ATTEMPTS
from coach.llm.timing import Deadlines
from tests.crash.talk import Talker
from tests.faults import company, models
from tests.faults.company import RICH, Company
from tests.faults.tiers import FULL, REPEATS
from tests.models import contract, server
from tests.models.server import Heard, ModelServer
from tests.proofs import proven

SHORT = Deadlines(*[timedelta(seconds=0.3)] * 3)
ANSWERED_WITHIN_S, OTHERS_WITHIN_S = 30, 3

FULL_NAME = "ten times" if FULL else "twice"
LONG = (pytest.mark.long, pytest.mark.timeout(900))
by_tier = pytest.mark.parametrize(
    ("provider", "repeats", "deadlines"),
    [
        pytest.param("openai-compatible", 1, SHORT, id="once"),
        pytest.param("gemini", REPEATS, Deadlines(), id=FULL_NAME, marks=LONG),
    ],
)


class Kinds:
    """A model server that does to each person what their kind says."""

    def __init__(self, model: ModelServer) -> None:
        self._of: dict[str, str] = {}
        self.calls: Counter[tuple[str, str]] = Counter()
        model.chosen = self._does
        model.says = self._says

    def let(self, said: str, kind: str) -> None:
        """Have a kind of thing happen to what was said."""
        self._of[said] = kind

    def _kind(self, heard: Heard) -> str:
        text = str(models.asked(heard).get("user_text", ""))
        return next((kind for said, kind in self._of.items() if said in text), "answers")

    def _does(self, heard: Heard) -> str:
        kind = self._kind(heard)
        text = str(models.asked(heard).get("user_text", ""))
        self.calls[text, models.question(heard)] += 1
        if kind == "drips for ever" and models.is_triage(heard):
            return "hangs"  # which it is to whoever waits for all of it
        return "answers" if kind == models.HUGE else kind

    def _says(self, heard: Heard) -> Sequence[str]:
        return models.huge(heard) if self._kind(heard) == models.HUGE else models.echo(heard)


async def answers(people: Company, said: Sequence[Talker], before: Sequence[int]) -> float:
    """Wait until everybody has one more message than before; return the seconds it took."""
    began = SystemClock().elapsed()
    for talker, heard in zip(said, before, strict=True):
        await talker.guest.until(lambda one=talker, n=heard: len(one.guest.heard()) > n)
    await people.rein.settled()
    return (SystemClock().elapsed() - began).total_seconds()


@by_tier
async def test_everybody_is_answered_whatever_the_model_does(
    tmp_path: Path, provider: str, repeats: int, deadlines: Deadlines
):
    slowest, at_once = 0.0, TOO_MANY - 1  # so that the breaker never keeps a call away
    async with server.serving() as model:
        kinds = Kinds(model)
        made: dict[str, Any] = {"deadlines": deadlines, "caps": RICH}
        made["model"] = contract.make(provider, model.root)
        async with company.opened(tmp_path, **made) as people:
            talkers = dict(zip(models.FAILURES, await people.join(25), strict=True))
            pairs = list(talkers.items())
            for start in [*range(0, len(pairs), at_once)] * repeats:
                group = pairs[start : start + at_once]
                before = [len(talker.guest.heard()) for _, talker in group]
                for kind, talker in group:
                    kinds.let(people.say(talker), kind)
                slowest = max(slowest, await answers(people, [one for _, one in group], before))
                people.clock.skip(WINDOW)
        found = {kind: len(talker.guest.heard()) for kind, talker in talkers.items()}

    assert found == dict.fromkeys(talkers, repeats)
    assert slowest < ANSWERED_WITHIN_S
    assert max(kinds.calls.values()) <= MOST_ATTEMPTS
    met = len(talkers) * repeats
    proven("model faults", provider, kinds=len(talkers), met=met, unanswered=0)


async def test_everybody_is_answered_where_no_model_listens(tmp_path: Path):
    nowhere = contract.make("openai-compatible", contract.NOWHERE)
    async with company.opened(tmp_path, model=nowhere) as people:
        talkers = await people.join(4)
        for talker in talkers:
            people.say(talker)
        await answers(people, talkers, [0] * 4)
        assert [len(talker.guest.heard()) for talker in talkers] == [1] * 4
    proven("model faults", "nobody listens", kinds=1, met=4, unanswered=0)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(4, id="once"),
        pytest.param(20, id="ten times", marks=[pytest.mark.long, pytest.mark.timeout(300)]),
    ],
)
async def test_nobody_waits_while_the_model_hangs_over_another_persons_words(
    tmp_path: Path, said: int
):
    took: list[float] = []
    async with server.serving() as model:
        kinds = Kinds(model)
        hanging = contract.make("openai-compatible", model.root)
        async with company.opened(tmp_path, model=hanging, caps=RICH) as people:
            hung, *others = await people.join(6)
            for talker in others:  # so that nobody is the first
                people.say(talker)
            await people.answered()
            kinds.let(people.say(hung), "hangs")

            async def talk(talker: Talker) -> None:
                for _ in range(said):
                    began = SystemClock().elapsed()
                    people.say(talker)
                    await people.answered_all(talker)
                    took.append((SystemClock().elapsed() - began).total_seconds())

            await asyncio.gather(*map(talk, others))
            waited = not hung.guest.heard()
        others_p95 = statistics.quantiles(took, n=20)[-1]

    assert len(took) == said * len(others)
    assert others_p95 < OTHERS_WITHIN_S
    proven("model hangs", p95=others_p95, others=len(took), hung=waited)
