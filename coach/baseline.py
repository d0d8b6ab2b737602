"""Baselines: what an evaluation found once, kept to tell whether a later one got worse.

Two runs over the same goals are compared case by case. A dimension got worse when its scores
fell by a margin and hardly by chance; a step, when the model's answer stood clearly less often;
and any problem or missed expectation counts that was not there before.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from coach import samples
from coach.dimensions import BY
from coach.values import MODEL

POINTS = 0.2
"""How far a dimension's mean has to fall to have got worse."""

SHARE = 0.05
"""How far the share of a step that the model answers has to fall to have got worse."""

_CONFIGURATION = 2
_KEPT = ("scores", "judge", "answered_by", "problems", "missed")

Cases = Mapping[str, Mapping[str, Any]]


class BaselineError(Exception):
    """A baseline cannot be used, or not for this run; the operator's to mend."""

    exit_code = _CONFIGURATION


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a run was made with. Only runs over the same goals by the same model compare."""

    dataset: str  # `goal_set.digest` of its goals
    model: str  # "provider/model", or "rules"
    judge: str | None = None
    variant: str = ""
    prompts: dict[str, str] = field(default_factory=dict[str, str], hash=False)  # versions


@dataclass(frozen=True, slots=True)
class Baseline:
    """A run as it is kept: its day, its circumstances, and each case by its id."""

    made_on: date
    run: Circumstances
    cases: dict[str, dict[str, Any]] = field(hash=False)


def of(result: Mapping[str, Any], run: Circumstances, today: date) -> Baseline:
    """Take what is compared out of an evaluation's result."""
    rows = {
        row["id"]: {name: row[name] for name in _KEPT if row.get(name)} for row in result["cases"]
    }
    return Baseline(today, run, rows)


def write(baseline: Baseline, path: Path) -> None:
    """Write a baseline, a case a line, so that a change of it can be read."""
    head = {"made_on": baseline.made_on.isoformat(), **asdict(baseline.run)}
    rows = ",\n".join(f"  {_json(name)}: {_json(row)}" for name, row in baseline.cases.items())
    body = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
    try:
        path.write_text(f'{body},\n "cases": {{\n{rows}\n }}\n}}\n', encoding="utf-8")
    except OSError as error:
        raise BaselineError(f"{path} cannot be written ({error.__class__.__name__})") from error


def read(path: Path) -> Baseline:
    """Read a baseline; raise BaselineError for what is none."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        made_on, rows = date.fromisoformat(fields.pop("made_on")), fields.pop("cases")
        return Baseline(made_on, Circumstances(**fields), dict(rows))
    except OSError as error:
        raise BaselineError(f"{path} cannot be read ({error.__class__.__name__})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"{path} is no baseline of rein evaluate") from error


def check(before: Circumstances, now: Circumstances) -> None:
    """Raise BaselineError where two runs do not compare."""
    if before.dataset != now.dataset:
        raise BaselineError("the baseline is of other goals; make a new one with --save-baseline")
    if before.model != now.model:
        raise BaselineError(f"the baseline is of {before.model}, this run of {now.model}")
    if before.judge and now.judge and before.judge != now.judge:
        raise BaselineError(f"the baseline's judge is {before.judge}, this run's {now.judge}")


def compare(before: Baseline, now: Baseline) -> dict[str, Any]:
    """Tell what changed from *before*, as JSON; raise BaselineError where they do not compare."""
    check(before.run, now.run)
    scores = {
        f"{dimension} by {by}": _change(pairs, POINTS)
        for (dimension, by), pairs in _scores(before.cases, now.cases).items()
    }
    answers = {
        step: _change(pairs, SHARE) for step, pairs in _answers(before.cases, now.cases).items()
    }
    problems = list(_new_problems(before.cases, now.cases))
    worse = any(row["worse"] for row in (*scores.values(), *answers.values()))
    return {
        "since": before.made_on.isoformat(),
        "prompts": _changed_prompts(before.run, now.run),
        "scores": scores,
        "answered_by_model": answers,
        "new_problems": problems,
        "ok": not worse and not problems,
    }


def render(found: Mapping[str, Any]) -> str:
    """Write the changes as a table, then what got worse."""
    changed = ", ".join(found["prompts"]) or "none"
    lines = [f"compared with {found['since']}, case by case; prompts changed: {changed}"]
    lines.append(f"{'change of the mean':<34}{'n':>5}{'change':>9}  95 % interval")
    for name, row in {**found["scores"], **_shares(found)}.items():
        lines.append(f"{name:<34}{row['n']:>5}{_figures(row)}")
    lines += [f"new problem: {case}: {problem}" for case, problem in found["new_problems"]]
    return "\n".join((*lines, "nothing got worse" if found["ok"] else "got worse"))


def _scores(before: Cases, now: Cases) -> dict[tuple[str, str], list[float]]:
    """Collect each dimension's changes, of the cases that both runs scored."""
    found: dict[tuple[str, str], list[float]] = {}
    for name, row in now.items():
        for place, by in BY.items():
            old = before[name].get(place, {})
            for dimension, score in row.get(place, {}).items():
                if dimension in old:
                    found.setdefault((dimension, by), []).append(score - old[dimension])
    return found


