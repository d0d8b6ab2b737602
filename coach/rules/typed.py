"""Read a typed answer to one question."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from coach.rules import extraction, lexicon, typed_amounts, typed_times, vague
from coach.values import GoalUnderstanding, Mode, Slot

Answer = Callable[[GoalUnderstanding, str, datetime], GoalUnderstanding | None]
_MOST_WORDS = 40


def answer(u: GoalUnderstanding, slot: Slot, words: str, now: datetime) -> GoalUnderstanding | None:
    """Return *u* with the typed answer to *slot*; None when it could not be read.

    A reason that is given instead of an answer is kept as the reason, where none is known.
    """
    if (answered := _READERS[slot](u, words, now)) is not None:
        return answered
    why = None if u.why else extraction.why_of(words.strip(" .!"), u.language)
    return replace(u, why=why) if why else None


def is_unsure(words: str, language: str) -> bool:
    """Tell whether somebody leaves the choice to us: "not sure", "you decide"."""
    return lexicon.pattern(f"{language}/answers", "unsure").match(words) is not None


def _meaning(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding:
    """Take the picture in; when it names something to do, that becomes the goal's behaviour."""
    said = extraction.understand(words, now, u.language)
    clear = said.activity != "other"
    return replace(
        u,
        meaning=words,
        vague=False,
        domain=said.domain if clear else u.domain,
        activity=said.activity if clear else u.activity,
        goal_type=said.goal_type or u.goal_type,
        behaviour=said.behaviour if clear and not vague.is_vague(said) else u.behaviour,
        baseline=u.baseline or said.baseline,
        target=u.target or said.target,
    )


def _summary(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding:
    """Yes keeps it, no asks for the meaning, anything longer says it anew."""
    if lexicon.pattern(f"{u.language}/answers", "yes").match(words):
        return u
    if lexicon.pattern(f"{u.language}/answers", "no").fullmatch(words.strip(" .!")):
        return replace(u, vague=True, meaning=None)
    again = extraction.understand(words, now, u.language)
    told = again.goal_type is not None or again.numbers or again.dates
    return (
        replace(again, asked=u.asked, notes=(*u.notes, u.text), vague=vague.is_vague(again))
        if told
        else _meaning(u, words, now)
    )


def _mode(u: GoalUnderstanding, words: str, _: datetime) -> GoalUnderstanding | None:
    if lexicon.pattern(f"{u.language}/answers", "in_steps").search(words):
        return replace(u, mode=Mode.STEPS)
    if lexicon.pattern(f"{u.language}/answers", "stop_at_once").search(words):
        return replace(u, mode=Mode.STOP)
    return None


def _obstacle(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take what gets in the way; somebody who sees nothing names no obstacle by saying so."""
    if lexicon.pattern(f"{u.language}/answers", "nothing").fullmatch(words.strip(" .!")):
        return replace(u, obstacle=None)
    return _in_words("obstacle")(u, words, now)


def _in_words(name: str) -> Answer:
    """Build a reader that takes the words as they are."""

    def take(u: GoalUnderstanding, words: str, _: datetime) -> GoalUnderstanding | None:
        fits = 0 < len(words.split()) <= _MOST_WORDS
        return replace(u, **{name: words.strip(" .")}) if fits else None

    return take


_READERS: dict[Slot, Answer] = {
    Slot.MEANING: _meaning,
    Slot.DATE_ORDER: typed_times.date_order,
    Slot.SUMMARY: _summary,
    Slot.OWN_PART: _in_words("own_part"),
    Slot.AMOUNT: typed_amounts.amount,
    Slot.FREQUENCY: typed_amounts.frequency,
    Slot.HOURS: typed_amounts.hours,
    Slot.BASELINE: typed_amounts.baseline,
    Slot.DEADLINE: typed_times.deadline,
    Slot.SCOPE: _in_words("scope"),
    Slot.MODE: _mode,
    Slot.TRIGGERS: _in_words("triggers"),
    Slot.WHY: _in_words("why"),
    Slot.DAYS: typed_times.days,
    Slot.TIME: typed_times.time_of_day,
    Slot.OBSTACLE: _obstacle,
    Slot.MINIMUM: _in_words("minimum"),
    Slot.WORDING: _in_words("wording"),
}
