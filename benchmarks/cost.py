"""What a person's first month costs: `python -m benchmarks.cost [--tokenizer GGUF]`.

The prompts are the coach's own, as a model that says nothing usable is asked by them. Their
tokens are estimated from bytes, and counted by a tokenizer if its file is given (which needs
llama-cpp-python): Google's own is only known to Google.
"""

import argparse
import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from statistics import fmean
from typing import Any

from coach import judge
from coach.coach import Coach
from coach.judge import Judge
from coach.llm import prices, tokens
from coach.llm.errors import ModelError
from coach.llm.port import ModelRequest, Usage
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.road import walk
from coach.rules.courses import Course
from coach.values import GoalUnderstanding, Plan, Progress, Safety
from coach.weeks import Day, DayState, KeptWeek

MODEL, JUDGE = "gemini-3.1-flash-lite", "gemini-3.8-flash"
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
GOALS = (
    "I want to run a 10k by April",
    "read 10 pages every night before bed",
    "quit smoking by March, I smoke 12 a day",
    "write a novel this year, 500 words a day",
)
UNSURE = ("be better", "get my life together", "improve my English")
MESSAGE = "I am so tired today, work was crazy and I skipped two runs. Is it worth going on?"
PROGRESS = Progress(
    title="Run before work",
    activity="running",
    minimum="5 minutes around the block",
    next_session="run 22 minutes",
    done=1,
    planned=3,
    weeks=3,
    done_4_weeks=7,
    planned_4_weeks=9,
    why="to keep up with my kids",
    what_works="shoes by the door",
    obstacle="I am too tired",
    obstacle_then="I walk for five minutes",
)

CALLS = {  # of one step in somebody's first month, and the tokens an answer takes
    "preprocess_goal": (0.4, 80),  # of 1.3 goals the third that the rules are unsure of
    "generate_resolution": (1.4, 260),
    "create_plan": (1.2, 420),
    "coaching_reply": (12, 110),
    "rewrite_reply": (0.3, 110),  # one reply in forty gets few stars
    "safety_triage": (14, 30),  # one for each free text: replies, and the goals
    "adapt_week": (4, 150),
    "evaluate_resolution": (0.14, 200),  # a tenth
    "evaluate_plan": (0.12, 160),
    "evaluate_reply": (0.48, 160),  # one in twenty-five
}
LIKE = {"rewrite_reply": "coaching_reply"}
"""Steps that ask for much the same as another, and are counted as it is."""

Count = Callable[[ModelRequest], int]


async def requests() -> dict[str, list[ModelRequest]]:
    """Gather what a model is asked over a few goals and a message."""
    model = ScriptedModel(lambda _: ModelError("nothing usable"))
    service = ModelService(model)
    coach, by = Coach(service), Judge(service)
    for goal in GOALS:
        way = await walk(coach, goal, NOW)
        if way.resolution and way.plan:
            await by.scores([judge.resolution(way.resolution), judge.plan(way.plan)])
            await coach.review_week(_a_week(way.plan, way.understanding), PROGRESS)
    for goal in UNSURE:
        await coach.preprocess_goal(goal, now=NOW)
    await coach.triage_further(MESSAGE, Safety(), language="en")
    said = await coach.coaching_reply(MESSAGE, PROGRESS, now=NOW)
    await by.scores([judge.reply(said.work.text, MESSAGE)])
    by_step: dict[str, list[ModelRequest]] = defaultdict(list)
    for request in model.requests:
        by_step[request.step].append(request)
    return by_step


def _a_week(plan: Plan, u: GoalUnderstanding) -> Course:
    """Live the first week of a plan: every other session is missed for want of time."""
    states = (DayState.DONE, DayState.MISSED)
    days = (
        Day(session.on, states[n % 2], "ti" if n % 2 else None)
        for n, session in enumerate(plan.weeks[0].sessions)
    )
    return Course(plan, u, (KeptWeek(1, tuple(days)),))


def by_tokenizer(file: str) -> Count:
    """Count with the tokenizer of a GGUF file."""
    llama: Any = import_module("llama_cpp").Llama(file, vocab_only=True, verbose=False)

    def count(request: ModelRequest) -> int:
        sent = f"{request.instructions}\n{request.content}\n{json.dumps(request.schema)}"
        return len(llama.tokenize(sent.encode()))

    return count


def table(asked: dict[str, list[ModelRequest]], count: Count) -> tuple[list[str], float]:
    """Write a line for each step, and return the dollars of a month."""
    lines = [f"{'step':<22}{'calls':>7}{'prompt':>8}{'answer':>8}{'$ a month':>11}"]
    total = 0.0
    for step, (calls, output) in CALLS.items():
        prompt = round(fmean(count(request) for request in asked[LIKE.get(step, step)]))
        model = JUDGE if step.startswith("evaluate_") else MODEL
        cost = calls * prices.price("gemini", model).of(Usage(prompt, output)) / 1e6
        total += cost
        lines.append(f"{step:<22}{calls:>7g}{prompt:>8}{output:>8}{cost:>11.5f}")
    return [*lines, f"{'all':<45}{total:>11.5f}"], total


def main() -> None:
    """Print a table for each way of counting."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tokenizer", help="a GGUF file whose tokenizer counts")
    given = asked.parse_args()
    made = asyncio.run(requests())
    counts: dict[str, Count] = {"bytes / 3": tokens.estimated}
    if given.tokenizer:
        counts["tokenizer of the file"] = by_tokenizer(given.tokenizer)
    for name, count in counts.items():
        print("\n".join((f"counted by {name}", *table(made, count)[0], "")))


if __name__ == "__main__":
    main()
