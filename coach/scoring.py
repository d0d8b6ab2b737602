"""Scoring by rules, as the coach does it: each score leaves a span under what it scores."""

from coach import spans
from coach.rules import scores
from coach.rules.reply_scores import Exchange
from coach.tracing import traced
from coach.values import GoalUnderstanding, Plan, Resolution, Scores


@traced("evaluate_resolution", spans.scored)
def resolution(work: Resolution, u: GoalUnderstanding) -> Scores:
    """Score a resolution: clarity, specificity, measurability, actionability."""
    return scores.resolution(work, u)


@traced("evaluate_plan", spans.scored)
def plan(work: Plan, u: GoalUnderstanding, confidence: int | None = None) -> Scores:
    """Score a plan: coherence, feasibility, progressiveness."""
    return scores.plan(work, u, confidence)


@traced("evaluate_reply", spans.scored)
def reply(exchange: Exchange, language: str) -> Scores:
    """Score a reply: relevance, personalization, motivation."""
    return scores.reply(exchange, language)
