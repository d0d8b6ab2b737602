"""What the judge makes of a sample, on a real database, and what it never sees."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import judging
from bot.judging import SHARES, Judging, is_sampled
from coach.llm.budget import Mode
from coach.llm.errors import BlockedError, ModelError
from coach.llm.port import ModelRequest
from coach.llm.scripted import Reply, ScriptedModel
from coach.llm.service import ModelService
from coach.values import Drafted, Scores
from storage import evaluations, goals, ids, messages, people
from storage.database import Database
from storage.messages import Direction, Message
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.tables.record import MODEL_CALL
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.fakes import LeapingClock
from tests.bot.test_conversation import agree_to_a_plan
from tests.storage import examples
from tests.storage.conftest import NOW
from tests.storage.examples import TURN

RULES = Scores(
    {"clarity": 9.0, "specificity": 8.0, "measurability": 8.0, "actionability": 9.0}, 8.5
)
TEN, TWO = 10, 2


def verdict(request: ModelRequest, score: int = TEN) -> str:
    assert request.schema is not None
    names = [name for name in request.schema["properties"] if name != "weakness"]
    marks = {name: {"evidence": "", "score": score} for name in names}
    return json.dumps({"weakness": "none", **marks})


def in_sample(kind: SubjectKind, *, wanted: bool = True) -> Subject:
    """Name a subject that the sample takes, or passes over."""
    names = (Subject(kind, str(number)) for number in range(1, 1_000))
    return next(one for one in names if is_sampled(one) is wanted)


@pytest.fixture
def ada(database: Database) -> Person:
    return database.write_now(lambda t: people.create(t, 1, "en", NOW))


async def agree(database: Database, person: Person, subject: Subject) -> None:
    def work(transaction: Transaction) -> None:
        goals.create(transaction, person, int(subject.id), examples.UNDERSTANDING, NOW)
        drafted = Drafted(examples.RESOLUTION, RULES, "rules")
        goals.keep_resolution(transaction, person, subject, drafted, TURN)

    await database.write(work)


async def talk(database: Database, person: Person, heard: str, said: str) -> Subject:
    key = in_sample(SubjectKind.REPLY).id
    reply = Subject(SubjectKind.REPLY, key)

    def work(transaction: Transaction) -> None:
        if heard:
            into = Message("telegram:1", Direction.IN, heard)
            messages.keep(transaction, person, into, TURN)
        messages.keep(transaction, person, Message(key, Direction.OUT, escape(said)), TURN)
        evaluations.record(transaction, person, reply, RULES, evaluations.RULES, TURN)

    await database.write(work)
    return reply


async def consider(database: Database, person: Person, service: ModelService) -> None:
    await Judging(database, service, LeapingClock(), lambda _: None).consider(person, TURN.turn_id)


async def judged(database: Database, person: Person, subject: Subject) -> Scores | None:
    return await database.read(lambda t: evaluations.find(t, person, subject, evaluations.JUDGE))


@pytest.mark.parametrize("kind", SHARES)
def test_the_sample_is_as_large_as_it_says(kind: SubjectKind):
    taken = sum(is_sampled(Subject(kind, str(ids.new()))) for _ in range(20_000))

    assert taken / 20_000 == pytest.approx(SHARES[kind], abs=0.01)


def test_a_review_is_never_judged():
    assert not any(is_sampled(Subject(SubjectKind.REVIEW, str(n))) for n in range(1_000))


async def test_a_verdict_stands_beside_the_rules_with_the_turn_and_the_call(
    database: Database, ada: Person
):
    subject = in_sample(SubjectKind.RESOLUTION)
    await agree(database, ada, subject)

    await consider(database, ada, ModelService(ScriptedModel(verdict), judge="the-judge"))

    scored = await judged(database, ada, subject)
    assert scored is not None
    assert set(scored.values.values()) == {TEN}
    assert await database.read(lambda t: evaluations.find(t, ada, subject, "rules")) == RULES
    (call,) = await database.read(lambda t: t.run(select(MODEL_CALL)).all())
    assert (call.step, call.turn_id) == ("evaluate_resolution", TURN.turn_id)
    assert call.model == "the-judge"


async def test_a_reply_is_judged_with_the_message_it_answers(database: Database, ada: Person):
    subject = await talk(database, ada, "so tired & sad", "Rest, or the small version?")
    model = ScriptedModel(verdict)

    await consider(database, ada, ModelService(model))

    assert await judged(database, ada, subject) is not None
    assert model.requests[0].data == {
        "message": {"user_text": "so tired & sad"},
        "reply": {"user_text": "Rest, or the small version?"},
    }


async def test_a_reply_to_words_that_are_not_kept_is_not_judged(database: Database, ada: Person):
    subject = await talk(database, ada, "", "I am glad you told me.")
    model = ScriptedModel(verdict)

    await consider(database, ada, ModelService(model))

    assert not model.requests
    assert await judged(database, ada, subject) is None


async def test_what_the_sample_passes_over_costs_no_call(database: Database, ada: Person):
    await agree(database, ada, in_sample(SubjectKind.RESOLUTION, wanted=False))
    model = ScriptedModel(verdict)

    await consider(database, ada, ModelService(model))

    assert not model.requests


async def test_somebody_whose_month_is_nearly_spent_is_not_judged(database: Database, ada: Person):
    await agree(database, ada, in_sample(SubjectKind.RESOLUTION))
    model = ScriptedModel(verdict)

    await consider(database, ada, Sparing(model))

    assert not model.requests


@pytest.mark.parametrize("reply", ["nonsense", BlockedError()], ids=["nonsense", "blocked"])
async def test_no_verdict_leaves_the_call_and_no_score(
    database: Database, ada: Person, reply: Reply
):
    subject = in_sample(SubjectKind.RESOLUTION)
    await agree(database, ada, subject)

    await consider(database, ada, ModelService(ScriptedModel([reply])))

    assert await judged(database, ada, subject) is None
    assert len(await database.read(lambda t: t.run(select(MODEL_CALL)).all())) == 1


async def test_somebody_erased_meanwhile_is_not_written_about(database: Database, ada: Person):
    await agree(database, ada, in_sample(SubjectKind.RESOLUTION))

    def erasing(request: ModelRequest) -> str:
        with ThreadPoolExecutor(1) as elsewhere:
            erased = elsewhere.submit(database.write_now, lambda t: people.erase(t, ada, NOW))
            erased.result()
        return verdict(request)

    await consider(database, ada, ModelService(ScriptedModel(erasing)))

    assert not await database.read(lambda t: t.run(select(MODEL_CALL)).all())


async def test_scores_far_apart_are_marked_for_somebody_to_read(
    database: Database, ada: Person, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO")
    await agree(database, ada, in_sample(SubjectKind.RESOLUTION))

    await consider(database, ada, ModelService(ScriptedModel(lambda r: verdict(r, TWO))))

    (marked,) = [record for record in caplog.records if "far apart" in record.message]
    assert marked.__dict__["turn"] == TURN.turn_id


async def test_a_fault_of_the_judges_harms_nobody(
    database: Database, ada: Person, caplog: pytest.LogCaptureFixture
):
    await agree(database, ada, in_sample(SubjectKind.RESOLUTION))

    def broken(_: ModelRequest) -> str:
        raise ValueError("words of somebody")

    await consider(database, ada, ModelService(ScriptedModel(broken)))

    assert "judging failed" in caplog.text
    assert "words of somebody" not in caplog.text


class Sparing(ModelService):
    """A service that has little left for everybody."""

    async def mode_for(self, key: str) -> Mode:
        return Mode.SPARING


async def test_what_somebody_agreed_to_is_judged_while_they_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(judging.SHARES, SubjectKind.PLAN, 1)
    seen = asyncio.Event()

    def say(request: ModelRequest) -> Reply:
        if request.step == "evaluate_plan":
            seen.set()
        return ModelError("nothing to say")

    async with house.sandbox_only(tmp_path) as rein, rein.open(model=ScriptedModel(say)):
        guest = rein.guest()
        await agree_to_a_plan(guest)
        async with asyncio.timeout(house.PATIENCE):
            await seen.wait()
        await guest.say("/help")
        await guest.until(lambda: "/cancel" in guest.last()["text"])
