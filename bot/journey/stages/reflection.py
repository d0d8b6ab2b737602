"""The one line after an answer: what it comes to, from the person's own days. Pure facts."""

from dataclasses import replace
from datetime import date

from bot.journey.content import Text
from bot.journey.step import text
from coach import doing, lived
from coach.lived import KEPT, Lived, Told
from coach.values import Progress
from coach.weeks import DayState


def with_answer(life: Lived, told: Told) -> Lived:
    """Return the days with one more answer, or one corrected."""
    others = tuple(one for one in life.told if (one.on, one.place) != (told.on, told.place))
    return replace(life, told=(*others, told))


def line(life: Lived, told: Told, before: Told | None, today: date) -> Text:
    """Choose what to say of an answer: the rarest true thing first."""
    number = life.week_on(told.on)
    slots = {
        "done": lived.done(life, number, today),
        "planned": lived.planned(life, number, today),
    }
    if not life.sessions(number):  # done before the plan began, or after it ended
        return text("reflect.unplanned")
    if before is not None:
        return text(f"reflect.changed.{told.state.value}", **slots)
    return text(_key(life, told, slots, today), **slots, k=lived.returns(life, today), day=told.on)


def _key(life: Lived, told: Told, slots: dict[str, int], today: date) -> str:
    if told.state is DayState.PARTLY:
        return "reflect.partly"
    if _came_back(life, told, today):
        return "reflect.back" if lived.returns(life, today) == 1 else "reflect.back_again"
    if slots["planned"] > 1 and slots["done"] == slots["planned"]:
        return "reflect.whole_week"
    if kept_in_all(life) == 1:
        return "reflect.first"
    if told.state is DayState.SMALL:
        return "reflect.small"
    best = doing.progress(life, Progress(), today).best_day
    return "reflect.best_day" if best == told.on.weekday() else "reflect.done"


def _came_back(life: Lived, told: Told, today: date) -> bool:
    without = replace(life, told=tuple(one for one in life.told if one != told))
    return lived.returns(life, today) > lived.returns(without, today)


def kept_in_all(life: Lived) -> int:
    """Count everything done since the plan began."""
    return sum(one.state in KEPT for one in life.told)


def partly_again(life: Lived, told: Told) -> bool:
    """Tell whether the answer before this one was partly as well."""
    earlier = [one for one in life.told if (one.on, one.place) < (told.on, told.place)]
    last = max(earlier, key=lambda one: (one.on, one.place), default=None)
    return last is not None and last.state is DayState.PARTLY and last.reason is None
