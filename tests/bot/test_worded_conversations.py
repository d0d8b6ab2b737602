"""Whole conversations with a model: one that words well is heard, another is never noticed."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox.feed import Feed
from coach.llm import prompts
from coach.llm.port import ModelAnswer, ModelRequest, Provider
from coach.llm.scripted import ScriptedModel
from coach.llm.timing import Deadlines
from storage.evaluations import JUDGE, RULES, RULES_FIRST
from storage.ledger import MODEL
from storage.tables.record import EVALUATION, MODEL_CALL
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_attacks import seen
from tests.bot.test_company import on_a_day_with_a_session
from tests.bot.test_data import files

STEPS = ("List every zone", "Clear the shelves", "Carry it all away", "Put things back")
MILESTONES = ("The shelves are empty", "The floor is free")
RESOURCES = ("a few boxes", "a neighbour with a van")
SOON = Deadlines(*[timedelta(milliseconds=30)] * 3)


def card(data: dict[str, Any]) -> dict[str, Any]:
    """Word a resolution; the first draft holds a figure that nobody said."""
    title = "A garage with room" if "mend" in data else "The garage in 99 days"
    worded = {"title": title, "if_cue": "the door is open", "then_action": "clear one shelf"}
    return data["card"] | worded


def plan(data: dict[str, Any]) -> dict[str, Any]:
    proposed = {"steps": STEPS, "milestones": MILESTONES, "resources": RESOURCES}
    return {
        "themes": ["a calm start", *["a little further"] * (len(data["weeks"]) - 1)],
        "sessions": [f"Calmly: {text}" for text in data["sessions"]],
        "encouragement": "Every shelf counts.",
        **(proposed if data["propose"] else {}),
    }


def review(data: dict[str, Any]) -> dict[str, Any]:
    return data["draft"] | {"proposal": f"A thought. {data['draft']['proposal']}"}


def nothing_dangerous(_: dict[str, Any]) -> dict[str, Any]:
    return {"safety": "none", "confidence": 90, "meaning": "literal"}


WORDED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "preprocess_goal": lambda _: {},
    "generate_resolution": card,
    "create_plan": plan,
    "adapt_week": review,
    "safety_triage": nothing_dangerous,
}


def well(request: ModelRequest) -> str:
    return json.dumps(WORDED[request.step](request.data))


class Unhurried(ScriptedModel):
    """Words well, a review only once it can be seen that somebody is at work."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(well)
        self._feed = feed

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        if request.step == "adapt_week":
            async for event in self._feed.follow(None):
                if event.kind == "action":
                    break
        return await super().generate(request)


class Silent(ScriptedModel):
    """Never answers."""

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        self.requests.append(request)
        await asyncio.Event().wait()
        raise AssertionError


async def to_a_plan(guest: Guest, goal: str) -> None:
    """Agree to a plan, after asking for an easier one."""
    await guest.say("/start")
    await guest.press(guest.labels()[0])
    await guest.say(goal)
    wanted = ["You choose", "Yes, plan it", "Easier", "Start", "9–10"]
    while "/pause" not in guest.last()["text"]:
        label = next((one for one in wanted if one in guest.labels()), guest.labels()[0])
        if label == "Easier":
            wanted.remove(label)
        before = guest.last()
        await guest.press(label)
        await guest.until(lambda before=before: guest.last() != before and _asks(guest))


def _asks(guest: Guest) -> bool:
    """Tell whether there is something to tap besides stars, or the set-up is over."""
    return "/pause" in guest.last()["text"] or any("☆" not in one for one in guest.labels())


async def to_a_review(rein: House, guest: Guest) -> None:
    """Look at the plan, live a day of it and look back."""
    await guest.say("/plan")
    await on_a_day_with_a_session(rein, guest)
    await guest.say("/done")
    await guest.press("Done ✅")
    await guest.until(lambda: "Noted" in guest.last()["text"])
    await guest.say("/review")
    assert "Looks good" in guest.labels()


def kept(transaction: Transaction) -> tuple[dict[str, tuple[str, ...]], set[tuple[str, str]]]:
    """Read from the ledger who answered each step, and from the evaluations who scored what."""
    calls = transaction.run(select(MODEL_CALL)).all()
    scores = transaction.run(select(EVALUATION)).all()
    made = {one.step: (one.mode, one.prompt_version) for one in calls}
    return made, {(one.object_kind, one.source) for one in scores if one.source != JUDGE}


async def test_what_a_model_words_well_is_shown_stored_and_kept_over_a_restart(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        model, guest = Unhurried(rein.sandbox.feed), rein.guest()
        async with rein.open(model=model):
            await to_a_plan(guest, "declutter the garage")
        set_up = [text for text, _ in seen(guest)]
        async with rein.open(model=model) as bot:
            await to_a_review(rein, guest)
            looked_at, reviewed = (seen(guest)[at][0] for at in (len(set_up), -1))
            await guest.say("/export")
            await guest.until(lambda: "json" in files(guest))
            made, scored = await bot.database.read(kept)

    agreed, first, easier, *_ = [one for one in set_up if "If the door is open" in one]
    assert "A garage with room" in agreed
    assert first != easier
    for shown in (first, easier, looked_at):
        wanted = ("then I clear one shelf.", "Calmly: ", "Every shelf counts.")
        lacking = [one for one in (*wanted, *STEPS, *MILESTONES, *RESOURCES) if one not in shown]
        assert lacking == [], shown
    assert "A thought." in reviewed
    assert _ideas(files(guest)["json"]) == {
        "steps": list(STEPS),
        "milestones": list(MILESTONES),
        "resources": list(RESOURCES),
    }
    worded = ("generate_resolution", "create_plan", "adapt_week", "safety_triage")
    assert {step: made[step] for step in worded} == {
        step: (MODEL, prompts.load(step).version) for step in worded
    }
    assert scored == {("resolution", RULES), ("resolution", RULES_FIRST), ("plan", RULES)}


def _ideas(export: bytes) -> dict[str, list[str]]:
    return json.loads(export)["goal"][0]["understanding"]["ideas"]


async def held_by(model: Provider | None, folder: Path) -> list[list[tuple[str, list[str]]]]:
    """Talk about a project and a habit; return what was seen."""
    async with house.sandbox_only(folder) as rein, rein.open(model=model, deadlines=SOON):
        guests = [rein.guest(), rein.guest()]
        goals = ("declutter the garage", "get somewhere with my bonsai trees")
        talks = zip(guests, goals, strict=True)
        await asyncio.gather(*(to_a_plan(guest, goal) for guest, goal in talks))
        await to_a_review(rein, guests[0])
        return [seen(guest) for guest in guests]


async def test_a_model_that_is_of_no_use_is_never_noticed(
    tmp_path_factory: pytest.TempPathFactory,
):
    unhelpful = ScriptedModel(cycle(["Sure!", '{"title": ', "{}"])), Silent()

    by_rules, *others = await asyncio.gather(
        *(held_by(model, tmp_path_factory.mktemp("house")) for model in (None, *unhelpful))
    )

    assert all(model.requests for model in unhelpful)
    for seen_with_it in others:
        assert seen_with_it == by_rules
