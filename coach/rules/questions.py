"""The questions still worth asking about a goal: at most three in all, each with taps."""

from datetime import datetime

from coach.catalogue import Catalogue, texts
from coach.rules import choices, slots
from coach.values import GoalType, GoalUnderstanding, Question, Slot

# What a question is called in evaluations.
CODES = {
    Slot.MEANING: "ask_meaning",
    Slot.DATE_ORDER: "ask_date_order",
    Slot.SUMMARY: "ask_confirm_summary",
    Slot.OWN_PART: "ask_own_part",
    Slot.AMOUNT: "ask_amount",
    Slot.FREQUENCY: "ask_frequency",
    Slot.HOURS: "ask_hours",
    Slot.BASELINE: "ask_baseline",
    Slot.DEADLINE: "ask_deadline",
    Slot.SCOPE: "ask_scope",
    Slot.MODE: "ask_mode",
    Slot.TRIGGERS: "ask_triggers",
    Slot.DAYS: "ask_when",
    Slot.TIME: "ask_when",
}


def remaining(u: GoalUnderstanding, now: datetime) -> tuple[Question, ...]:
    """Return what is still worth asking, three questions in all with those asked before."""
    counted = [slot for slot in u.asked if slot in _COUNTED]
    room = max(0, slots.MOST - len(counted))
    open_ = slots.missing(u)
    wanted = [slot for slot in open_ if slot is not Slot.WHY]
    if Slot.WHY in open_ and len(wanted) + len(counted) < 2 and len(counted) < 2:
        wanted.append(Slot.WHY)
    return tuple(ask(u, slot, now) for slot in wanted[:room])


def ask(u: GoalUnderstanding, slot: Slot, now: datetime) -> Question:
    """Word the question for *slot*, with answers that fit this goal."""
    t = texts(u.language)
    return Question(slot, t(_key(u, slot, t), **_values(u, slot, now, t)), choices.of(u, slot, now))


def schedule_codes(u: GoalUnderstanding) -> tuple[str, ...]:
    """Return the code of what is asked later about days and time, when either is open."""
    return () if slots.knows_days(u) and slots.knows_time(u) else ("ask_when",)


_COUNTED = frozenset((*CODES, Slot.WHY)) - {Slot.DAYS, Slot.TIME}


def _key(u: GoalUnderstanding, slot: Slot, t: Catalogue) -> str:
    """Return the most particular wording there is: by activity, by type, or the plain one."""
    kinds = (u.activity, str(u.goal_type or GoalType.HABIT), str(u.domain))
    keys = (f"question.{slot}.{kind}" for kind in kinds)
    return next((key for key in keys if key in t), f"question.{slot}")


def _values(u: GoalUnderstanding, slot: Slot, now: datetime, t: Catalogue) -> dict[str, str]:
    if slot is not Slot.DATE_ORDER:
        return {}
    found = next(one for one in u.dates if one.other)
    days = choices.both_days(found, t)
    return {"text": found.text, "first": days[0], "second": days[1]}
