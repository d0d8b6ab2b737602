"""Step 4: a plan in the model's words, and what it proposes for this very goal.

Dates, hours, loads and figures stay ours: the model's steps and milestones have none, and the
rules lay them into the weeks.
"""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from coach.catalogue import texts
from coach.rules import amounts
from coach.steps import checks
from coach.steps.step import Shape, Step
from coach.values import NO_IDEAS, GoalType, GoalUnderstanding, Ideas, Plan, Session, Week

Phrase = Annotated[str, Field(min_length=1, max_length=40)]
Idea = Annotated[str, Field(min_length=1, max_length=60)]
Deed = Annotated[str, Field(min_length=1, max_length=110)]
_FEWEST_STEPS = 3


class Worded(Shape):
    """A plan's texts: a theme a week, each different session once, and proposals."""

    themes: Annotated[tuple[Phrase, ...], Field(max_length=12)]
    sessions: Annotated[tuple[Deed, ...], Field(max_length=7)]
    encouragement: Annotated[str, Field(max_length=100)] | None = None
    steps: Annotated[tuple[Idea, ...], Field(max_length=12)] = ()
    milestones: Annotated[tuple[Idea, ...], Field(max_length=3)] = ()
    resources: Annotated[tuple[Idea, ...], Field(max_length=3)] = ()


STEP = Step("create_plan", Worded, most_tokens=620)


def data(u: GoalUnderstanding, rule: Plan, weakness: str = "") -> dict[str, object]:
    """Gather what the model is told: the plan by rules and the person's words."""
    told: dict[str, object] = {
        "weeks": [f"{week.theme}: {week.text}" for week in rule.weeks],
        "sessions": _sessions(rule),
        "if_then": f"{rule.cue} / {rule.action}",
        "propose": _takes_ideas(u),
        "user_text": u.text,
    }
    return {**told, "mend": weakness} if weakness else told


def weakness(said: Worded, u: GoalUnderstanding, rule: Plan) -> str | None:
    """Name the first thing that is wrong with a wording; None when it may be shown."""
    ours = _sessions(rule)
    if len(said.themes) != len(rule.weeks) or len(said.sessions) != len(ours):
        return "count"
    if said.steps and len(said.steps) < _FEWEST_STEPS:
        return "too_few_steps"
    bare = checks.known("", u.language)
    free = (*said.themes, *said.steps, *said.milestones, *said.resources, said.encouragement)
    if found := checks.first_weakness(free, bare):
        return found
    for text, own in zip(said.sessions, ours, strict=True):
        found = checks.weakness(text, checks.known(own, u.language), own)
        if found or not _keeps_figures(text, own, rule, u):
            return found or "missing_figure"
    return None


def ideas(said: Worded, u: GoalUnderstanding) -> Ideas:
    """Return what the model proposes, where the goal takes proposals."""
    if not _takes_ideas(u):
        return u.ideas
    return Ideas(said.steps, said.milestones, said.resources)


def applied(said: Worded, rule: Plan, u: GoalUnderstanding) -> Plan:
    """Put a wording into *rule*, which was built with the ideas of *u* laid into it."""
    if len(rule.weeks) != len(said.themes):
        return rule
    names = dict(zip(_sessions(rule), said.sessions, strict=False))
    weeks = tuple(
        _week(week, theme, names, bool(u.ideas.steps))
        for week, theme in zip(rule.weeks, said.themes, strict=True)
    )
    notes = (*rule.notes, said.encouragement) if said.encouragement else rule.notes
    return replace(rule, weeks=weeks, notes=notes, ideas=u.ideas)


def _week(week: Week, theme: str, names: dict[str, str], has_steps: bool) -> Week:
    step = has_steps and week.theme == week.text  # the week is one of the proposed steps already
    sessions = tuple(replace(one, text=names.get(one.text, one.text)) for one in week.sessions)
    return replace(week, theme=week.theme if step else theme, sessions=sessions)


def _sessions(plan: Plan) -> list[str]:
    """List the different texts of the sessions, in order."""
    return list(dict.fromkeys(one.text for one in plan.weeks[0].sessions))


def _keeps_figures(text: str, own: str, rule: Plan, u: GoalUnderstanding) -> bool:
    """Tell whether a text holds what later weeks replace in it with their own figures."""
    first = rule.weeks[0]
    t = texts(u.language)
    sizes = {amounts.said(s.amount, t) for s in _of(first, own) if s.amount}
    replaced = {size for size in (*sizes, first.text) if size and size in own}
    return all(size in text for size in replaced)


def _of(week: Week, text: str) -> list[Session]:
    return [one for one in week.sessions if one.text == text]


def _takes_ideas(u: GoalUnderstanding) -> bool:
    """Tell whether there is something to propose: it is done once, for what has an end."""
    return u.goal_type in (GoalType.PROJECT, GoalType.OUTCOME) and u.ideas == NO_IDEAS
