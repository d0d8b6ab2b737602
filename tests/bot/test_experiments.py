"""Prompts on trial through the whole house: people, rows and traces say which one it was."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.opik import Opik
from coach.experiments import CONTROL, Experiment, Guardrails, Variant, drawn
from coach.llm import prompts
from coach.llm.errors import ModelError, UnavailableError
from coach.llm.scripted import ScriptedModel
from storage import experiments, people
from storage.tables.record import MODEL_CALL, RATING
from storage.tables.tracing import EXPERIMENT_ASSIGNMENT
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.handfed import verdict
from tests.bot.house import Guest, House
from tests.bot.test_own import be_at_home
from tests.bot.test_stars import SAID as PROUD
from tests.bot.test_streaming import at_home
from tests.bot.test_traces import NOWHERE, traces

SAID = "so tired of work today, nothing left for the run"
ANSWER = "A long day takes it out of you."
STEP = "coaching_reply"
GARDEN = prompts.on_trial(STEP, "Answer as somebody would who tends a garden.", "warmth/garden")
TRIAL = Experiment(
    "warmth",
    STEP,
    (
        Variant(CONTROL, 1, prompts.control(STEP, "warmth/control")),
        Variant("garden", 1, GARDEN),
    ),
    Guardrails(fewest=10),
)


def saying(said: str | ModelError) -> ScriptedModel:
    """Make a model that finds no danger, and says the same to all else."""
    return ScriptedModel(lambda one: verdict() if one.step == "safety_triage" else said)


@asynccontextmanager
async def at_work(
    folder: Path, model: ScriptedModel, opik: Opik | None = None
) -> AsyncGenerator[House]:
    async with (
        house.sandbox_only(folder) as rein,
        rein.open(model=model, experiments=(TRIAL,), opik=opik),
    ):
        yield rein


async def theirs(rein: House, guest: Guest) -> str:
    """Tell which variant somebody is drawn for."""
    assert rein.bot is not None
    person = await rein.bot.database.read(lambda t: people.find(t, guest.person.id))
    assert person is not None
    return drawn(TRIAL, person.public_id).name


async def one_of_each(rein: House) -> dict[str, Guest]:
    """Let people in until there is one for each variant."""
    found: dict[str, Guest] = {}
    while len(found) < len(TRIAL.variants):
        guest = await at_home(rein)
        found.setdefault(await theirs(rein, guest), guest)
    return found


def calls(transaction: Transaction) -> set[tuple[str, str, str]]:
    """Read who answered replies, by which prompt, and in which variant."""
    c = MODEL_CALL.c
    made = select(c.mode, c.prompt_version, c.variant).where(c.step == STEP)
    return {(row.mode, row.prompt_version, row.variant) for row in transaction.run(made)}


def assigned(transaction: Transaction) -> list[str]:
    return sorted(transaction.run(select(EXPERIMENT_ASSIGNMENT.c.variant)).scalars())


async def test_two_people_are_answered_by_two_prompts_and_their_rows_say_so(tmp_path: Path):
    model = saying(ANSWER)
    async with at_work(tmp_path, model) as rein:
        for guest in (await one_of_each(rein)).values():
            assert ANSWER in await guest.say(SAID)
        assert rein.bot is not None
        database = rein.bot.database
        today = prompts.load(STEP).version

        asked = {one.variant: one for one in model.requests if one.step == STEP}
        assert "tends a garden" in asked["warmth/garden"].instructions
        assert "tends a garden" not in asked["warmth/control"].instructions
        assert await database.read(calls) == {
            ("model", today, "warmth/control"),
            ("model", GARDEN.version, "warmth/garden"),
        }
        assert await database.read(assigned) == ["control", "garden"]


async def test_a_variant_stays_over_a_restart_with_other_weights(tmp_path: Path):
    model = saying(ANSWER)
    async with house.sandbox_only(tmp_path) as rein:
        async with rein.open(model=model, experiments=(TRIAL,)):
            guest = (await one_of_each(rein))["garden"]
            await guest.say(SAID)
        control, garden = TRIAL.variants
        turned = Experiment(TRIAL.name, STEP, (Variant(CONTROL, 1e9, control.prompt), garden))
        async with rein.open(model=model, experiments=(turned,)):
            assert await theirs(rein, guest) == "garden"
            await guest.say("and today it rained, too")

    variants = [one.variant for one in model.requests if one.step == STEP]
    assert variants == ["warmth/garden", "warmth/garden"]


async def test_nobody_takes_part_before_the_step_is_asked(tmp_path: Path):
    async with at_work(tmp_path, saying(ANSWER)) as rein:
        await (await one_of_each(rein))["garden"].say("/help")

        assert rein.bot is not None
        assert await rein.bot.database.read(assigned) == []


async def test_a_stopped_variant_answers_with_todays_prompt_from_the_next_turn_on(tmp_path: Path):
    model = saying(ANSWER)
    async with at_work(tmp_path, model) as rein:
        guest, now = (await one_of_each(rein))["garden"], rein.options.clock.now()
        await guest.say(SAID)
        assert rein.bot is not None
        await rein.bot.database.write(
            lambda t: experiments.stop(t, "warmth", "garden", "errors", now)
        )
        await guest.say("and today it rained, too")

    first, second = [one for one in model.requests if one.step == STEP]
    assert (first.variant, second.variant) == ("warmth/garden", "")
    assert second.prompt_version == prompts.load(STEP).version


async def test_where_the_model_fails_the_rules_answer_counts_as_the_variants(tmp_path: Path):
    async with at_work(tmp_path, saying(UnavailableError())) as rein:
        guest = (await one_of_each(rein))["garden"]
        await guest.say(SAID)

        assert rein.bot is not None
        assert await rein.bot.database.read(calls) == {
            ("model", GARDEN.version, "warmth/garden"),
            ("rules", "rules-1", "warmth/garden"),
        }
        assert await rein.bot.database.read(assigned) == ["garden"]


@pytest.mark.parametrize(
    ("said", "mode"), [(ANSWER, "model"), (UnavailableError(), "rules")], ids=["model", "rules"]
)
async def test_stars_and_traces_tell_the_variant_whoever_answered(
    said: str | ModelError, mode: str, tmp_path: Path
):
    async with at_work(tmp_path, saying(said), NOWHERE) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say(PROUD)
        await guest.press("☆")

        assert rein.bot is not None
        read = select(RATING.c.mode, RATING.c.variant)
        rated = await rein.bot.database.read(lambda t: t.run(read).all())
        variant = await theirs(rein, guest)
        assert [tuple(row) for row in rated] == [(mode, f"warmth/{variant}")]
        rooted = (one for one in await traces(rein) if one["trace"])  # a judge's spans come apart
        told = next(one for one in rooted if "variants" in one["trace"]["metadata"])
        assert told["trace"]["metadata"]["variants"] == {"warmth": variant}
        spans = [span["metadata"] for span in told["spans"] if span["name"] == STEP]
        assert [span["variant"] for span in spans] == [f"warmth/{variant}"] * 2
