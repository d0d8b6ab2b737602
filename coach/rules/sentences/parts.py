"""What every first line is made of: the goal, its words, and when a session counts as done."""

from dataclasses import dataclass
from datetime import date

from coach import formats
from coach.catalogue import Catalogue
from coach.rules import amounts, day_parts, paces, phrases, splices, wording
from coach.rules.goal import Goal
from coach.values import GoalType, GoalUnderstanding, Quantity

_SHORT_THING = 3
_PEOPLE = ("clients", "people", "items")  # spoken to or anything at all, not "done"
_UNKNOWN = "\0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a kind of goal decides: the line, when it counts as done, and the target."""

    line: str
    measure: str
    target: str | None = None
    size: Quantity | None = None  # the amount of one session
    added: tuple[str, ...] = ()  # what was worked out for the person, in words


def verb_phrase(goal: Goal) -> str:
    """Return what is done in a session: the person's words for a habit, else the activity's."""
    u, t, cut = goal.u, goal.t, wording.patterns(goal.u.language).cut
    if u.own_part:
        if f"part.{u.own_part}" in t:
            return t(f"part.{u.own_part}")
        part = cut["lead_in"].sub("", u.own_part, count=1)
        return phrases.first_lower(part.rstrip(" ."))
    own = cut["filler"].sub("", u.behaviour).strip()
    unclear = u.vague and (u.activity == "other" or cut["state"].match(own))
    as_said = u.goal_type is not GoalType.OUTCOME and goal.kind != "practising"
    if as_said and own and not unclear:
        return own
    return _practice(goal)


def _practice(goal: Goal) -> str:
    """Return the weekly action behind an outcome, with its subject where there is one."""
    u, t = goal.u, goal.t
    if subject := wording.subject(goal.kind, u.text, u.language):
        return t(f"activity.{goal.kind}.{subject[0]}", subject=subject[1])
    if own := _own_practice(goal):
        return own
    thing = phrases.uncounted(phrases.thing_of(u.behaviour, u.language))
    thing = splices.of(u.language)["in_a_row"].sub("", thing)
    named = thing != u.behaviour and 0 < len(thing.split()) <= _SHORT_THING
    if named and goal.kind == "exercises":
        return t("activity.exercises.practise", thing=thing)
    if named and goal.kind in ("language", "instrument"):
        return t(f"activity.{goal.kind}.do_with", subject=phrases.undetermined(thing, t.language))
    return t(f"activity.{goal.kind}.do")


def _own_practice(goal: Goal) -> str | None:
    """Return the person's own words as what goes on, for what has no activity of its own."""
    u, splice = goal.u, splices.of(goal.u.language)
    if goal.kind not in ("practising", "other") or not u.behaviour:
        return None
    thing = splice.ongoing(splice["skill"].sub("", u.behaviour, count=1))
    return goal.t(f"activity.{goal.kind}.do_with", thing=thing)


def session_amount(goal: Goal) -> Quantity | None:
    """Return the amount that is said: the person's, or the default where a length makes sense."""
    u, settled = goal.u, goal.settled
    if pages := paces.pages(u, settled, goal.today):
        return pages
    wish = settled.wish
    if not _is_said(u) and wording.patterns(u.language).cut["at_most"].search(u.text):
        return None  # what is limited has no size to reach
    if goal.kind == "exercises" and u.goal_type is GoalType.OUTCOME:
        return None  # the plan counts them week by week
    if not _is_said(u) and settled.per_week > 7 and wish and amounts.span(wish.unit) == "day":
        return None  # "8 times a day" was said; a size of ours for the whole day would hide it
    said = settled.weekly or _is_said(u)
    if said or wish is None or amounts.base(wish.unit) not in amounts.DURATIONS:
        return wish
    behaviour = verb_phrase(goal)
    own = u.behaviour.startswith(behaviour.split(" ")[0])
    return None if own and wording.takes_a_moment(behaviour, u.language) else wish


def _is_said(u: GoalUnderstanding) -> bool:
    """Tell whether the person gave the amount; "10 minutes a day" is 10 minutes a session."""
    return u.amount is not None and any(
        one.value == u.amount.value and amounts.same_thing(one, u.amount) for one in u.numbers
    )


