"""The coach over a set of goals: what it made of each, how it scores, and a verdict.

A case needs an id and a text; with `now` it is read at that time, with expectations it is
measured against them. Every question is answered as by somebody who says "you choose".
With a model its effort is told as well, and a judge's scores stand beside the rules'.
"""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from coach import cards, checks, effort, measures, verdicts
from coach.coach import Coach
from coach.effort import Effort
from coach.judge import Judge
from coach.llm import gate
from coach.llm.caller import Caller, CallMade
from coach.llm.service import ModelService
from coach.road import EndToEnd, walk
from coach.rules import understanding
from coach.values import MODEL, RULES, Plan, Resolution, Week

_NO_DATE = datetime(2026, 1, 5, 12)  # noqa: DTZ001 # local time of nowhere, for cases without one
_CONFIGURATION = 2


class CasesError(Exception):
    """A file of goals cannot be used; the operator's to mend."""

    exit_code = _CONFIGURATION

    def __init__(self, file: Path, line: int, what: str) -> None:
        super().__init__(f"{file}, line {line}: {what}")
        self.file, self.line, self.what = file, line, what


@dataclass(frozen=True, slots=True)
class Case:
    """One goal, when it was said, and what is expected of the coach."""

    id: str
    text: str
    now: datetime = _NO_DATE
    language: str = "en"
    expected: dict[str, Any] = field(default_factory=dict[str, Any])


def read_cases(path: Path) -> list[Case]:
    """Read a file of JSON lines."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(path, 0, f"cannot be read ({error.__class__.__name__})") from error
    cases = [_case(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if not cases:
        raise CasesError(path, 0, "holds no goals")
    return cases


def _case(path: Path, number: int, line: str) -> Case:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CasesError(path, number, f"is no JSON ({error.msg})") from error
    if not isinstance(row, dict):
        raise CasesError(path, number, "is no JSON object")
    fields = cast(dict[str, Any], row)
    for name in ("id", "text"):
        if not isinstance(fields.get(name), str):
            raise CasesError(path, number, f'needs a text "{name}"')
    return Case(
        id=fields["id"],
        text=fields["text"],
        now=_moment(path, number, fields.get("now")),
        language=str(fields.get("language") or "en"),
        expected=fields,
    )


def _moment(path: Path, number: int, said: object) -> datetime:
    if said is None:
        return _NO_DATE
    try:
        return datetime.fromisoformat(str(said))
    except ValueError as error:
        raise CasesError(path, number, f'"now" is no date and time ({said})') from error


async def evaluate(
    cases: Iterable[Case],
    coach: Coach,
    service: ModelService | None = None,
    *,
    judged: bool = False,
) -> dict[str, Any]:
    """Run the coach over *cases*, a few at a time; the answer can be written as JSON.

    *service* is the model the coach has, if it has one. *judged*: it scores every case too.
    """
    walked = await _walked(list(cases), coach)
    rows: list[dict[str, Any]] = []
    measured, taken = measures.Tally(), Effort()
    for case, way, calls in walked:
        row = _row(case, way)
        row["problems"] = checks.problems(way, row, case.expected)
        measured.add(row, way, case.expected)
        taken.add(calls, way.modes)
        rows.append(row)
    summary = measured.summary()
    if service is not None and judged:
        ways = (way for _, way, _ in walked)
        calls: list[CallMade] = []
        outcomes = await verdicts.add(rows, ways, Judge(service), Caller(record=calls.append))
        taken.add_judging(calls, outcomes)
        summary["judge"] = verdicts.agreement(rows)
    if service is not None:
        summary["model"] = taken.summary(await effort.fixed_tokens(service))
    return {"cases": rows, "summary": summary}


async def _walked(cases: list[Case], coach: Coach) -> list[tuple[Case, EndToEnd, list[CallMade]]]:
    turns = asyncio.Semaphore(gate.OVERALL)  # more would wait for a slot, within their deadline

    async def one(case: Case) -> tuple[Case, EndToEnd, list[CallMade]]:
        calls: list[CallMade] = []
        async with turns:
            way = await walk(coach, case.text, case.now, caller=Caller(record=calls.append))
        return case, way, calls

    return await asyncio.gather(*map(one, cases))


def passes(result: dict[str, Any]) -> bool:
    """Tell whether every measure of an evaluation reached its threshold."""
    return bool(result["summary"]["ok"])


def render(result: dict[str, Any]) -> str:
    """Write the summary as tables, every problem on its own line."""
    head = f"{'measure':<22}{'n':>5}{'rate':>9}{'needed':>9}"
    lines = [head]
    for name, row in result["summary"]["measures"].items():
        mark = "" if row["ok"] else "  missed"
        lines.append(f"{name:<22}{row['n']:>5}{row['rate']:>9.3f}{row['threshold']:>9.2f}{mark}")
    for row in result["cases"]:
        lines += [f"{row['id']}: {problem}" for problem in row["problems"]]
    if "model" in result["summary"]:
        lines.append(effort.render(result["summary"]["model"]))
    if "judge" in result["summary"]:
        lines.append(verdicts.render(result["summary"]["judge"]))
    return "\n".join(lines)


def _row(case: Case, way: EndToEnd) -> dict[str, Any]:
    u = way.reading.understanding
    return {
        "id": case.id,
        "route": way.reading.route.value,
        "domain": u.domain.value,
        "goal_type": u.goal_type.value if u.goal_type else None,
        "questions": list(understanding.question_codes(way.reading)),
        "reply": way.reading.reply,
        "parts": list(way.reading.parts),
        "options": [option.label for option in way.reading.options],
        "resolution": _resolution(way.resolution, way.language) if way.resolution else None,
        "plan": _plan(way.plan, way.language) if way.plan else None,
        "scores": way.scores.values if way.scores else {},
        "mode": MODEL if MODEL in way.modes.values() else RULES,
    }


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
