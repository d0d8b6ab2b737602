"""Whose texts and figures fit a goal: its activity's, or those of leaving or of a project."""

from coach.rules import amounts, templates, wording
from coach.values import Domain, GoalType, GoalUnderstanding, Mode

_LEFT = frozenset(
    (
        "smoking",
        "vaping",
        "cannabis",
        "alcohol",
        "caffeine",
        "sugar",
        "nails",
        "hands",
        "gambling",
        "spending",
    )
)
_LEFT_INSTEAD = {"screen_time": "scrolling", "meals": "swapping"}
_SMALL = ("other", "declutter", "cleaning")  # acts of a moment among them get texts of their own
_PROJECTS = frozenset(("writing", "coding"))
_BY_ROAD = {"writing": "writing", "clearing": "declutter"}
# What a vague wish begins with when the person leaves the choice to us.
_BY_DOMAIN = {
    Domain.FITNESS: "walking",
    Domain.NUTRITION: "greens",
    Domain.SLEEP: "bedtime",
    Domain.MIND: "meditation",
    Domain.DIGITAL: "screen_time",
    Domain.LEARNING: "studying",
    Domain.CAREER: "piece",
    Domain.MONEY: "tracking",
    Domain.CREATIVE: "making",
    Domain.RELATIONSHIPS: "contact",
    Domain.ORGANISATION: "declutter",
    Domain.OTHER: "walking",
}

# What the person's own part of somebody else's decision comes to.
_BY_PART = {
    "talk": "talk",
    "listen": "talk",
    "invite": "contact",
    "ask_boss": "piece",
    "show_work": "piece",
    "earn_step": "piece",
    "learn_skill": "studying",
    "apply": "job_search",
    "network": "outreach",
    "reach_out": "outreach",
    "budget": "tracking",
    "save_part": "saving",
    "publish": "making",
}


def of(u: GoalUnderstanding) -> str:
    """Return the key of the activity whose texts and figures are used."""
    if u.goal_type is GoalType.QUIT:
        return _left(u)
    if u.goal_type is GoalType.PROJECT:
        return u.activity if u.activity in _PROJECTS else _BY_ROAD.get(templates.name(u), "project")
    if u.own_part in _BY_PART:
        return _BY_PART[u.own_part]
    if u.amount and amounts.base(u.amount.unit) == "steps":
        return "steps"
    if is_about_others(u):
        return "talk"
    if u.vague and u.activity == "other":
        return _BY_DOMAIN.get(u.domain, "other")
    if is_about_hours_of_sleep(u):
        return "sleeping"
    kind = wording.kind_of(u.activity, u.text, u.language)
    habit = u.goal_type is not GoalType.OUTCOME
    small = habit and kind in _SMALL and wording.takes_a_moment(u.behaviour, u.language)
    return "small" if small else kind


def _left(u: GoalUnderstanding) -> str:
    less = u.target or (u.amount if u.mode is Mode.STEPS else None)
    if u.activity == "screen_time" and less and less.value and u.mode is not Mode.STOP:
        return "screen_time"
    kind = wording.kind_of(f"leave_{u.activity}", u.text, u.language).removeprefix("leave_")
    if kind in _LEFT:
        return kind
    return _LEFT_INSTEAD.get(kind) or wording.kind_of("leave", u.text, u.language)


def is_about_hours_of_sleep(u: GoalUnderstanding) -> bool:
    """Tell whether the text is about how long somebody sleeps, and not about a time of day."""
    sized = u.amount is not None and amounts.base(u.amount.unit) == "h"
    return sized and u.activity == "bedtime"


def is_about_others(u: GoalUnderstanding) -> bool:
    """Tell whether the text wants something of somebody else and holds nothing of one's own."""
    return u.goal_type is None and not u.behaviour and not u.vague and u.own_part is None