def what(goal: Goal, behaviour: str, wish: Quantity | None) -> str:
    """Say behaviour, amount, how often and when in one breath."""
    u, t, settled = goal.u, goal.t, goal.settled
    if settled.weekly:
        whole, count = settled.weekly, len(settled.days)
        weekly = amounts.span(whole.unit) == "week"
        sessions = t.n("often.sessions", count, count=count)
        how = sessions if weekly else phrases.how_often(u, settled.per_week, t)
        return joined(phrases.with_amount(behaviour, whole, t, u.text), how, *when(goal))
    often = phrases.how_often(u, settled.per_week, t)
    if wish and often == t("often.payday"):  # that says "a month" already
        wish = Quantity(wish.value, amounts.base(wish.unit))
    said = sized(goal, behaviour, wish)
    spans = ("day", "week", "month") if wish and amounts.is_money(wish.unit) else ("day", "month")
    if wish and amounts.span(wish.unit) in spans:
        return joined(f"{said} {often}" if u.days and len(u.days) < 7 else said, *when(goal))
    # "3 times a week" stands apart; "every day" and "on weekdays" follow closely.
    close = not often[0].isdigit()
    return joined(f"{said} {often}" if close else f"{said}, {often}", *when(goal))


def sized(goal: Goal, behaviour: str, wish: Quantity | None) -> str:
    """Put the amount of a session into what is done in it."""
    t = goal.t
    if (
        wish
        and f"activity.{goal.kind}.do_sized" in t
        and behaviour == t(f"activity.{goal.kind}.do")
    ):
        return t(f"activity.{goal.kind}.do_sized", amount=amounts.said(wish, t))
    if wish and amounts.base(wish.unit) == "clock":
        key = "phrase.at" if goal.kind == "rising" else "phrase.by"
        return t(key, behaviour=behaviour, amount=amounts.said(wish, t))
    return phrases.with_amount(behaviour, wish, t, goal.u.text)


def when(goal: Goal) -> list[str]:
    """List the person's cue and time."""
    u, t = goal.u, goal.t
    said = [u.cue] if u.cue else []
    if part := day_parts.meant(u):
        heard = f"{u.behaviour} {phrases.how_often(u, goal.settled.per_week, t)}"
        return said if said or wording.day_part(heard, u.language) == part else [t(f"when.{part}")]
    if u.at and goal.settled.has_a_time:
        said.append(t("when.at", at=formats.clock(u.at)))
    return said


def joined(*parts: str) -> str:
    """Join what is there with commas."""
    return ", ".join(part for part in parts if part)


def long_date(on: date, t: Catalogue) -> str:
    """Write a day with its weekday and year: "Sunday 18 April 2027"."""
    return formats.day(on, t("date.long"), t.language)


def by_date(goal: Goal, on: date) -> str:
    """Write the deadline, with the span it was said as: "Monday 1 February 2027, in 10 weeks"."""
    day, found = long_date(on, goal.t), goal.u.deadline
    if found and found.other:
        return goal.t("date.ambiguous", text=found.text, date=day)
    spelled = found and splices.of(goal.u.language)["counted_span"].search(found.text)
    return f"{day}, {found.text.lower()}" if found and spelled else day


def short_size(goal: Goal, size: Quantity) -> str:
    """Say the size of a session in a plan's short figure: "14 min", "3 sets of 12"."""
    t = goal.t
    if sets := splices.of(t.language)["sets"].search(goal.u.behaviour):
        return f"{sets[0]} {amounts.number(size.value, t)}"
    return amounts.short(size, t)


def measure(goal: Goal, wish: Quantity | None) -> str:
    """Say when a session counts as done."""
    t, settled = goal.t, goal.settled
    if wish and (sets := splices.of(t.language)["sets"].search(goal.u.behaviour)):
        thing = goal.u.behaviour[sets.end() :].strip()
        return t("measure.reps", n=f"{sets[0]} {amounts.number(wish.value, t)}", thing=thing)
    if wish and amounts.base(wish.unit) == "reps":
        whole = phrases.thing_of(verb_phrase(goal), t.language)
        thing = phrases.undetermined(whole, t.language)
        return t("measure.reps", n=amounts.number(wish.value, t), thing=thing)
    size = Quantity(wish.value, amounts.base(wish.unit)) if wish else None
    if size and _counts_otherwise(size, settled.activity.unit):
        named = amounts.unit_noun(size.value, size.unit, t)
        return t("measure.units", amount=amounts.said(size, t)) if named else t("measure.done")
    said = t(f"activity.{goal.kind}.measure", amount=amounts.said(size, t) if size else _UNKNOWN)
    return t("measure.done") if _UNKNOWN in said else said


def _counts_otherwise(size: Quantity, unit: str) -> bool:
    """Tell whether the person counts in something else than time or the activity's own unit."""
    if size.unit in _PEOPLE:
        return False
    timed = size.unit in (*amounts.DURATIONS, *amounts.DISTANCES, "clock")
    return not timed and not amounts.is_money(size.unit) and size.unit != amounts.base(unit) != "l"
