"""A change somebody wishes for a goal or its plan, in their words.

Readers take what they understand out of the words and leave the rest to the next one:
"4 times and not Mondays" is two wishes, a reason is one. What nobody can read is a new first
line where it words a resolution; a remark about the card is none.
"""

from dataclasses import replace
from datetime import datetime, time

from coach.rules import (
    amounts,
    behaviour,
    date_words,
    day_parts,
    defaults,
    extraction,
    lexicon,
    numbers,
    reshaping,
    roles,
    spelling,
    times,
)
from coach.rules.changes import activity, asked, days, sizes
from coach.rules.changes import times as moments
from coach.values import GoalType, GoalUnderstanding, Quantity, Slot

_FEWEST_WORDS, _MOST_WORDS = 3, 40
_NEAR_HOURS = 2.5
_A_WEEK = 7
_NO_SIZES = ("", "times", "weeks", "months", "days", "years", "nights")


def change(
    u: GoalUnderstanding, words: str, now: datetime, wording: bool = True
) -> GoalUnderstanding | None:
    """Return *u* as *words* wish it; None when they wish for nothing that can be read.

    *wording*: words that word a resolution become the first line; at home they do not.
    """
    bare = spelling.tidy(words, u.language).strip(" .!?¿¡")
    bare = lexicon.wording("revision", "aside", u.language).sub("", bare)
    if any(asked.finds("not_part", bare, u.language)):
        return None  # what is not wanted says no time to change it to
    if whole := _whole(u, bare, now):
        return whole
    changed = _read(u, bare, now)
    if changed == u and (number := _number_alone(bare, u.language)):
        changed = _with_number(u, number, now)
        if changed == u:
            return u  # that number is there already
    if changed and changed != u:
        return _without_old_figures(u, changed)
    if wording and (why := extraction.why_of(bare, u.language)):
        return replace(u, why=why)
    asks = words.rstrip().endswith("?")  # a question about the card is no wording for it
    own = wording and not asks and _words_a_resolution(bare, u)
    return replace(u, wording=bare) if own else None


def _words_a_resolution(words: str, u: GoalUnderstanding) -> bool:
    """Tell whether somebody words their own: "I will …", or it begins with what they do."""
    if not _FEWEST_WORDS <= len(words.split()) <= _MOST_WORDS:
        return False
    if lexicon.pattern(f"{u.language}/answers", "resolves").match(words):
        return True
    did, does = (u.behaviour or "").split(), behaviour.lead_off(words, u.language).split()
    return bool(did and does) and lexicon.bare(did[0]) == lexicon.bare(does[0])


def _number_alone(words: str, language: str) -> float | None:
    """Read "15" and "make it 15": a number that leaves open what it counts."""
    found = lexicon.wording("revision", "number_alone", language).fullmatch(words)
    if found is None:
        return None
    typed = found["n"]
    digits = typed[0].isdigit()
    return numbers.digits(typed) if digits else date_words.words(language).number(typed)


def _with_number(u: GoalUnderstanding, number: float, now: datetime) -> GoalUnderstanding | None:
    """Put *number* in the place of the one they said, or of the session's size; None for none."""
    if u.per_week and not u.amount and not u.target and number <= _A_WEEK:
        said = (Quantity(number, "times/week"), *u.numbers)
        return replace(u, per_week=number, days=(), numbers=said)
    leaves = u.goal_type is GoalType.QUIT
    size = u.target or u.baseline if leaves else u.amount or u.target
    size = size or (None if leaves else defaults.settle(u, now.date()).wish)
    if size is None or size.unit == defaults.CLOCK:
        return None  # "11" may be in the morning or at night
    if size.value == number and size in (u.amount, u.target):
        return u
    found = Quantity(number, size.unit)
    return replace(_resized(u, found), numbers=(found, *u.numbers))


