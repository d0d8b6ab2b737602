"""The two honest ways to make a goal workable that goes too fast."""

from dataclasses import replace

from coach.catalogue import texts
from coach.values import GoalType, GoalUnderstanding, Option

SPAN, LONGER = "span", "longer"
_MOST_A_WEEK = 7.0
_ACTIVITIES = {"weight": "walking", "race": "running", "money": "saving", "sleep": "bedtime"}
_BY_HABIT = ("weight", "money", "sleep", "load", "often")
_WITHOUT_SIZE = ("weight", "money", "sleep", "load")
_IN_OWN_WORDS = ("load", "often")
_OWN_ACTION = ("weight", "money", "sleep")


def options(key: str, u: GoalUnderstanding) -> tuple[Option, ...]:
    """Return the two ways out: what this time can give, and the goal with a longer time."""
    t = texts(u.language)
    return tuple(Option(code, t(f"resize.{key}.{code}")) for code in (SPAN, LONGER))


def sentence(key: str, u: GoalUnderstanding) -> str:
    """Say once and without blame why it does not fit, and offer the two ways."""
    return texts(u.language)(f"resize.{key}.reply")


def resized(u: GoalUnderstanding, key: str, code: str) -> GoalUnderstanding:
    """Turn the chosen way into a workable goal; the figures that did not fit are gone from it."""
    safe = replace(
        u,
        amount=None if key in _WITHOUT_SIZE else u.amount,
        per_week=min(u.per_week, _MOST_A_WEEK) if u.per_week else None,
        numbers=(),
        notes=(*u.notes, u.text),
        vague=False,
    )
    return _within(safe, key) if code == SPAN else _later(safe, key)


def _within(u: GoalUnderstanding, key: str) -> GoalUnderstanding:
    """Keep the time and make the goal smaller."""
    t = texts(u.language)
    own = key in _IN_OWN_WORDS and bool(u.behaviour)
    return replace(
        u,
        text=u.behaviour if own else t(f"resize.{key}.goal"),
        behaviour=u.behaviour if own else t(f"resize.{key}.behaviour"),
        activity=_ACTIVITIES.get(key, u.activity),
        goal_type=GoalType.HABIT,
        target=None,
    )


def _later(u: GoalUnderstanding, key: str) -> GoalUnderstanding:
    """Keep the goal and drop the date; where the figure itself is unsafe, keep the actions."""
    t = texts(u.language)
    own = key in _OWN_ACTION
    return replace(
        u,
        text=t(
            "resize.longer.goal", goal=t(f"resize.{key}.goal") if own else u.behaviour or u.text
        ),
        behaviour=t(f"resize.{key}.behaviour") if own else u.behaviour,
        activity=_ACTIVITIES[key] if own else u.activity,
        goal_type=GoalType.HABIT if key in _BY_HABIT else u.goal_type,
        target=None if own else u.target,
        deadline=None,
        later_deadlines=(),
        dates=(),
    )
