"""The coach over a set of goals: what it made of each, how it scores, and a verdict.

Every question of a case is answered as by somebody who says "you choose". With a model its
effort is told as well, and a judge's scores stand beside the rules'.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from coach import cards, checks, dimensions, effort, measures, verdicts
from coach.coach import Coach
from coach.effort import Effort
from coach.goal_set import Case
from coach.judge import Judge
from coach.llm import gate
from coach.llm.caller import Caller, CallMade
from coach.llm.prompts import Prompt
from coach.llm.service import ModelService
from coach.road import EndToEnd, answer, walk
from coach.rules import understanding
from coach.values import MODEL, RULES, Plan, Resolution, Week
from coach.verdicts import Outcome

Watch = Callable[[Case], AbstractContextManager[None]]
"""Surrounds all that is done for a case, for whoever wants its trace."""


@dataclass(frozen=True, slots=True)
class Done:
    """A case with all that came of it."""

    case: Case
    way: EndToEnd
    calls: list[CallMade]
    verdicts: list[Outcome]
    judging: list[CallMade]


async def evaluate(
    cases: Iterable[Case],
    coach: Coach,
    service: ModelService | None = None,
    *,
    judged: bool = False,
    on_trial: Mapping[str, Prompt] = MappingProxyType({}),
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Run the coach over *cases*, a few at a time; the answer can be written as JSON.

    *service* is the model the coach has, if it has one. *judged*: it scores every case too.
    *on_trial* holds prompts to use in place of today's, by step; *watch* surrounds whatever
    is done for one case.
    """
    judge = Judge(service) if service is not None and judged else None
    finished = await _all(cases, coach, judge, on_trial, watch)
    rows: list[dict[str, Any]] = []
    measured, taken = measures.Tally(), Effort()
    for done in finished:
        row = _row(done)
        row["missed"] = measured.add(row, done.way, done.case.expected)
        taken.add(done.calls, done.way.modes)
        taken.add_judging(done.judging, done.verdicts)
        rows.append(row)
    summary = measured.summary()
    summary["scores"] = dimensions.summary(rows)
    if judge is not None:
        summary["judge"] = verdicts.agreement(rows)
    if service is not None:
        summary["model"] = taken.summary(await effort.fixed_tokens(service))
    return {"cases": rows, "summary": summary}


async def _all(
    cases: Iterable[Case],
    coach: Coach,
    judge: Judge | None,
    on_trial: Mapping[str, Prompt],
    watch: Watch | None,
) -> list[Done]:
    turns = asyncio.Semaphore(gate.OVERALL)  # more would wait for a slot, within their deadline

    async def one(case: Case) -> Done:
        calls: list[CallMade] = []
        judging: list[CallMade] = []
        async with turns:
            with watch(case) if watch else nullcontext():
                way = await _way(coach, case, Caller(record=calls.append, on_trial=on_trial))
                found = await verdicts.of(way, judge, Caller(record=judging.append))
        return Done(case, way, calls, found, judging)

    return await asyncio.gather(*map(one, cases))


async def _way(coach: Coach, case: Case, caller: Caller) -> EndToEnd:
    if case.wants_reply:
        return await answer(coach, case.text, case.now, case.language, caller)
    return await walk(coach, case.text, case.now, caller=caller)


def passes(result: dict[str, Any]) -> bool:
    """Tell whether every measure reached its threshold, and nothing got worse than a baseline."""
    summary = result["summary"]
    return bool(summary["ok"] and summary.get("comparison", {}).get("ok", True))


def render(result: dict[str, Any]) -> str:
    """Write the summary as tables, every problem on its own line."""
    head = f"{'measure':<22}{'n':>5}{'rate':>9}{'needed':>9}"
    lines = [head]
    for name, row in result["summary"]["measures"].items():
        mark = "" if row["ok"] else "  missed"
        lines.append(f"{name:<22}{row['n']:>5}{row['rate']:>9.3f}{row['threshold']:>9.2f}{mark}")
    for row in result["cases"]:
        lines += [f"{row['id']}: {problem}" for problem in row["problems"]]
        lines += [f"{row['id']}: missed: {name}" for name in row["missed"]]
    lines += ["", dimensions.render(result["summary"]["scores"])]
    if "model" in result["summary"]:
        lines += ["", effort.render(result["summary"]["model"])]
    if "judge" in result["summary"]:
        lines += ["", verdicts.render(result["summary"]["judge"])]
    return "\n".join(lines)


def _row(done: Done) -> dict[str, Any]:
    way = done.way
    u = way.reading.understanding
    row: dict[str, Any] = {
        "id": done.case.id,
        "route": way.reading.route.value,
        "domain": u.domain.value,
        "goal_type": u.goal_type.value if u.goal_type else None,
        "questions": list(understanding.question_codes(way.reading)),
        "reply": way.answer or way.reading.reply,
        "parts": list(way.reading.parts),
        "options": [option.label for option in way.reading.options],
        "resolution": _resolution(way.resolution, way.language) if way.resolution else None,
        "plan": _plan(way.plan, way.language) if way.plan else None,
        "scores": way.scores.values if way.scores else {},
        "mode": MODEL if MODEL in way.modes.values() else RULES,
        "answered_by": effort.answers(done.calls, way.modes) if done.calls else {},
    }
    row["kind"] = done.case.kind or row["goal_type"]
    verdicts.add(row, done.verdicts)
    row["problems"] = checks.problems(way, row, done.case.expected)
    return row


def _resolution(made: Resolution, language: str) -> dict[str, Any]:
    text = cards.plain(cards.resolution(made, language))
    return {"text": text, **_jsonable(asdict(made))}


def _plan(made: Plan, language: str) -> dict[str, Any]:
    text = cards.plain(cards.plan(made, language))
    return {"text": text, "weeks": [_week(week) for week in made.weeks]}


def _week(week: Week) -> dict[str, Any]:
    return _jsonable(asdict(week))


def _jsonable(row: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(row, default=str))
