"""Read one text: is it safe, is it a goal, what kind, and where does it lead?

The order matters: safety comes first, on every text; orders to the program are cut out
before anything is understood; and a goal is only planned when it is one goal, clear enough
and not too fast.
"""

from dataclasses import replace
from datetime import datetime

from coach import safety_texts
from coach.catalogue import texts
from coach.rules import (
    choices,
    extraction,
    gibberish,
    injection,
    languages,
    not_goals,
    other_goal,
    questions,
    resizing,
    safety,
    spelling,
    splitting,
    summary,
    too_fast,
    vague,
)
from coach.rules.one_reading import reading
from coach.values import (
    Danger,
    GoalType,
    GoalUnderstanding,
    Question,
    Reading,
    Route,
    Safety,
    Slot,
)

_ROUTES = {
    Danger.IMMEDIATE_DANGER: Route.CRISIS,
    Danger.SELF_HARM: Route.CRISIS,
    Danger.VIOLENCE_VICTIM: Route.CRISIS,
    Danger.HARM_OTHERS: Route.REFUSE,
    Danger.ILLEGAL: Route.REFUSE,
    Danger.MINOR: Route.REFUSE,
    Danger.EATING_DISORDER: Route.REFER,
    Danger.MEDICAL: Route.REFER,
    Danger.DEPENDENCE: Route.REFER,
}
_TWO = 2
_BRIEF = 10  # minutes
_ROUTE_CODES = {
    Route.SPLIT: "ask_first",
    Route.RESIZE: "ask_resize",
    Route.REPROMPT: "ask_rephrase",
    Route.CRISIS: "ask_safety",
}


@reading
def read(text: str, now: datetime, language: str = "en", cleared: bool = False) -> Reading:
    """Return where *text* leads and what was understood, in the language it is written in.

    *language* is the one of the conversation: short texts are taken to be in it.
    *cleared* means that the person has answered a doubtful hint ("a figure of speech").
    """
    found = safety.triage(text, cleared)
    language = _read_in(text, language)
    if found.danger in _ROUTES:
        return _stopped(text, found, language)
    sifted = injection.sift(text, language)
    if sifted.found and not sifted.holds_a_goal:
        return _redirected(text, found, language, "reply.injection")
    if gibberish.is_gibberish(sifted.text, language):
        return Reading(
            Route.REPROMPT, found, _bare(text, language), reply=texts(language)("reply.gibberish")
        )
    said = other_goal.behind(spelling.tidy(sifted.text, language), language)
    if summary.is_long(said):
        return _summarised(said, found, now, language)
    return _answered(said, found, now, language) or _goal(said, found, now, language)


def question_codes(reading: Reading) -> tuple[str, ...]:
    """Return what a reading asks, in the codes that evaluations use."""
    first = _ROUTE_CODES.get(reading.route)
    asked = (questions.CODES[one.slot] for one in reading.questions if one.slot in questions.CODES)
    later = questions.schedule_codes(reading.understanding) if _goes_on(reading) else ()
    return tuple(dict.fromkeys((*((first,) if first else ()), *asked, *later)))


def resize(u: GoalUnderstanding, code: str, now: datetime) -> GoalUnderstanding:
    """Turn the way chosen for a goal that is too fast into a workable goal."""
    return resizing.resized(u, too_fast.reason(u, now) or "load", code)


def _read_in(text: str, current: str) -> str:
    """Return the language to read *text* in: its own if we know it, else the current one."""
    own = languages.of(text, current)
    return own.code if own.supported else current


def _goes_on(reading: Reading) -> bool:
    return reading.route in (Route.COACH, Route.CLARIFY)


def _bare(text: str, language: str) -> GoalUnderstanding:
    return GoalUnderstanding(text=text, language=language)


def _stopped(text: str, found: Safety, language: str) -> Reading:
    said = safety_texts.of(found, None, language)
    return Reading(_ROUTES[found.danger], found, _bare(text, language), reply=said)


def _redirected(text: str, found: Safety, language: str, key: str) -> Reading:
    return Reading(Route.REDIRECT, found, _bare(text, language), reply=texts(language)(key))


def _answered(text: str, found: Safety, now: datetime, language: str) -> Reading | None:
    """Answer what is no goal; a wish for somebody else is asked for the person's own part."""
    other = not_goals.recognise(text, language)
    if other is None:
        return None
    t = texts(language)
    if other.kind == "others":
        u = extraction.understand(text, now, language)
        u = replace(u, behaviour="", goal_type=None, vague=False)
        question = questions.ask(replace(u, activity="others"), Slot.OWN_PART, now)
        return Reading(Route.CLARIFY, found, u, (question,), reply=t(other.key))
    reply = t(other.key, fact=other.fact) if other.fact else t(other.key)
    unsure = other.kind == "unsure"
    return Reading(Route.REDIRECT, found, _bare(text, language), reply=reply, unsure=unsure)


def _summarised(text: str, found: Safety, now: datetime, language: str) -> Reading:
    """Boil a long text down, and ask first whether it was understood."""
    core = summary.core(text, language)
    u = _understood(core, now, language)
    t = texts(language)
    said = t("question.summary", summary=summary.short(core))
    first = Question(Slot.SUMMARY, said, choices.of(u, Slot.SUMMARY, now))
    asked = replace(u, asked=(Slot.SUMMARY,))
    return Reading(Route.CLARIFY, found, u, (first, *questions.remaining(asked, now)))


def _goal(text: str, found: Safety, now: datetime, language: str) -> Reading:
    parts = splitting.parts(text, language)
    u = _understood(text, now, language)
    if parts:
        small = _small(parts, now, language)
        return Reading(
            Route.SPLIT, found, u, parts=parts, small=small, reply=_choose(parts, language)
        )
    return led(u, found, now)


def led(u: GoalUnderstanding, found: Safety, now: datetime) -> Reading:
    """Lead one goal on: to a workable size, to questions, or straight to its resolution."""
    u = replace(u, vague=vague.is_vague(u))
    fast = too_fast.reason(u, now)
    if fast:
        ways = resizing.options(fast, u)
        return Reading(Route.RESIZE, found, u, options=ways, reply=resizing.sentence(fast, u))
    asked = questions.remaining(u, now)
    return Reading(Route.CLARIFY if _unclear(u) else Route.COACH, found, u, asked)


def _small(parts: tuple[str, ...], now: datetime, language: str) -> int | None:
    """Find which one of two goals is a tiny habit: ten minutes, or once a week."""
    if len(parts) != _TWO:
        return None
    for place, part in enumerate(parts):
        u = extraction.understand(part, now, language)
        brief = u.amount is not None and u.amount.unit == "min" and u.amount.value <= _BRIEF
        if u.goal_type is GoalType.HABIT and (brief or u.per_week == 1):
            return place
    return None


def _choose(parts: tuple[str, ...], language: str) -> str:
    return texts(language).n("reply.split", len(parts))


def _understood(text: str, now: datetime, language: str) -> GoalUnderstanding:
    u = extraction.understand(text, now, language)
    return replace(u, vague=vague.is_vague(u))


def _unclear(u: GoalUnderstanding) -> bool:
    """Tell whether there is nothing yet to build a resolution on."""
    told = u.numbers or u.dates or u.per_week or u.days or u.cue or u.triggers or u.at
    return u.vague or not told or any(one.other for one in u.dates)
