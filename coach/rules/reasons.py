"""What got in the way of a session: ten codes, and what to say and offer after each.

tm time · ti tired · fo forgot · mo mood · st stress · si ill · tr travel · ha too hard ·
ex other people or home · ot other.
"""

from coach.catalogue import texts
from coach.rules import intents, phrasebook
from coach.rules.reply_slots import UNKNOWN
from coach.values import GoalType, Progress
from coach.weeks import AfterReason, ObstaclePlan

ILL, TRAVEL, OTHER = "si", "tr", "ot"
CODES = ("tm", "ti", "fo", "mo", "st", ILL, TRAVEL, "ha", "ex", OTHER)
EXCUSED = (ILL, TRAVEL)
"""Reasons that take a session out of the count."""

_BY_INTENT = {
    "ill": ILL,
    "heavy": "st",
    "medical": ILL,
    "self_blame": "mo",
    "tired": "ti",
    "forgot": "fo",
    "no_time": "tm",
    "travel": TRAVEL,
    "stress": "st",
    "mood": "mo",
    "too_hard": "ha",
    "doubt": "ha",
    "too_easy": "mo",
    "urge": "mo",
}


def classify(text: str, language: str = "en") -> str:
    """Return the code of what got in the way; OTHER when the words tell of none."""
    plain = phrasebook.plain(text)
    if phrasebook.any_of(phrasebook.table("check_in", language)["people"]).search(plain):
        return "ex"
    found = (_BY_INTENT.get(intent) for intent in intents.all_of(text, language))
    return next((code for code in found if code), OTHER)


def named(text: str, language: str) -> str | None:
    """Return the code of a reason a text gives beside something else; None without one."""
    code = classify(text, language)
    return None if code == OTHER else code


def label(code: str, language: str) -> str:
    """Name a reason in a few words that fit into a sentence."""
    return texts(language)(f"reason.{code}")


def answer(code: str, p: Progress) -> ObstaclePlan | None:
    """Return the if-then plan for a reason; illness and "other" have none."""
    t = texts(p.language)
    group = "obstacle.quit" if p.goal_type is GoalType.QUIT else "obstacle"
    reminder = f"activity.{p.activity or 'other'}.reminder"
    known = {"minimum": p.minimum, "action": p.action, "reminder": t(reminder)}
    needed = {name: value or UNKNOWN for name, value in known.items()}
    key = f"{group}.{code}"
    if f"{key}.if" not in t:
        return None
    then = t(f"{key}.then", **needed)
    return None if UNKNOWN in then else ObstaclePlan(code, t(f"{key}.if", **needed), then)


def after(code: str, p: Progress) -> AfterReason:
    """Answer a reason: a line of understanding and one option; a pause for illness and travel."""
    t, planned = texts(p.language), own_plan(code, p)
    if code in EXCUSED:
        return AfterReason(_joined(planned, t(f"after.{code}")), pause=True)
    plan = answer(code, p)
    if plan is None:
        return AfterReason(_joined(planned, t("after.ot")))
    seen = _joined(planned, t(f"after.{code}"))
    if planned and (plan.when, plan.then) == (p.obstacle, p.obstacle_then):
        return AfterReason(seen)
    offer = t("after.plan", when=plan.when, then=plan.then)
    return AfterReason(f"{seen} {offer}", t(f"after.{code}.option"), plan)


def own_plan(code: str, p: Progress) -> str:
    """Repeat the if-then plan somebody made for this very obstacle; empty for another.

    Nobody who is ill is reminded of one.
    """
    if (
        code in ("", ILL, OTHER)
        or code != p.obstacle_reason
        or not (p.obstacle and p.obstacle_then)
    ):
        return ""
    return texts(p.language)("after.own_plan", when=p.obstacle, then=p.obstacle_then)


def by_intent(intent: str) -> str:
    """Return the code of the reason that an intent tells of; empty for none."""
    return _BY_INTENT.get(intent, "")


def _joined(planned: str, text: str) -> str:
    return f"{planned} {text}" if planned else text
