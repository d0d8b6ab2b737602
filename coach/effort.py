"""What a model did in an evaluation: how often it answered, why not, and what that took."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean, quantiles
from typing import Any

from coach.llm import prompts
from coach.llm.caller import CallMade
from coach.llm.errors import ModelError
from coach.llm.port import ModelRequest
from coach.llm.service import ModelService
from coach.values import MODEL, Scores

AGAINST_RULES = "against_rules"
"""Why the rules answered although a call went well: what it brought failed our checks."""


class Effort:
    """Collects the calls of many cases, and who answered each of their steps."""

    def __init__(self) -> None:
        self._calls: dict[str, list[CallMade]] = defaultdict(list)
        self._answers: dict[str, list[str]] = defaultdict(list)
        self._cases = 0

    def add(self, calls: Iterable[CallMade], modes: Mapping[str, str]) -> None:
        """Count one case; a step without a mode was the model's if its last call went well."""
        made = list(calls)
        for call in made:
            self._calls[call.step].append(call)
        for step, answer in answers(made, modes).items():
            self._answers[step].append(answer)
        self._cases += 1

    def add_judging(
        self, calls: Iterable[CallMade], outcomes: Iterable[tuple[str, Scores | ModelError]]
    ) -> None:
        """Count the judge's calls and what came of each; nobody stands in for a verdict."""
        for call in calls:
            self._calls[call.step].append(call)
        for step, outcome in outcomes:
            failed = isinstance(outcome, ModelError)
            self._answers[step].append(outcome.kind if failed else MODEL)

    def summary(self, fixed: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """Return the steps with their figures, and what a case cost in US dollars.

        *fixed*: the tokens of the fixed part of each prompt, as `fixed_tokens` counts them.
        """
        spent = sum(call.micro_usd for calls in self._calls.values() for call in calls) / 1e6
        names = sorted(self._answers.keys() | fixed.keys())
        return {
            "steps": {name: {**self._step(name), "fixed": fixed.get(name)} for name in names},
            "usd_per_case": round(spent / self._cases, 7) if self._cases else 0,
        }

    def _step(self, name: str) -> dict[str, Any]:
        calls, answers = self._calls.get(name, []), self._answers.get(name, [])
        said = [call for call in calls if call.usage.prompt]
        rules = Counter(answer for answer in answers if answer != MODEL)
        return {
            "calls": len(calls),
            "answers": len(answers),
            "by_model": len(answers) - rules.total(),
            "by_rules": dict(rules.most_common()),
            "prompt_tokens": _spread([call.usage.prompt for call in said]),
            "output_tokens": _spread([call.usage.output + call.usage.thinking for call in said]),
            "estimated": any(call.usage.estimated for call in said),
            "usd": round(sum(call.micro_usd for call in calls) / 1e6, 7),
        }


def answers(calls: Iterable[CallMade], modes: Mapping[str, str]) -> dict[str, str]:
    """Name who answered each step of a case: the model, or else why the rules did."""
    last = {call.step: call for call in calls}
    steps = sorted(last.keys() | modes.keys())
    return {step: _answer(last.get(step), modes.get(step)) for step in steps}


async def fixed_tokens(service: ModelService) -> dict[str, dict[str, Any]]:
    """Count the fixed part of every prompt as the model's provider does, or mark it estimated."""
    counted: dict[str, dict[str, Any]] = {}
    for name in prompts.names():
        filled = prompts.load(name).filled(language="en", style="balanced")
        count = await service.count_tokens(ModelRequest(name, filled))
        counted[name] = {"tokens": count.tokens, "estimated": count.estimated}
    return counted


def render(effort: Mapping[str, Any]) -> str:
    """Write a line for each step, with why the rules answered; estimated counts are marked ~."""
    head = f"{'step':<22}{'fixed':>7}{'calls':>7}{'model':>7}{'prompt':>16}{'output':>16}  rules"
    lines = [head]
    for name, row in effort["steps"].items():
        share = f"{row['by_model'] / row['answers']:.0%}" if row["answers"] else "-"
        fixed, mark = row["fixed"], "~" if row["estimated"] else ""
        constant = f"{'~' * fixed['estimated']}{fixed['tokens']}" if fixed else "-"
        why = ", ".join(f"{kind} {n}" for kind, n in row["by_rules"].items())
        taken = "".join(f"{mark + _said(row[of]):>16}" for of in ("prompt_tokens", "output_tokens"))
        lines.append(f"{name:<22}{constant:>7}{row['calls']:>7}{share:>7}{taken}  {why}".rstrip())
    return "\n".join((*lines, f"cost: ${effort['usd_per_case']:.6f} a case"))


def _answer(call: CallMade | None, mode: str | None) -> str:
    if mode == MODEL or (mode is None and call is not None and call.error is None):
        return MODEL
    if call is None:
        return "not_asked"
    return call.error or AGAINST_RULES


def _spread(tokens: list[int]) -> dict[str, float]:
    if len(tokens) < 2:
        return dict.fromkeys(("mean", "p50", "p95"), float(sum(tokens)))
    cuts = quantiles(tokens, n=20, method="inclusive")
    return {"mean": round(fmean(tokens), 1), "p50": cuts[9], "p95": cuts[18]}


def _said(spread: Mapping[str, float]) -> str:
    return f"{spread['mean']:.0f} (95%: {spread['p95']:.0f})" if spread["mean"] else "-"
