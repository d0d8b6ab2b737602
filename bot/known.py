"""What is known of a person before a turn decides: their goals, and how far they came."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import unescape

from bot import kept as kept_goals
from bot.check_ins.kinds import Kind
from bot.journey.events import Due
from bot.journey.found import DueFound, GoalState, KnownGoal, Nudged
from bot.journey.pictures import StarsGiven
from bot.kept import Kept
from bot.outgoing import plain
from coach import doing, memory
from coach.memory import Fact
from coach.values import Heard, Line, Progress
from storage import (
    facts,
    goals,
    holds,
    messages,
    nudges,
    subjects,
    windows,
)
from storage.aggregates import ratings
from storage.aggregates.scope import Scope
from storage.goals import Goal
from storage.messages import Direction, Message
from storage.people import Person
from storage.ratings import STARS
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction

STARS_DAYS = 30
"""How far back stars are counted."""

DAY = timedelta(days=1)
"""How long after a hold nothing is to be rated."""

_NUDGES = timedelta(days=60)
_WEEK, _HOUR = timedelta(days=7), timedelta(hours=1)
_MOST_SAID = 400
_TALK = 6


def goals_of(transaction: Transaction, person: Person) -> tuple[KnownGoal, ...]:
    """Look up somebody's goals: those with a plan first, then in the order they came."""
    owned = goals.of(transaction, person)
    if not owned:
        return ()
    kept = _kept(transaction, person, owned)
    known = [_known(goal, kept) for goal in owned]
    return tuple(sorted(known, key=lambda one: one.state is not GoalState.ACTIVE))


def due(transaction: Transaction, person: Person, due: Due) -> DueFound:
    """Gather what decides whether anything is said unasked."""
    said = tuple(
        Nudged(Kind(one.kind), one.wording, one.on, one.sent, one.answered)
        for one in nudges.since(transaction, person, due.at - _NUDGES)
    )
    silent = (due.at - person.heard_at).days if person.heard_at else 0
    return DueFound(due.at, due.turn, due, goals_of(transaction, person), silent, said)


def progress(goals: tuple[KnownGoal, ...], today: date, language: str) -> Progress:
    """Gather what a reply in *language* may say about the main goal."""
    main = next((goal for goal in goals if goal.life is not None), None)
    if main is None or main.life is None:
        return Progress(language=language)
    known = doing.progress(main.life, main.facts, today)
    return replace(known, language=language)


@dataclass(frozen=True, slots=True)
class Lately:
    """What was said lately, whether a reply may be rated, and what is remembered."""

    heard: Heard
    may_rate: bool
    memory: tuple[Fact, ...] = ()


NOTHING_LATELY = Lately(Heard(), may_rate=False)


def lately(transaction: Transaction, person: Person, now: datetime) -> Lately:
    """Look back on what was said: a week of it, an hour of turns, and the ratings of a day."""
    said = messages.since(transaction, person, now - _WEEK, _MOST_SAID)
    replies = [message.text for _, message in said if message.direction is Direction.OUT]
    turns = [at for at, message in said if message.direction is Direction.IN]
    hour, day = (sum(at >= now - span for at in turns) for span in (_HOUR, DAY))
    # The day is the person's own: *now* carries their zone.
    asked_at = messages.last_about(transaction, person, SubjectKind.REPLY, now - 2 * DAY)
    rated = asked_at is not None and asked_at.astimezone(now.tzinfo).date() == now.date()
    held = any(hold.at >= now - DAY for hold in holds.of(transaction, person))
    recent = tuple(unescape(part) for text in replies for part in text.split("\n\n"))
    remembered = memory_of(transaction, person, now)
    talk = tuple(_line(message) for _, message in said[-_TALK:])
    heard = Heard(recent, hour, day, talk)
    return Lately(heard, not (rated or held), remembered)


def _line(message: Message) -> Line:
    """Read a message; what we said is kept as HTML."""
    by_them = message.direction is Direction.IN
    return Line(by_them, message.text if by_them else plain(message.text))


def exchange(transaction: Transaction, person: Person, reply: Subject) -> tuple[str, str] | None:
    """Find what somebody wrote, and our reply to it; None where that was worded again already."""
    again = replace(reply, version=reply.version + 1)
    turn = subjects.maker(transaction, person.id, reply)
    if turn is None or subjects.maker(transaction, person.id, again) is not None:
        return None
    said = messages.of_turn(transaction, person, turn)
    theirs = next((one.text for one in said if one.direction is Direction.IN), "")
    ours = next((_line(one).text for one in said if one.about == reply), "")
    return (theirs, ours) if theirs and ours else None


def memory_of(transaction: Transaction, person: Person, now: datetime) -> tuple[Fact, ...]:
    """Gather what is remembered of somebody, newest first."""
    owned, today = goals.of(transaction, person), person.preferences.today(now)
    kept = _kept(transaction, person, owned)
    found = [
        memory.own(one.words, one.told_at.astimezone(now.tzinfo).date(), one.id)
        for one in kept.facts
        if one.kind == facts.OWN
    ]
    for goal in owned:
        known = _known(goal, kept)
        if known.life is None:
            continue
        told = goal.created_at.astimezone(now.tzinfo).date()
        said = replace(known.facts, language=person.language)
        found += memory.of_goal(known.life, said, goal.id, told, today)
    return tuple(sorted(found, key=lambda one: one.on, reverse=True)[: memory.MOST])


def stars(transaction: Transaction, person: Person, now: datetime) -> StarsGiven:
    """Add up the stars somebody gave lately, and in as many days before."""
    scope = Scope(windows.last(STARS_DAYS, now), person)
    lately, before = (
        ratings.tally(transaction, one, ratings.ASPECT).get((STARS,), Counter[int]())
        for one in (scope, scope.before())
    )
    return StarsGiven(STARS_DAYS, lately, before)


def _kept(transaction: Transaction, person: Person, owned: list[Goal]) -> Kept:
    active = [goal for goal in owned if goal.state is goals.GoalState.ACTIVE]
    return kept_goals.of(transaction, person, active)


def _known(goal: Goal, kept: Kept) -> KnownGoal:
    agreed, planned = kept.resolutions.get(goal.id), kept.plans.get(goal.id)
    title = agreed.resolution.title if agreed else ""
    state = _state(goal, planned is not None)
    plan = planned.plan if planned else None
    life = kept.life(goal, plan) if plan is not None and state is GoalState.ACTIVE else None
    forgotten = life.forgotten if life else frozenset[str]()
    why = (agreed.resolution.why if agreed and "why" not in forgotten else None) or ""
    said = Progress(title=title, why=why, what_works=kept.what_works(goal))
    words, kept_since = goal.understanding.text, goal.kept_since
    return KnownGoal(goal.id, title, state, words, plan, life, said, kept_since)


def _state(goal: Goal, planned: bool) -> GoalState:
    if goal.state is goals.GoalState.ACTIVE:
        return GoalState.ACTIVE if planned else GoalState.AGREED
    return GoalState.DONE if goal.state is goals.GoalState.DONE else GoalState.PARKED
