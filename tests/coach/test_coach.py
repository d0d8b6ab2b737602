from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coach.coach import Coach
from coach.llm.errors import ModelError
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.values import Danger, Heard, Progress, Route, Slot
from tests.coach import goals
from tests.coach.goals import TODAY

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PROGRESS = Progress(title="Run", minimum="walk", next_session="run", done=2, planned=3, weeks=2)


def test_safety_comes_first():
    assert Coach().triage("I want to end my life").danger is Danger.SELF_HARM


async def test_a_goal_becomes_a_resolution_and_a_plan():
    coach = Coach()
    reading = await coach.preprocess_goal("read 10 pages every night before bed", now=NOW)

    made = await coach.generate_resolution(reading.understanding, today=TODAY)
    planned = await coach.create_plan(reading.understanding, made.work, today=TODAY)

    assert made.work.line == "I will read 10 pages every night, before bed."
    assert (made.mode, planned.mode) == ("rules", "rules")
    assert made.scores.overall >= 7
    assert planned.scores.values["feasibility"] >= 7.5
    assert made.scores == await coach.evaluate_resolution(made.work, reading.understanding)
    assert planned.scores == await coach.evaluate_plan(planned.work, reading.understanding)


async def test_a_wording_that_says_too_little_gets_our_sentence_too():
    loose = replace(goals.RUN, wording="be much better at all of it")

    line = (await Coach().generate_resolution(loose, today=TODAY)).work.line

    assert line.startswith("Be much better at all of it. I will run for 20 minutes")


def test_questions_answers_and_changes_pass_through():
    coach = Coach()
    known, understood = coach.answer(goals.RUN, Slot.DAYS, "Tue Thu", NOW)

    assert (understood, known.days) == (True, (1, 3))
    assert coach.revise(goals.RUN, "make it 4 times", NOW)[0].per_week == 4
    assert coach.reshape(goals.RUN, "later", TODAY).start == date(2026, 12, 1)
    assert len(coach.questions(goals.GARAGE, NOW)) <= 3


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("A long day. Rest, or the small version?", "model"),
        ("You failed.", "rules"),
        (ModelError("x"), "rules"),
    ],
    ids=["good", "forbidden", "error"],
)
async def test_a_model_may_word_a_reply_and_the_rules_stand_in_for_it(
    said: str | ModelError, mode: str
):
    coach = Coach(ModelService(ScriptedModel([said])))

    made = await coach.coaching_reply("so tired", PROGRESS, now=NOW)

    assert made.mode == mode
    assert made.work.text
    assert made.prompt_version.startswith("coaching_reply-" if mode == "model" else "rules")
    assert made.work.intent == "tired"


@pytest.mark.parametrize(
    ("heard", "mode"),
    [
        (Heard(turns_last_hour=7), "model"),
        (Heard(turns_last_hour=8), "rules"),
        (Heard(turns_last_day=25), "rules"),
    ],
)
async def test_after_much_talk_a_long_reply_is_not_taken(heard: Heard, mode: str):
    long = "A long day, " + "and then some more of it " * 6 + "came to an end."
    coach = Coach(ModelService(ScriptedModel([long])))

    made = await coach.coaching_reply("so tired", PROGRESS, now=NOW, heard=heard)

    assert made.mode == mode


def test_one_call_goes_all_the_way_and_can_be_printed(capsys: pytest.CaptureFixture[str]):
    way = Coach().end_to_end("I want to run a 10k by April", NOW)

    way.show()

    printed = capsys.readouterr().out
    assert "by Thursday 1 April 2027" in printed
    assert "Week 1 of 12" in printed
    assert "feasibility" in printed


def test_what_is_no_goal_ends_with_a_reply():
    way = Coach().end_to_end("hi", NOW)

    assert (way.reading.route, way.plan) == (Route.REDIRECT, None)
    assert str(way)


def test_at_a_python_prompt_no_time_is_needed():
    assert Coach().end_to_end("meditate").plan is not None
