"""Prompts side by side: what each version, and each variant on trial, cost and was worth."""

from collections import Counter
from dataclasses import dataclass, field

from coach.samples import Sample
from storage import pedigree
from storage.aggregates import calls, ratings, scores
from storage.aggregates.calls import Calls
from storage.aggregates.grouping import Spread
from storage.aggregates.scope import Scope
from storage.ratings import STARS
from storage.subjects import SubjectKind
from storage.transaction import Transaction

STEPS = {
    SubjectKind.RESOLUTION: ("generate_resolution",),
    SubjectKind.PLAN: ("create_plan",),
    **pedigree.STEPS,
}
"""Which steps word each kind of subject; the first is the usual one."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Prompted:
    """One version of a step's prompt, in one variant if it is on trial, and what came of it."""

    step: str
    version: str
    variant: str
    calls: Calls = field(default_factory=Calls)
    took: Spread = field(default_factory=Spread)
    stars: Counter[int] = field(default_factory=Counter[int])
    scored: Sample = field(default_factory=Sample)  # the whole, by the rules


def compared(transaction: Transaction, scope: Scope) -> list[Prompted]:
    """Bring together what calls, stars and scores say of each, in the order of the names."""
    found: dict[Key, Prompted] = {}
    by = (calls.STEP, calls.PROMPT_VERSION, calls.VARIANT)
    took = calls.latencies(transaction, scope, *by)
    for key, made in calls.tally(transaction, scope, *by).items():
        step, version, variant = key
        found[key] = Prompted(step, version, variant, made, took.get(key, Spread()))
    rated = ratings.tally(
        transaction, scope, ratings.ASPECT, ratings.KIND, ratings.PROMPT_VERSION, ratings.VARIANT
    )
    for (aspect, kind, version, variant), counts in rated.items():
        if aspect == STARS and kind in STEPS:
            _made_by(found, kind, version, variant).stars += counts
    for (kind, version, variant), sample in scores.by_prompt(transaction, scope).items():
        _made_by(found, kind, version, variant).scored += sample
    return [found[key] for key in sorted(found)]


def _made_by(found: dict[Key, Prompted], kind: str, version: str, variant: str) -> Prompted:
    """Find the step that worded something; it may have done so before the window began."""
    usual, *_ = steps = STEPS[SubjectKind(kind)]
    step = next((one for one in steps if (one, version, variant) in found), usual)
    return found.setdefault((step, version, variant), Prompted(step, version, variant))
