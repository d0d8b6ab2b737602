"""Another time of day, or another first day: "an hour later", "in the evening", "from Monday"."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from coach.catalogue import texts
from coach.rules import dates, day_parts, defaults, extraction, lexicon, reshaping, wording
from coach.rules.changes import asked
from coach.values import GoalType, GoalUnderstanding, Quantity, Slot

_STEP = timedelta(hours=1)
_A_DAY = 24.0
_PART_HOURS = 3
_CLOCK = "clock"


def changed(u: GoalUnderstanding, words: str, now: datetime) -> tuple[GoalUnderstanding, str]:
    """Return *u* at the time *words* ask for, and the words that ask for something else."""
    for read in (_begun, _shifted, _parted):
        if done := read(u, words, now):
            return done
    return u, words


def _begun(u: GoalUnderstanding, words: str, now: datetime) -> tuple[GoalUnderstanding, str] | None:
    for found in asked.finds("start_later", words, u.language):
        return reshaping.reshape(u, "later", now.date()), asked.rest(words, found)
    for found in asked.finds("start", words, u.language):
        behind = words[found.end() :]
        if day := dates.first_weekday(behind, now.date(), u.language):
            return replace(u, start=day.found.first), words[: found.start()] + behind[day.end :]
        seen = extraction.look(words[found.start() :], now.date(), u.language)
        if seen.dates:
            one = seen.dates[0]
            return replace(u, start=one.found.first), words[: found.start()] + seen.line[one.end :]
    return None


def _shifted(
    u: GoalUnderstanding, words: str, now: datetime
) -> tuple[GoalUnderstanding, str] | None:
    for found in asked.finds("shift", words, u.language):
        groups = found.groupdict()
        part = day_parts.named(groups.get("part") or "", u.language)
        back = lexicon.either([asked.table(u.language)["backwards"]]).match(found["way"])
        by = _size(groups, u.language) * (-1 if back else 1)
        settled = defaults.settle(u, now.date())
        if settled.activity.unit == _CLOCK and settled.wish:
            later = (settled.wish.value + by.total_seconds() / 3600) % _A_DAY
            clock = replace(u, amount=Quantity(later, _CLOCK), at=None)
            return _unclocked(clock), asked.rest(words, found)
        if settled.at is None or not _has_a_time(u, now):
            return None
        if part and _apart(part, settled.at):
            return _in_part(u, groups["part"] or ""), asked.rest(words, found)
        return at_time(u, _plus(settled.at, by)), asked.rest(words, found)
    return None


def _parted(
    u: GoalUnderstanding, words: str, now: datetime
) -> tuple[GoalUnderstanding, str] | None:
    for wished in (words, _without_refused(words, u.language)):
        for found in asked.finds("part_of_day", wished, u.language):
            if _has_a_time(u, now):
                return _in_part(u, found["part"]), asked.rest(wished, found)
    return None


def _without_refused(words: str, language: str) -> str:
    """Take out the part of the day that does not suit: "mornings don't work, evenings do"."""
    found = next(asked.finds("part_refused", words, language), None)
    return asked.rest(words, found) if found else words


def _apart(part: time, at: time) -> bool:
    """Tell whether a time lies outside a part of the day: then that part is what is wished."""
    return abs(part.hour - at.hour) > _PART_HOURS


def _size(groups: dict[str, str | None], language: str) -> timedelta:
    if hours := groups.get("hours"):
        spelled: dict[str, int] = asked.table(language)["hours"]
        return timedelta(hours=int(hours) if hours.isdigit() else spelled[hours.lower()])
    if minutes := groups.get("minutes"):
        return timedelta(minutes=int(minutes))
    return timedelta(minutes=30) if groups.get("half") else _STEP


def _plus(at: time, by: timedelta) -> time:
    """Move a time of day, never past midnight."""
    moved = datetime.combine(date.min + timedelta(days=1), at) + by
    if moved.date() != date.min + timedelta(days=1):
        return time(23, 30) if by > timedelta() else time(0)
    return moved.time()


def at_time(u: GoalUnderstanding, at: time) -> GoalUnderstanding:
    """Take a time; the moment and the part of the day that were said before are gone."""
    text = day_parts.without(u.text, u.language)
    left = tuple(slot for slot in u.chosen_for_me if slot is not Slot.TIME)
    return _unclocked(replace(u, at=at, cue=None, text=text, chosen_for_me=left))


def _has_a_time(u: GoalUnderstanding, now: datetime) -> bool:
    """Tell whether there are sessions with a time: none for leaving, transfers and whole days."""
    settled = defaults.settle(u, now.date())
    return u.goal_type is not GoalType.QUIT and settled.has_a_time and settled.at is not None


def _in_part(u: GoalUnderstanding, part: str) -> GoalUnderstanding:
    """Take a part of the day as the person's moment."""
    moment = texts(u.language)(f"when.{wording.day_part(part, u.language)}")
    return replace(at_time(u, time(0)), at=None, cue=moment)


def _unclocked(u: GoalUnderstanding) -> GoalUnderstanding:
    kept = tuple(one for one in u.numbers if one.unit != _CLOCK)
    return replace(u, numbers=kept)