def _whole(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Read wishes that are the whole of the words: easier, no date, another minimum."""
    for how in ("easier", "harder"):
        if lexicon.pattern(f"{u.language}/answers", how).fullmatch(words):
            return reshaping.reshape(u, how, now.date())
    if lexicon.pattern(f"{u.language}/answers", "drop_deadline").search(words):
        return replace(u, deadline=None, later_deadlines=(), dates=())
    match = lexicon.pattern(f"{u.language}/answers", "minimum").match(words)
    minimum = words[match.end() :].strip() if match else ""
    return replace(u, minimum=minimum) if minimum else None


def _without_old_figures(u: GoalUnderstanding, changed: GoalUnderstanding) -> GoalUnderstanding:
    """Forget the numbers that no longer hold, so that no card repeats them."""
    gone = [
        (old.value, amounts.base(old.unit))
        for old, new in ((u.amount, changed.amount), (u.target, changed.target))
        if old and old != new
    ]
    moved = (u.per_week, u.days) != (changed.per_week, changed.days)
    kept = tuple(
        one
        for one in changed.numbers
        if (one.value, amounts.base(one.unit)) not in gone
        and not (moved and one.unit.startswith("times") and one in u.numbers)
    )
    return replace(changed, numbers=kept)


def _read(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding:
    u, words = days.changed(u, words, now.date())
    u, words = sizes.changed(u, words, now.date())
    u, words = moments.changed(u, words, now)
    u, words = activity.changed(u, words, now)
    return _figures(u, words, now) if words else u


def _figures(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding:
    """Overwrite whatever figures, days, times and dates the words name."""
    seen = extraction.look(_as_frequency(words, u.language), now.date(), u.language)
    said = extraction.understand(words, now, u.language)
    sized = (one.quantity for one in seen.amounts if one.unit not in _NO_SIZES)
    size = next(sized, None)
    ahead = [one.found for one in seen.dates if one.found.last > now.date()]
    leaves = u.goal_type is GoalType.QUIT
    at = seen.times[0].at if seen.times and not leaves else None
    found = replace(
        u,
        days=seen.often.days or (() if seen.often.per_week else u.days),
        per_week=seen.often.per_week or u.per_week,
        at=at or (None if said.cue else u.at),
        cue=(None if leaves else said.cue) or _cue_beside(u, at),
        deadline=ahead[0] if ahead else u.deadline,
    )
    if at:
        found = replace(found, text=day_parts.without(u.text, u.language))
    if at and defaults.settle(u, now.date()).activity.unit == defaults.CLOCK:
        found = replace(found, amount=roles.as_clock(at))
    if size is not None and _fits(u, size, now):
        found = _resized(found, roles.as_session(size))
    if found == u:
        return u
    return replace(
        found,
        numbers=(
            *extraction.said_numbers(seen),
            *(one for one in u.numbers if _stays(one.unit, seen)),
        ),
        dates=tuple(one.found for one in seen.dates) or u.dates,
        chosen_for_me=tuple(slot for slot in u.chosen_for_me if slot not in (Slot.DAYS, Slot.TIME)),
    )


def _cue_beside(u: GoalUnderstanding, at: time | None) -> str | None:
    """Keep the person's moment beside a new time, unless the two contradict each other."""
    usual = times.of_cue(u.cue, u.language) if u.cue and at else None
    if at is None or usual is None:
        return u.cue
    apart = abs((at.hour - usual.hour) + (at.minute - usual.minute) / 60)
    return u.cue if apart <= _NEAR_HOURS else None


def _fits(u: GoalUnderstanding, size: Quantity, now: datetime) -> bool:
    """Tell whether a size can be one of this goal: no minutes of coffee, no pages of savings."""
    settled = defaults.settle(u, now.date())
    if settled.activity.unit == "money" or amounts.is_money(size.unit):
        return amounts.is_money(size.unit) and settled.activity.unit == "money"
    if u.goal_type is GoalType.QUIT:
        known = u.target or u.baseline
        lasts = amounts.base(size.unit) in amounts.DURATIONS
        timed = known is not None and amounts.base(known.unit) in amounts.DURATIONS
        return known is None or lasts == timed
    return settled.activity.unit != defaults.CLOCK


def _resized(u: GoalUnderstanding, size: Quantity) -> GoalUnderstanding:
    if u.goal_type is GoalType.QUIT or (u.target and u.target.unit == size.unit):
        return replace(u, target=size)
    return replace(u, amount=size)


def _stays(unit: str, seen: extraction.Seen) -> bool:
    """Tell whether a number said before still holds: nothing of its unit was said anew."""
    again = {one.unit for one in extraction.said_numbers(seen)}
    return unit not in again


def _as_frequency(words: str, language: str) -> str:
    """Read "make it 4 times" and "4x" as times a week."""
    times_a_week: str = lexicon.table(f"{language}/answers")["times_a_week"]
    return lexicon.wording("revision", "bare_count", language).sub(times_a_week, words)
