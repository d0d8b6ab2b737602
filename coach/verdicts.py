"""A judge's scores beside the rules' in an evaluation, and how far the two agree.

Small judges favour polished text and give high scores: means of many texts say something,
a single score does not. Nobody has compared this judge with people, so that its scores are
shown to operators alone, and what agrees here is the rules and the judge.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean
from typing import Any

from coach import judge
from coach.judge import Exhibit, Judge
from coach.llm.caller import Caller
from coach.llm.errors import ModelError
from coach.road import EndToEnd
from coach.values import Scores

CLOSE = 1.5
"""Points between two scores that still agree."""

ENOUGH = 0.8
"""The share of scores that has to be close for the two to agree."""

Row = dict[str, Any]
Outcome = tuple[str, Scores | ModelError]
"""The step that judged, and its scores or why there are none."""


async def of(way: EndToEnd, by: Judge | None, caller: Caller) -> list[Outcome]:
    """Have what was made of one text judged, if anybody judges; tell what came of each call."""
    exhibits = _exhibits(way) if by else []
    scored = await by.scores(exhibits, caller) if by else []
    return [(one.step.name, scores) for one, scores in zip(exhibits, scored, strict=True)]


def add(row: Row, outcomes: Iterable[Outcome]) -> None:
    """Put the verdicts that came beside the rules' scores of a case."""
    for _, scores in outcomes:
        if isinstance(scores, Scores):
            row.setdefault("judge", {}).update(scores.values)
            row["far_apart"] = judge.far_apart(row["scores"], row["judge"])


def agreement(rows: Iterable[Row]) -> dict[str, Any]:
    """Compare the means and count agreement, by dimension and over all."""
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    far = [row["id"] for row in rows if row.get("far_apart")]
    for row in rows:
        for name, score in row.get("judge", {}).items():
            pairs[name].append((row["scores"][name], score))
    close = [abs(rule - score) <= CLOSE for each in pairs.values() for rule, score in each]
    return {
        "dimensions": {name: _compared(each) for name, each in pairs.items()},
        "close": round(fmean(close), 4) if close else None,
        "agree": bool(close) and fmean(close) >= ENOUGH,
        "far_apart": far,
    }


def render(agreed: Mapping[str, Any]) -> str:
    """Write a line for each dimension, the share that agrees, and what a person should read."""
    lines = [f"{'judge':<22}{'n':>5}{'rules':>9}{'judge':>9}{'within ' + str(CLOSE):>13}"]
    for name, row in agreed["dimensions"].items():
        means = f"{row['rules']:>9.2f}{row['judge']:>9.2f}"
        lines.append(f"{name:<22}{row['n']:>5}{means}{row['close']:>13.0%}")
    if agreed["close"] is None:
        return "\n".join((*lines, "no verdict came"))
    enough = "enough" if agreed["agree"] else f"under {ENOUGH:.0%}"
    lines.append(f"rules and judge agree in {agreed['close']:.0%} ({enough}); no person has scored")
    lines += [f"{name}: rules and judge are far apart" for name in agreed["far_apart"]]
    return "\n".join(lines)


def _exhibits(way: EndToEnd) -> list[Exhibit]:
    if way.answer:
        return [judge.reply(way.answer, way.understanding.text, way.language)]
    if way.resolution is None or way.plan is None:
        return []
    return [judge.resolution(way.resolution, way.language), judge.plan(way.plan, way.language)]


def _compared(pairs: list[tuple[float, float]]) -> dict[str, Any]:
    rules, judged = zip(*pairs, strict=True)
    return {
        "n": len(pairs),
        "rules": round(fmean(rules), 2),
        "judge": round(fmean(judged), 2),
        "close": round(fmean(abs(a - b) <= CLOSE for a, b in pairs), 4),
    }