def _answers(before: Cases, now: Cases) -> dict[str, list[float]]:
    """Collect by step whether the model's answer stands only now (1), only stood (-1), or both."""
    found: dict[str, list[float]] = {}
    for name, row in now.items():
        old = before[name].get("answered_by", {})
        for step, who in row.get("answered_by", {}).items():
            if step in old:
                found.setdefault(step, []).append((who == MODEL) - (old[step] == MODEL))
    return {step: changes for step, changes in found.items() if step in _asked(before, now)}


def _asked(*runs: Cases) -> set[str]:
    """Name the steps that a model answered in some case."""
    rows = (row.get("answered_by", {}).items() for run in runs for row in run.values())
    return {step for row in rows for step, who in row if who == MODEL}


def _change(changes: list[float], margin: float) -> dict[str, Any]:
    mean = samples.of(changes).mean()
    if mean is None:
        return {"n": len(changes), "change": None, "interval": None, "worse": False}
    interval = mean.interval
    sure = interval is None or interval.high < 0
    return {
        "n": mean.n,
        "change": round(mean.value, 3),
        "interval": interval and [round(interval.low, 3), round(interval.high, 3)],
        "worse": sure and mean.value <= -margin,
    }


def _new_problems(before: Cases, now: Cases) -> Iterable[tuple[str, str]]:
    """Yield what is wrong with a case now in a way in which it was not, or not as often."""
    for name, row in now.items():
        old = Counter(map(_way, _wrong(before[name])))
        for problem in _wrong(row):
            old[_way(problem)] -= 1
            if old[_way(problem)] < 0:
                yield name, problem


def _wrong(row: Mapping[str, Any]) -> list[str]:
    missed = row.get("missed", ())
    return [*row.get("problems", ()), *(f"missed {measure}" for measure in missed)]


def _way(problem: str) -> str:
    return problem.partition(":")[0]


def _changed_prompts(before: Circumstances, now: Circumstances) -> dict[str, Any]:
    return {
        name: [before.prompts.get(name), version]
        for name, version in now.prompts.items()
        if before.prompts.get(name) != version
    }


def _shares(found: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{step}: model's share": row for step, row in found["answered_by_model"].items()}


def _figures(row: Mapping[str, Any]) -> str:
    if row["change"] is None:
        return f"{'few':>9}"
    interval = row["interval"]
    said = f"{interval[0]:+.2f} to {interval[1]:+.2f}" if interval else "all alike"
    return f"{row['change']:>+9.2f}  {said}{'  worse' if row['worse'] else ''}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
