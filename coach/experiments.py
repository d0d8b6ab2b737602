"""Experiments: prompts on trial, and who has which of them.

An experiment is about one step of the coach. Its variants are today's prompt, the control,
and others. Who has which is drawn by a hash of the person and the experiment's name, so it
needs no model, no dice and no memory; a first assignment that was kept stays.
"""

import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from coach.llm.prompts import Prompt

CONTROL = "control"
"""The name of the variant that is today's prompt."""

STEPS = (
    "preprocess_goal",
    "generate_resolution",
    "create_plan",
    "coaching_reply",
    "rewrite_reply",
    "adapt_week",
)
"""Steps that may be on trial: those that word something. Danger and judging never are."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A prompt on trial; of two variants, one of twice the *weight* gets twice the people."""

    name: str
    weight: float
    prompt: Prompt  # its `variant` says which experiment and variant it is


@dataclass(frozen=True, slots=True)
class Guardrails:
    """How far a variant may fall behind the control before it is stopped.

    *errors* is a difference of shares, *stars* one of means; nothing is concluded about
    fewer than *fewest* people in either.
    """

    errors: float = 0.05
    stars: float = 0.3
    fewest: int = 30


@dataclass(frozen=True, slots=True)
class Experiment:
    """Variants of one step's prompt, the control first."""

    name: str
    step: str
    variants: tuple[Variant, ...]
    guardrails: Guardrails = Guardrails()


def drawn(experiment: Experiment, person: str) -> Variant:
    """Draw somebody's variant: the same for the same person, in proportion to the weights.

    Each variant draws a lot of its own, so a changed weight moves people to or from that
    variant alone, and a variant that comes or goes moves nobody between the others.
    """
    return max(experiment.variants, key=lambda one: _lot(person, experiment.name, one))


def prompts_of(
    experiments: Iterable[Experiment],
    person: str,
    assigned: Mapping[str, str],
    stopped: Container[tuple[str, str]],
) -> dict[str, Prompt]:
    """Name the prompts that somebody has, by step.

    *assigned* holds the variants they had before, by experiment. Where theirs was *stopped*,
    or is in no experiment any more, they have today's prompt and take no part.
    """
    found: dict[str, Prompt] = {}
    for experiment in experiments:
        known = {one.name: one for one in experiment.variants}
        name = assigned.get(experiment.name) or drawn(experiment, person).name
        if name in known and (experiment.name, name) not in stopped:
            found[experiment.step] = known[name].prompt
    return found


def split(variant: str) -> tuple[str, str]:
    """Take "experiment/variant" apart."""
    experiment, _, name = variant.partition("/")
    return experiment, name


def _lot(person: str, experiment: str, variant: Variant) -> float:
    """Draw a lot as in weighted rendezvous hashing: the greatest of them wins."""
    digest = sha256(f"{person} {experiment} {variant.name}".encode()).digest()
    uniform = (int.from_bytes(digest[:6]) + 0.5) / 2**48
    return math.log(uniform) / variant.weight
