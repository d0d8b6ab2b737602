"""Which slots of a goal are worth asking for, in which order: the fewest that change the plan."""

from collections.abc import Iterator

from coach.rules import behaviour, domains, kinds, lexicon, normalise, wording
from coach.values import Domain, GoalType, GoalUnderstanding, Mode, Slot

MOST = 3
_WITHOUT_SIZE = ("contact", "saving", "debt", "weight", "screen_time", "meals")
_ALL_DAY = ("water", "steps", "screen_time")
_WITHOUT_FREQUENCY = (*_ALL_DAY, "saving", "debt")
_ONCE_A_TIME = ("sleeping", "talk")  # every night, or as often as it takes
_SKILLS = ("language", "instrument")
_WITH_HOURS = ("studying", "language", "instrument", "writing", "making", "outreach", "job_search")
_IN_STEPS = (
    "smoking",
    "vaping",
    "alcohol",
    "cannabis",
    "caffeine",
    "sugar",
    "screen_time",
    "gambling",
)
_COUNTED_NOW = ("smoking", "vaping", "alcohol", "cannabis", "caffeine", "sugar", "screen_time")
_STARTS_FROM_NOTHING = ("declutter",)


def missing(u: GoalUnderstanding) -> tuple[Slot, ...]:
    """Return the open slots of *u* by weight, those asked or left to us not included."""
    done = {*u.asked, *u.chosen_for_me}
    return tuple(slot for slot in _wanted(u) if slot not in done)


def depends_on_others(u: GoalUnderstanding) -> bool:
    """Tell whether somebody else, or luck, decides the result."""
    return lexicon.pattern(f"{u.language}/own_part", "patterns").search(_core(u)) is not None


def knows_days(u: GoalUnderstanding) -> bool:
    """Tell whether the days of the week are settled: named, or every day."""
    return bool(u.days) or (u.per_week or 0) >= 7 or Slot.DAYS in u.chosen_for_me


def knows_time(u: GoalUnderstanding) -> bool:
    """Tell whether the time of day is settled: a time, a cue, or a part of the day."""
    part = lexicon.wording("slots", "part_of_day", u.language).search(u.text) is not None
    return u.at is not None or u.cue is not None or part or Slot.TIME in u.chosen_for_me


def _core(u: GoalUnderstanding) -> str:
    line = normalise.one_line(u.text)
    return line[slice(*behaviour.core(line, u.language))]


def _wanted(u: GoalUnderstanding) -> Iterator[Slot]:
    if u.vague and u.meaning is None:
        yield Slot.MEANING
    if any(one.other for one in u.dates):
        yield Slot.DATE_ORDER
    yield from {
        GoalType.HABIT: _habit,
        GoalType.OUTCOME: _outcome,
        GoalType.PROJECT: _project,
        GoalType.QUIT: _quit,
    }[u.goal_type or GoalType.HABIT](u)


def _habit(u: GoalUnderstanding) -> Iterator[Slot]:
    sized = u.amount is not None or u.hours_per_week is not None or u.target is not None
    quick = wording.takes_a_moment(u.behaviour, u.language)
    if not sized and not quick and u.activity not in _WITHOUT_SIZE:
        yield Slot.AMOUNT
    often = u.per_week is not None or bool(u.days) or _over_time(u)
    regular = u.activity in _WITHOUT_FREQUENCY or kinds.of(u) in _ONCE_A_TIME
    if not often and u.hours_per_week is None and not regular:
        yield Slot.FREQUENCY
    bodily = u.activity in domains.PHYSICAL or u.activity in _SKILLS
    if bodily and not _told_now(u):
        yield Slot.BASELINE
    if u.why is None and not (sized and often) and not u.vague:
        yield Slot.WHY


def _over_time(u: GoalUnderstanding) -> bool:
    """Tell whether the amount says how often itself: "5 applications a week"."""
    return u.amount is not None and ("/" in u.amount.unit or u.amount.unit.startswith("per "))


def _outcome(u: GoalUnderstanding) -> Iterator[Slot]:
    if u.own_part is None and depends_on_others(u):
        yield Slot.OWN_PART
    if not _told_now(u):
        yield Slot.BASELINE
    if u.deadline is None:
        yield Slot.DEADLINE
    if u.hours_per_week is None and u.amount is None and u.activity in _WITH_HOURS:
        yield Slot.HOURS
    if u.why is None:
        yield Slot.WHY


def _project(u: GoalUnderstanding) -> Iterator[Slot]:
    """Ask for date and hours first: without them no week can be sized."""
    if u.deadline is None:
        yield Slot.DEADLINE
    if u.hours_per_week is None and u.amount is None:
        yield Slot.HOURS
    line = normalise.one_line(u.text)
    if (
        u.scope is None
        and not u.target
        and not lexicon.pattern(f"{u.language}/roles", "scope").search(line)
    ):
        yield Slot.SCOPE
    begun = lexicon.pattern(f"{u.language}/roles", "begun").search(line) is not None
    if u.baseline is None and not begun and u.activity not in _STARTS_FROM_NOTHING:
        yield Slot.BASELINE
    if u.why is None:
        yield Slot.WHY


def _quit(u: GoalUnderstanding) -> Iterator[Slot]:
    if u.triggers is None:
        yield Slot.TRIGGERS
    if u.mode is None and u.target is None and u.activity in _IN_STEPS:
        yield Slot.MODE
    if u.baseline is None and not (u.mode is Mode.STOP and u.target):
        if u.activity in _COUNTED_NOW:
            yield Slot.BASELINE
        elif u.amount is None:
            yield Slot.AMOUNT
    dated = u.deadline is not None or u.start is not None or u.mode is Mode.STEPS or bool(u.days)
    if not dated and u.activity in _IN_STEPS:
        yield Slot.DEADLINE


def _told_now(u: GoalUnderstanding) -> bool:
    """Tell whether the person said where they are now, in figures or in words."""
    if u.baseline is not None or (
        u.domain is Domain.OTHER and u.activity == "other" and not u.target
    ):
        return u.baseline is not None or u.goal_type is GoalType.HABIT
    line = normalise.one_line(u.text)
    return lexicon.pattern(f"{u.language}/roles", "baseline_words").search(line) is not None
