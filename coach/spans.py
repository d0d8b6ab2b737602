"""What spans are told of the coach's work: who did it, from which prompt, how well it scored.

Never of what it is about: a goal's domain or a message's intent can tell of somebody's health.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from coach import tracing
from coach.llm.errors import ModelError
from coach.tracing import Span
from coach.values import MODEL, RULES, RULES_VERSION, Drafted, Reading, Scores
from coach.weeks import Review

T = TypeVar("T")


def scored(span: Span, scores: Scores) -> None:
    """Tell a span of scoring by rules."""
    by_rules(span)
    span.note(scores=values(scores))
    span.said(scores.reasons or None)


def looked(span: Span, _: object) -> None:
    """Tell a span of a look for danger by rules; what it found is nobody's business."""
    by_rules(span)


def read(span: Span, reading: Reading, version: str) -> Reading:
    """Tell a span of a reading; *version* is of the prompt, if a model had a part in it."""
    _by(span, reading.mode, version if reading.mode == MODEL else RULES_VERSION)
    span.note(variant=reading.variant or None)
    span.said(reading.reply or None)
    return reading


def drafted(span: Span, made: Drafted[T], words: Callable[[T], str]) -> Drafted[T]:
    """Tell a span of a draft, and return the draft with its trace; *words* writes it down."""
    _by(span, made.mode, made.prompt_version)
    span.note(
        variant=made.variant or None,
        scores=values(made.scores),
        first_scores=made.first and values(made.first),
    )
    span.said(lambda: words(made.work))
    return replace(made, trace_id=tracing.trace_id())


def reviewed(span: Span, review: Review, version: str) -> Review:
    """Tell a span of a review; *version* is of the prompt, if a model worded it."""
    _by(span, review.mode, version if review.mode == MODEL else RULES_VERSION)
    span.note(variant=review.variant or None)
    span.said("\n".join(review.lines))
    return review


def judged(span: Span, verdict: Scores | ModelError, version: str) -> None:
    """Tell a span of a judge's verdict, or why there is none."""
    _by(span, MODEL, version)
    if isinstance(verdict, ModelError):
        span.failed(verdict)
    else:
        span.note(scores=values(verdict))
        span.said(verdict.reasons)


def values(scores: Scores) -> dict[str, float]:
    """Return all scores by name, the overall one among them."""
    return {**scores.values, "overall": scores.overall}


def by_rules(span: Span) -> None:
    """Tell a span that rules did it."""
    _by(span, RULES, RULES_VERSION)


def _by(span: Span, mode: str, version: str) -> None:
    span.note(mode=mode, prompt_version=version)
