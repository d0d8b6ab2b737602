"""Scores of texts by rules, 0 to 10, each with its reason. They rate the text, never the person."""

from coach.catalogue import texts
from coach.rules import features, plan_scores, reply_scores
from coach.rules import goal as goals
from coach.rules.features import Features
from coach.values import GoalUnderstanding, Plan, Resolution, Scores

ENOUGH_EACH, ENOUGH_MEAN = 6.0, 7.0
_PLAN_TARGETS = {"coherence": 7.0, "feasibility": 7.5, "progressiveness": 6.0}
_WEAK, _WEAK_MEAN = 4.0, 6.0
_VAGUE_MOST, _NO_BEHAVIOUR_MOST = 5.0, 4.0

Parts = tuple[tuple[str, float], ...]
"""What counted: the name of a feature and the points it gave (0 for what is missing)."""


def resolution(work: Resolution, u: GoalUnderstanding) -> Scores:
    """Score a resolution with the goal it was made for."""
    return of_features(features.of_resolution(work, goals.plannable(u)), u.language)


def text(said: str, language: str = "en") -> Scores:
    """Score a bare text as if it were a resolution."""
    return of_features(features.of_text(said, language), language)


def plan(work: Plan, u: GoalUnderstanding, confidence: int | None = None) -> Scores:
    """Score a plan; nobody can do a plan better than they are sure of it."""
    return _scored(plan_scores.parts(work, goals.plannable(u), confidence), u.language)


def reply(said: reply_scores.Exchange, language: str = "en") -> Scores:
    """Score a coaching reply in its place."""
    return _scored(reply_scores.parts(said), language)


def is_enough(scores: Scores) -> bool:
    """Tell whether a resolution may go on without a repair."""
    return min(scores.values.values()) >= ENOUGH_EACH and scores.overall >= ENOUGH_MEAN


def plan_is_enough(scores: Scores) -> bool:
    """Tell whether a plan may be shown without building it once more."""
    return all(scores.values[name] >= most for name, most in _PLAN_TARGETS.items())


def of_features(f: Features, language: str = "en") -> Scores:
    """Score features by the published formulas."""
    scored = _scored(
        {
            "clarity": _clarity(f),
            "specificity": _specificity(f),
            "measurability": _measurability(f),
            "actionability": _actionability(f),
        },
        language,
    )
    most = {"clarity": _most_clarity(f)}
    values = {name: min(value, most.get(name, 10.0)) for name, value in scored.values.items()}
    mean = sum(values.values()) / len(values)
    overall = min(mean, _WEAK_MEAN) if min(values.values()) < _WEAK else mean
    return Scores(values, round(overall, 1), scored.reasons)


def _clarity(f: Features) -> Parts:
    length = 2.0 if 8 <= f.words <= 35 else 1.0 if 4 <= f.words <= 60 else 0.0
    return (
        ("start", 1.0),
        ("behaviour", 2.5 * f.behaviour),
        ("length", length),
        ("not_vague", 1.5 * (f.behaviour and not f.vague)),
        ("one_goal", 1.5 * f.one_goal),
        ("clear_date", 1.5 * f.clear_date),
    )


def _most_clarity(f: Features) -> float:
    if not f.behaviour:
        return _NO_BEHAVIOUR_MOST
    return _VAGUE_MOST if f.vague else 10.0


def _specificity(f: Features) -> Parts:
    return (
        ("behaviour", 2.0 * f.behaviour),
        ("amount", 2.0 * f.amount),
        ("frequency", 2.0 * f.frequency),
        ("cue", 2.0 * (f.cue or f.if_then)),
        ("place", 1.0 * f.place),
        ("baseline", 1.0 * (f.baseline or f.target)),
        ("date", 1.0 * (f.date and not f.frequency)),
    )


def _measurability(f: Features) -> Parts:
    known = (f.target and f.baseline) or (f.done and f.frequency)
    return (
        ("amount", 4.0 * f.amount),
        ("done", 2.0 * f.done),
        ("date", 2.0 * (f.date or f.review)),
        ("frequency", 1.0 * f.frequency),
        ("known", 1.0 * known),
    )


def _actionability(f: Features) -> Parts:
    return (
        ("behaviour", 1.0 * f.behaviour),
        ("first_step", 1.5 * f.first_step),
        ("first_step_date", 0.5 * f.first_step_date),
        ("if_then", 2.5 * f.if_then),
        ("minimum", 2.0 * f.minimum),
        ("obstacle", 1.5 * f.obstacle),
        ("own_control", 1.0 * f.own_control),
    )


def _scored(by_dimension: dict[str, Parts], language: str) -> Scores:
    """Add the points up; the reason of a score is what it lacks."""
    t = texts(language)
    values: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for dimension, parts in by_dimension.items():
        values[dimension] = round(min(10.0, max(0.0, sum(points for _, points in parts))), 1)
        lacking = [t(f"score.{name}") for name, points in parts if points <= 0]
        lacks = ", ".join(lacking)
        reasons[dimension] = t("score.lacks", what=lacks) if lacking else t("score.complete")
    overall = round(sum(values.values()) / len(values), 1)
    return Scores(values, overall, reasons)
