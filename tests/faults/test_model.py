"""The model fails in every way: everybody is answered, and nobody waits for another's call."""

import asyncio
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clock import SystemClock
from bot.complaints import SAY_AGAIN_AFTER
from coach.llm import retrying
from coach.llm.breaker import FAILURES as TOO_MANY
from coach.llm.breaker import WINDOW
from coach.llm.errors import BreakerOpenError, TooLateError
from coach.llm.timing import Deadlines
from storage.tables.record import MODEL_CALL
from storage.transaction import Transaction
from tests.crash.talk import Talker
from tests.faults import company, models
from tests.faults.company import RICH, Company
from tests.models import contract, server
from tests.models.server import Heard, ModelServer
from tests.proofs import proven
from tests.tiers import FULL, REPEATS

NO_TIME_FOR_ANOTHER = retrying.AN_ANSWER + retrying.FIRST_PAUSE / 2
ONCE = Deadlines(*[NO_TIME_FOR_ANOTHER] * 3)
"""How long a call may take that is never made again."""

ANSWERED_WITHIN_S, OTHERS_WITHIN_S = 30, 3

FULL_NAME = "ten times" if FULL else "twice"
LONG = (pytest.mark.long, pytest.mark.timeout(900))
by_tier = pytest.mark.parametrize(
    ("provider", "repeats", "deadlines", "attempts"),
    [
        pytest.param("openai-compatible", 2, ONCE, 1, id="each question once"),
        pytest.param(
            "gemini", REPEATS, Deadlines(), retrying.MOST_ATTEMPTS, id=FULL_NAME, marks=LONG
        ),
    ],
)


class Kinds:
    """A model server that does what was chosen for somebody's words, and counts its calls."""

    def __init__(self, model: ModelServer) -> None:
        self._of: dict[str, tuple[str, Sequence[str]]] = {}
        self.calls: Counter[tuple[str, str]] = Counter()
        model.chosen = self._does
        model.says = self._says

    def let(self, said: str, kind: str, questions: Sequence[str] = models.QUESTIONS) -> None:
        """Have a kind of thing happen to questions about what was said."""
        self._of[said] = kind, questions

    def _meets(self, heard: Heard) -> tuple[str, str]:
        """Tell about whose word is asked, and what happens."""
        text, asked = str(models.asked(heard).get("user_text", "")), models.question(heard)
        for said, (kind, questions) in self._of.items():
            if said in text:
                return said, kind if asked in questions else "answers"
        return text, "answers"

    def _does(self, heard: Heard) -> str:
        said, kind = self._meets(heard)
        self.calls[said, models.question(heard)] += 1
        return "answers" if kind == models.HUGE else kind

    def _says(self, heard: Heard) -> Sequence[str]:
        _, kind = self._meets(heard)
        return models.huge(heard) if kind == models.HUGE else models.echo(heard)


async def answers(people: Company, said: Sequence[Talker], before: Sequence[int]) -> float:
    """Wait until everybody has one more message than before; return the seconds it took."""
    began = SystemClock().elapsed()
    for talker, heard in zip(said, before, strict=True):
        await talker.guest.until(lambda one=talker, n=heard: len(one.guest.heard()) > n)
    await people.rein.settled()
    return (SystemClock().elapsed() - began).total_seconds()


def in_groups(attempts: int) -> Iterator[Sequence[str]]:
    """Part the kinds so that no group has the breaker keep a call away.

    Of each person one question fails, as often as it is asked, and the other may be late.
    """
    at_once = (TOO_MANY - 1) // (attempts + 1)
    kinds = sorted(models.FAILURES, key=lambda kind: kind not in contract.ENDLESS)
    return (kinds[start : start + at_once] for start in range(0, len(kinds), at_once))


@by_tier
async def test_everybody_is_answered_whatever_the_model_does(
    tmp_path: Path, provider: str, repeats: int, deadlines: Deadlines, attempts: int
):
    slowest, met = 0.0, dict[tuple[str, str], str]()
    async with server.serving() as model:
        kinds = Kinds(model)
        made: dict[str, Any] = {"deadlines": deadlines, "caps": RICH}
        made["model"] = contract.make(provider, model.root)
        async with company.opened(tmp_path, **made) as people:
            for question in [*models.QUESTIONS] * (repeats // len(models.QUESTIONS)):
                for group in in_groups(attempts):
                    talkers = await people.join(len(group))
                    for kind, talker in zip(group, talkers, strict=True):
                        said = people.say(talker)
                        kinds.let(said, kind, [question])
                        met[said, question] = kind
                    slowest = max(slowest, await answers(people, talkers, [0] * len(group)))
                    people.clock.skip(WINDOW)
            kept_away = await people.bot.database.read(calls_kept_away)
        heard = [len(talker.guest.heard()) for talker in people.talkers]

    assert heard == [1] * len(met)
    assert slowest < ANSWERED_WITHIN_S
    assert {kinds.calls[one] for one in met} <= set(range(1, retrying.MOST_ATTEMPTS + 1))
    assert kept_away == 0
    proven("model faults", provider, kinds=len(set(met.values())), met=len(met), unanswered=0)


@pytest.mark.long
async def test_each_kind_of_failure_is_named_in_the_log_at_once_and_then_not_for_a_minute(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    async with server.serving() as model:
        kinds, failing = Kinds(model), contract.make("openai-compatible", model.root)
        async with company.opened(tmp_path, model=failing, deadlines=ONCE, caps=RICH) as people:
            for kind in models.FAILURES:
                caplog.clear()
                (talker,) = await people.join(1)
                kinds.let(people.say(talker), kind)  # both questions meet it
                await answers(people, [talker], [0])
                told = [line for line in caplog.messages if line.startswith("the model failed")]
                named = [f"the model failed: {cause}" for cause in models.causes(kind)]
                late = f"the model failed: {TooLateError.kind}"  # on a busy machine
                assert set(named) <= set(told) <= {*named, late}, kind
                assert len(told) == len(set(told)), kind
                people.clock.skip(SAY_AGAIN_AFTER)


def calls_kept_away(transaction: Transaction) -> int:
    """Count the calls that the breaker did not let through to the model."""
    kept_away = MODEL_CALL.c.error == BreakerOpenError.kind
    return transaction.run(select(func.count()).where(kept_away)).scalar_one()


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
