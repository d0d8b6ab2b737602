"""What a tapped answer means: every code of `options.toml`, slot by slot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from coach.catalogue import texts
from coach.rules import choices, typed_times, vague
from coach.rules.day_arithmetic import later
from coach.values import (
    FoundDate,
    GoalType,
    GoalUnderstanding,
    Mode,
    Slot,
)

Answer = Callable[[GoalUnderstanding, str, datetime], GoalUnderstanding | None]
_HOURS = {"h2": 1.5, "h4": 3.5, "h6": 6.0, "h8": 8.0}
_TIMES = {"m": time(7, 30), "n": time(12, 30), "e": time(19)}
_DAYS = {"weekdays": (0, 1, 2, 3, 4), "weekend": (5, 6)}
_SPANS = {
    "w4": (4, "week"),
    "m3": (3, "month"),
    "d1": (1, "day"),
    "d7": (7, "day"),
    "d14": (14, "day"),
}


def answer(u: GoalUnderstanding, slot: Slot, code: str, now: datetime) -> GoalUnderstanding | None:
    """Return *u* with the tapped answer; None for a code nobody offered."""
    reader = _READERS.get(slot)
    return reader(u, code, now) if reader else None


def _meaning(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    meant = vague.meaning_of(code, u.language)
    if meant is None:
        return None
    activity, goal_type, behaviour = meant
    label = texts(u.language)(f"option.meaning.{code}")
    return replace(
        u, meaning=label, vague=False, activity=activity, goal_type=goal_type, behaviour=behaviour
    )


def _date_order(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    if code not in ("first", "other"):
        return None
    return typed_times.date_settled(u, other=code == "other")


def _summary(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    """A wrong summary makes the goal unclear again, so that its meaning is asked next."""
    if code not in ("yes", "no"):
        return None
    return u if code == "yes" else replace(u, vague=True, meaning=None)


def _amount(u: GoalUnderstanding, code: str, now: datetime) -> GoalUnderstanding | None:
    if u.goal_type is GoalType.QUIT:
        return _now(u, Slot.AMOUNT, code)
    offered = {option.code for option in choices.of(u, Slot.AMOUNT, now)}
    if code not in offered:
        return None
    size = choices.size_of(u, code)
    return replace(u, amount=size, at=typed_times.as_time(size) if size.unit == "clock" else u.at)


def _baseline(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    return _now(u, Slot.BASELINE, code)


def _now(u: GoalUnderstanding, slot: Slot, code: str) -> GoalUnderstanding | None:
    rows = choices.now_choices(u, slot, texts(u.language))
    found = next((row for row in rows if row[0] == code), None)
    if found is None:
        return None
    _, label, quantity = found
    return replace(u, baseline=quantity) if quantity else replace(u, notes=(*u.notes, label))


def _frequency(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    return replace(u, per_week=float(code)) if code in ("2", "3", "5", "7") else None


def _hours(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    return replace(u, hours_per_week=_HOURS[code]) if code in _HOURS else None


def _deadline(u: GoalUnderstanding, code: str, now: datetime) -> GoalUnderstanding | None:
    if code == "none":
        return u
    if code not in _SPANS:
        return None
    day = later(now.date(), *_SPANS[code])
    return _by(u, day, texts(u.language)(f"option.deadline.{code}")) if day else None


def _by(u: GoalUnderstanding, day: date, label: str) -> GoalUnderstanding:
    found = FoundDate(label.lower(), day, day)
    if u.goal_type is GoalType.QUIT:
        return replace(u, start=day)
    return replace(u, deadline=found, dates=(*u.dates, found))


def _mode(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    if code == "unsure":
        return replace(u, chosen_for_me=(*u.chosen_for_me, Slot.MODE))
    return replace(u, mode=Mode(code)) if code in ("stop", "steps") else None


def _scope(u: GoalUnderstanding, code: str, now: datetime) -> GoalUnderstanding | None:
    labels = {option.code: option.label for option in choices.of(u, Slot.SCOPE, now)}
    return replace(u, scope=labels[code].lower()) if code in labels else None


def _own_part(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    known = f"option.own_part.{code}" in texts(u.language)
    return replace(u, own_part=code) if known else None


def _triggers(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    known = f"option.triggers.{code}" in texts(u.language)
    return replace(u, triggers=code) if known else None


def _why(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    known = f"option.why.{code}" in texts(u.language)
    return replace(u, why=code) if known else None


def _days(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    if code not in _DAYS:
        return None
    return replace(u, days=_DAYS[code], per_week=float(len(_DAYS[code])))


def _time(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    return replace(u, at=_TIMES[code]) if code in _TIMES else None


def _obstacle(u: GoalUnderstanding, code: str, _: datetime) -> GoalUnderstanding | None:
    return replace(u, obstacle=code)


_READERS: dict[Slot, Answer] = {
    Slot.MEANING: _meaning,
    Slot.DATE_ORDER: _date_order,
    Slot.SUMMARY: _summary,
    Slot.OWN_PART: _own_part,
    Slot.AMOUNT: _amount,
    Slot.FREQUENCY: _frequency,
    Slot.HOURS: _hours,
    Slot.BASELINE: _baseline,
    Slot.DEADLINE: _deadline,
    Slot.SCOPE: _scope,
    Slot.MODE: _mode,
    Slot.TRIGGERS: _triggers,
    Slot.WHY: _why,
    Slot.DAYS: _days,
    Slot.TIME: _time,
    Slot.OBSTACLE: _obstacle,
}
