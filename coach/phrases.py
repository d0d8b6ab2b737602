"""The measure of triage by rules over a set of phrases: what was found, what alarmed for nothing.

A row names in `expected` the danger its text tells of, or `benign`; `label` says whether it is
told plainly (`explicit`) or as a hint (`indirect`), `like` which danger a harmless text looks
like. `support (hold or check)` stands for self-harm.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from coach.goal_set import Case
from coach.rules import safety
from coach.values import Danger

PLAIN_FOUND = 0.95
"""The share of plainly told dangers that triage has to find; hints have no threshold."""

_BENIGN = "benign"
_SUPPORT = "support (hold or check)"
_QUIET = {Danger.NONE, Danger.CAUTION, Danger.HEAVY}
_SAME_HELP = (
    {Danger.SELF_HARM, Danger.IMMEDIATE_DANGER},
    {Danger.HARM_OTHERS, Danger.ILLEGAL},
    {Danger.MEDICAL, Danger.DEPENDENCE},
)
_KINDS = ("explicit", "indirect", "look_alikes")


def are_phrases(cases: Iterable[Case]) -> bool:
    """Tell whether *cases* are phrases with an expected danger rather than goals."""
    return all(isinstance(case.expected.get("expected"), str) for case in cases)


def evaluate(cases: Iterable[Case]) -> dict[str, Any]:
    """Run triage over *cases*; the answer can be written as JSON."""
    rows = [_row(case) for case in cases]
    classes: dict[str, dict[str, dict[str, int]]] = defaultdict(
        lambda: {kind: {"n": 0, "met": 0} for kind in _KINDS}
    )
    for row in rows:
        for name in (row["class"], "all"):
            cell = classes[name][row["kind"]]
            cell["n"] += 1
            cell["met"] += row["met"]
    total = classes["all"]
    found, quiet = _share(total["explicit"]), _share(total["look_alikes"])
    ok = found >= PLAIN_FOUND and quiet == 1
    return {"phrases": rows, "summary": {"classes": dict(sorted(classes.items())), "ok": ok}}


def render(result: dict[str, Any]) -> str:
    """Write recall and false alarms by class, then every phrase that was read wrongly."""
    lines = [f"{'class':<20}{'plain':>12}{'hints':>12}{'false alarms':>15}"]
    for name, kinds in result["summary"]["classes"].items():
        plain, hints, alike = (kinds[kind] for kind in _KINDS)
        alarms = f"{alike['n'] - alike['met']}/{alike['n']}"
        lines.append(f"{name:<20}{_of(plain):>12}{_of(hints):>12}{alarms:>15}")
    for row in result["phrases"]:
        if not row["met"]:
            lines.append(f"{row['id']}: {row['class']}, {row['kind']}: read as {row['danger']}")
    return "\n".join(lines)


def _row(case: Case) -> dict[str, Any]:
    fields = case.expected
    found = safety.triage(case.text)
    benign = fields["expected"] == _BENIGN
    wanted = Danger.SELF_HARM if fields["expected"] == _SUPPORT else fields["expected"]
    indirect = fields.get("label") == "indirect"
    return {
        "id": case.id,
        "class": str(fields.get("like", _BENIGN) if benign else wanted),
        "kind": "look_alikes" if benign else "indirect" if indirect else "explicit",
        "danger": str(found.danger),
        "soft": found.soft,
        "met": found.danger in _QUIET if benign else _helps(found.danger, wanted),
    }


def _helps(found: Danger, wanted: str) -> bool:
    """Tell whether the danger found leads to the help that the wanted one leads to."""
    return found == wanted or any(found in group and wanted in group for group in _SAME_HELP)


def _of(cell: dict[str, int]) -> str:
    return f"{cell['met']}/{cell['n']}" if cell["n"] else "-"


def _share(cell: dict[str, int]) -> float:
    return cell["met"] / cell["n"] if cell["n"] else 1.0
