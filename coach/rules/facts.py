"""What a resolution owes to the person and what it added; nothing they said may get lost."""

import re

from coach.catalogue import Catalogue
from coach.rules import amounts, calendar, phrases, roles, things, times
from coach.rules.goal import Goal
from coach.rules.sentences import outcome, parts
from coach.values import FoundDate, GoalType, Quantity, Resolution

_WEEKS = {GoalType.PROJECT: 6}
_WEEKS_OTHERWISE = 8
_BARE = ("", "count", "people", "items")
_SIMPLE_FREQUENCIES = (1.0, 7.0)  # said as "every Sunday", "every day"


def said(goal: Goal) -> tuple[str, ...]:
    """List the person's numbers and dates in our words."""
    dates = (*goal.u.dates, *goal.u.later_deadlines)
    words = [_in_words(q, goal) for q in goal.u.numbers] + [_day(found, goal) for found in dates]
    cue = [goal.u.cue] if goal.u.cue else []
    return tuple(dict.fromkeys(words + cue))


def missing(resolution: Resolution, goal: Goal) -> tuple[str, ...]:
    """List the person's facts that no line of the card holds."""
    lines = (resolution.line, resolution.target, resolution.measure, resolution.first_step)
    said = (*lines, resolution.why, *resolution.suggestions)
    text = " ".join(filter(None, said))
    numbers = [q for q in goal.u.numbers if not _number_in(text, q, goal)]
    dates = [f for f in (*goal.u.dates, *goal.u.later_deadlines) if not _date_in(text, f, goal)]
    words = [_in_words(q, goal) for q in numbers] + [_day(found, goal) for found in dates]
    return tuple(dict.fromkeys(words))


def _number_in(text: str, quantity: Quantity, goal: Goal) -> bool:
    quantity = amounts.handy(quantity)
    thing = amounts.base(quantity.unit)
    if thing in ("times", "sessions") and quantity.value in _SIMPLE_FREQUENCIES:
        return True
    if thing == "clock":
        typed = [roles.as_clock(one.at) for one in times.find(text)]
        return quantity in typed
    # 4,200, 4.200 and 4 200 are the same number.
    figure = re.escape(amounts.number(quantity.value, goal.t)).replace(",", "[., ]?")
    return re.search(rf"(?<![\d.,:]){figure}(?:[.,]0+)?(?![\d:]|[.,]\d)", text) is not None


def _date_in(text: str, found: FoundDate, goal: Goal) -> bool:
    days = (found.first, found.last, calendar.due(found))
    return any(parts.long_date(day, goal.t) in text for day in days) or found.text in text


def _in_words(quantity: Quantity, goal: Goal) -> str:
    if goal.u.goal_type is GoalType.QUIT and amounts.span(quantity.unit) == "day":
        return things.a_day(goal.u, goal.kind, quantity, goal.t)
    if amounts.base(quantity.unit) in _BARE:
        return _with_its_noun(quantity, goal)
    return amounts.said(quantity, goal.t)


def _with_its_noun(quantity: Quantity, goal: Goal) -> str:
    """Say a number with the words around it that the person gave it."""
    number = amounts.said(quantity, goal.t)
    figure = re.escape(number).replace(",", "[., ]?")
    before, after = r"(?P<before>(?:[^\W\d_]+ ){0,2})", r"(?P<after>(?:\s+[^\W\d_]{3,}){0,2})"
    typed = re.search(rf"(?<![\w.,]){before}{figure}\b{after}", goal.u.text)
    if typed is None:
        return number
    return f"{number}{typed['after']}" if typed["after"] else f"{typed['before']}{number}"


def _day(found: FoundDate, goal: Goal) -> str:
    if found.other is not None:
        return found.text  # two readings: only the person knows which
    return parts.long_date(calendar.due(found), goal.t)


def suggested(goal: Goal, sentence: parts.Sentence) -> tuple[str, ...]:
    """List what we added, in words."""
    t, settled, u = goal.t, goal.settled, goal.u
    added = sentence.added
    quits = u.goal_type is GoalType.QUIT
    paid = settled.activity.key in outcome.MONEY
    words = {
        "amount": _amount_in(sentence, t) if not added and not quits else "",
        "frequency": "" if quits or paid else phrases.how_often(u, settled.per_week, t),
        "cue": t("suggestion.trigger") if quits else t("suggestion.cue"),
        "minimum": t("suggestion.minimum"),
    }
    chosen = [words[key] for key in settled.assumed if words.get(key)]
    return (*chosen, *added, *_no_end(goal))


def _amount_in(sentence: parts.Sentence, t: Catalogue) -> str:
    said = amounts.said(sentence.size, t) if sentence.size else ""
    return said if said in sentence.line else ""


def _no_end(goal: Goal) -> tuple[str, ...]:
    if goal.settled.deadline:
        return ()
    weeks = _WEEKS.get(goal.u.goal_type or GoalType.HABIT, _WEEKS_OTHERWISE)
    return (goal.t("suggestion.no_end", weeks=weeks),)
