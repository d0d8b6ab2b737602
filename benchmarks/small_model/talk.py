"""Whole conversations with a small model behind the coach: `python -m benchmarks.small_model.talk`.

Everybody goes from a goal to a plan, writes a few messages and looks back on the week. Then the
ledger tells who answered each step, and how long the first word and the first draft took.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from benchmarks.cost import NOW, PROGRESS
from bot.clock import SystemClock
from coach.coach import Coach
from coach.llm.caller import Caller, CallMade
from coach.llm.openai_compatible import OpenAICompatible
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from coach.steps.coaching_reply import Watch
from coach.values import MODEL
from storage.tables.record import MODEL_CALL
from tests.bot import house
from tests.bot.house import Guest, House

GOALS = (
    "I want to run a 10k by April",
    "read 10 pages every night before bed",
    "quit smoking by March",
    "write a novel this year",
    "save 200 euros a month",
    "learn Spanish for my trip in June",
    "meditate for 10 minutes every morning",
    "lose 6 kg by March",
    "be less on my phone in the evening",
    "find a new job by summer",
)
MESSAGES = (
    "I am so tired today, I don't feel like it",
    "is it worth going on? I doubt it",
    "work is crazy this week and I am stressed",
)
PATIENT = Deadlines(*(timedelta(minutes=m) for m in (3, 5, 5)))


async def talk(guest: Guest, goal: str, firsts: list[float]) -> int:
    """Go all the way; return how many messages of ours were answered."""
    await guest.say("/start")
    await guest.press("Yes, I'm 18+ and agree")
    await guest.say(goal)
    turns = 3
    for _ in range(25):
        label = _next(guest.labels())
        if label is None:
            break
        await guest.press(label)
        turns += 1
    for message in MESSAGES:
        draft = asyncio.ensure_future(_first_draft(guest))
        await guest.say(message)
        draft.cancel()
        if draft.done() and not draft.cancelled():
            firsts.append(draft.result())
        turns += 1
    await guest.say("/review")
    return turns + 1


def _next(labels: list[str]) -> str | None:
    """Choose what leads on to a plan, as somebody would who takes what is offered."""
    wanted = ("You choose", "Yes, plan it", "Done", "Too tired", "Start", "7–8", "Evening 19:30")
    return next((one for one in wanted if one in labels), labels[0] if labels else None)


async def _first_draft(guest: Guest) -> float:
    clock, began = SystemClock(), SystemClock().elapsed()
    after = None
    async for event in guest.sandbox.feed.follow(after):
        if event.kind == "draft" and event.body.get("text"):
            return (clock.elapsed() - began).total_seconds()
    return 0.0


async def ledger(rein: House) -> list[Any]:
    """Read every call."""
    assert rein.bot is not None
    return list(await rein.bot.database.read(lambda t: t.run(select(MODEL_CALL)).all()))


def told(rows: list[Any], firsts: list[float]) -> dict[str, Any]:
    """Say who answered each step of each turn, why not the model, and the first words' times."""
    steps: dict[str, Counter[str]] = defaultdict(Counter)
    turns: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        turns[row.turn_id, row.step].append(row)
    for (_, step), calls in turns.items():
        asked = [row for row in calls if row.mode == "model"]
        by_rules = any(row.mode == "rules" for row in calls)
        if not asked:
            steps[step]["rules: not asked"] += 1
        elif by_rules or (step == "safety_triage" and asked[-1].error):
            steps[step][f"rules: {asked[-1].error or 'against_rules'}"] += 1
        else:  # a reply may stand as far as it was good
            steps[step]["model, cut short" if asked[-1].error else "model"] += 1
    chunks = [row.first_token_ms / 1000 for row in rows if row.first_token_ms is not None]
    return {
        "steps": {name: dict(counts) for name, counts in sorted(steps.items())},
        "first_chunk_s": _middle(chunks),
        "first_draft_s": _middle(firsts),
    }


async def replies(root: str, count: int, deadlines: Deadlines) -> dict[str, Any]:
    """Ask the coach alone for replies; say who wrote them, and when the first words came."""
    model = OpenAICompatible(root, "small")
    coach = Coach(ModelService(model, deadlines))
    made: list[CallMade] = []
    wrote: Counter[str] = Counter()
    firsts: list[float] = []
    waits: list[float] = []  # for the first sentence to be whole, and checked
    for number in range(count):
        drafts: list[float] = []
        began = time.monotonic()
        said = await coach.coaching_reply(
            MESSAGES[number % len(MESSAGES)],
            replace(PROGRESS, title=GOALS[number % len(GOALS)]),
            now=NOW,
            caller=Caller(record=made.append),
            watch=Watch(lambda _, d=drafts, b=began: d.append(time.monotonic() - b)),
        )
        firsts += drafts[:1]
        if drafts and (first_token := made[-1].first_token):
            waits.append(drafts[0] - first_token.total_seconds())
        wrote[said.mode if said.mode == MODEL else f"rules: {made[-1].error}"] += 1
        print(f"{number + 1} of {count}", flush=True)
    await model.close()
    chunks = [call.first_token.total_seconds() for call in made if call.first_token]
    return {
        "replies": dict(wrote),
        "first_chunk_s": _middle(chunks),
        "first_draft_s": _middle(firsts),
        "first_draft_after_first_chunk_s": _middle(waits),
    }


def _middle(seconds: list[float]) -> dict[str, Any]:
    return {"n": len(seconds), "median": round(median(seconds), 2) if seconds else None}


async def run(root: str, people: int, deadlines: Deadlines) -> dict[str, Any]:
    """Let *people* talk, one after the other."""
    house.PATIENCE = 900
    firsts: list[float] = []
    answered = 0
    with tempfile.TemporaryDirectory() as folder:
        async with house.sandbox_only(Path(folder)) as rein:
            model = OpenAICompatible(root, "small")
            async with rein.open(model=model, deadlines=deadlines):
                for number in range(people):
                    guest = rein.guest(f"Guest {number}")
                    answered += await talk(guest, GOALS[number % len(GOALS)], firsts)
                    print(f"{number + 1} of {people}", flush=True)
                rows = await ledger(rein)
            await model.close()
    return {"people": people, "turns_answered": answered, **told(rows, firsts)}


def main() -> None:
    """Read the arguments, talk, print what was seen."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("root", help="of the server: http://127.0.0.1:8911/v1")
    asked.add_argument("--people", type=int, default=10)
    asked.add_argument("--patient", action="store_true", help="wait for minutes, not seconds")
    asked.add_argument("--replies", type=int, help="ask for so many replies alone instead")
    given = asked.parse_args()
    deadlines = PATIENT if given.patient else Deadlines()
    seen = (
        replies(given.root, given.replies, deadlines)
        if given.replies
        else run(given.root, given.people, deadlines)
    )
    print(json.dumps(asyncio.run(seen), indent=2))


if __name__ == "__main__":
    main()
