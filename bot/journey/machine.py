"""The coaching journey: every stage, and every move between stages.

Rule 1: whatever decides where a conversation may go is in this file.
Rule 2: handlers choose words and effects; a row says which stages they may return.
Rule 3: nothing here awaits, reads a clock or raises at a person. What has no row is
answered by asking the pending question again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Close, Effect, Redraw, Say, Strip, Words
from bot.journey.events import (
    Command,
    Criticised,
    Event,
    Filled,
    GoalRead,
    GoalsFound,
    PlanDrafted,
    Pressed,
    Replied,
    ResolutionDrafted,
    Said,
    SentOther,
    Starred,
    Unknown,
)
from bot.journey.stages import (
    anywhere,
    clarify,
    commit,
    consent,
    goal,
    home,
    obstacle,
    plan,
    resize,
    resolution,
    schedule,
    split,
)
from bot.journey.step import Step

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. `when` is an event's type, a tap `action:argument` or a `/command`."""

    at: Stage
    when: type[Event] | str
    do: Callable[[Conversation, Any], Step]
    to: frozenset[Stage]


def move(at: Stage, when: type[E], do: Callable[[Conversation, E], Step], *to: Stage) -> Move:
    """Build a row; the type checker refuses a handler that cannot take *when*."""
    return Move(at, when, do, frozenset(to))


def tap(at: Stage, code: str, do: Callable[[Conversation, Pressed], Step], *to: Stage) -> Move:
    """Build a row for a tap: `action:argument`, or `action` for every other argument."""
    return Move(at, code, do, frozenset(to))


def command(at: Stage, name: str, do: Callable[[Conversation, Command], Step], *to: Stage) -> Move:
    """Build a row for a command, written with its slash."""
    return Move(at, name, do, frozenset(to))


S = Stage
SETUP = tuple(stage for stage in Stage if stage not in {S.CONSENT, S.HOME})
CONSENTED = (*SETUP, S.HOME)
READ = (S.GOAL, S.SPLIT, S.RESIZE, S.CLARIFY)  # where a goal that was read may lead
NEXT = (S.DAYS, S.TIME, S.ZONE, S.OBSTACLE)  # what may follow an agreed resolution

# fmt: off
MOVES = (
    #    at            when               do                          to
    move(S.CONSENT,    Said,              consent.hold,               S.CONSENT),
    tap (S.CONSENT,    "cs:y",            consent.agree,              S.GOAL),
    tap (S.CONSENT,    "cs:more",         consent.explain,            S.CONSENT),
    tap (S.CONSENT,    "cs:n",            consent.decline,            S.CONSENT),

    move(S.GOAL,       Said,              goal.note,                  S.GOAL),
    tap (S.GOAL,       "eg:x",            goal.offer_areas,           S.GOAL),
    tap (S.GOAL,       "eg",              goal.take_example,          S.GOAL),
    tap (S.GOAL,       "ar",              goal.take_area,             S.GOAL),
    move(S.GOAL,       GoalRead,          goal.read,                  *READ),

    tap (S.SPLIT,      "pk:all",          split.keep_whole,           S.SPLIT),
    tap (S.SPLIT,      "pk",              split.pick,                 S.SPLIT),
    move(S.SPLIT,      Said,              split.choose_in_words,      S.SPLIT),
    move(S.SPLIT,      GoalRead,          goal.read,                  *READ),
    move(S.SPLIT,      Filled,            clarify.proceed,            S.CLARIFY),

    tap (S.RESIZE,     "rz",              resize.choose,              S.RESIZE),
    move(S.RESIZE,     Said,              resize.say_instead,         S.RESIZE),
    move(S.RESIZE,     GoalRead,          goal.read,                  *READ),
    move(S.RESIZE,     Filled,            clarify.proceed,            S.CLARIFY),

    tap (S.CLARIFY,    "qa",              clarify.tap,                S.CLARIFY),
    move(S.CLARIFY,    Said,              clarify.answer,             S.CLARIFY),
    move(S.CLARIFY,    Filled,            clarify.proceed,            S.CLARIFY),
    move(S.CLARIFY,    ResolutionDrafted, clarify.drafted,            S.RESOLUTION),

    tap (S.RESOLUTION, "rv:ok",           resolution.agree,           S.RESOLUTION, *NEXT, S.GOAL),
    tap (S.RESOLUTION, "rv:ed",           resolution.ask_change,      S.REVISE),
    tap (S.RESOLUTION, "rv:no",           resolution.start_over,      S.GOAL),
    tap (S.RESOLUTION, "rv:why",          resolution.explain,         S.RESOLUTION),
    move(S.RESOLUTION, Said,              resolution.change,          S.RESOLUTION),
    move(S.RESOLUTION, Filled,            resolution.changed,         S.RESOLUTION, S.REVISE),
    move(S.RESOLUTION, ResolutionDrafted, resolution.redrafted,       S.RESOLUTION),

    tap (S.REVISE,     "ed",              resolution.ask_about,       S.REVISE, S.RESOLUTION),
    move(S.REVISE,     Said,              resolution.change,          S.REVISE),
    move(S.REVISE,     Filled,            resolution.changed,         S.REVISE),
    move(S.REVISE,     ResolutionDrafted, resolution.redrafted,       S.RESOLUTION),

    tap (S.DAYS,       "sd:ok",           schedule.take_days,         S.DAYS, *NEXT),
    tap (S.DAYS,       "sd:any",          schedule.choose_days,       *NEXT),
    tap (S.DAYS,       "sd",              schedule.tick,              S.DAYS),
    move(S.DAYS,       Said,              schedule.answer,            S.DAYS),
    move(S.DAYS,       Filled,            schedule.filled,            S.DAYS, *NEXT),

    tap (S.TIME,       "tm:cu",           schedule.ask_own_time,      S.TIME),
    tap (S.TIME,       "tm:any",          schedule.choose_time,       *NEXT),
    tap (S.TIME,       "tm",              schedule.take_time,         S.TIME, *NEXT),
    move(S.TIME,       Said,              schedule.answer,            S.TIME),
    move(S.TIME,       Filled,            schedule.filled,            S.TIME, *NEXT),

    tap (S.ZONE,       "tz:oth",          schedule.ask_city,          S.ZONE),
    tap (S.ZONE,       "tz",              schedule.take_zone,         S.ZONE, *NEXT),
    move(S.ZONE,       Said,              schedule.find_zone,         S.ZONE, *NEXT),

    tap (S.OBSTACLE,   "ob:ot",           obstacle.ask_own,           S.OBSTACLE),
    tap (S.OBSTACLE,   "ob:no",           obstacle.none_seen,         S.OBSTACLE),
    tap (S.OBSTACLE,   "ob",              obstacle.take,              S.OBSTACLE),
    move(S.OBSTACLE,   Said,              obstacle.note,              S.OBSTACLE),
    *(move(stage,      PlanDrafted,       plan.drafted,               S.PLAN)
      for stage in (S.RESOLUTION, *NEXT, S.PLAN, S.PLAN_EDIT)),

    tap (S.PLAN,       "pl:ok",           plan.start,                 S.CONFIDENCE),
    tap (S.PLAN,       "pl:ez",           plan.easier,                S.PLAN),
    tap (S.PLAN,       "pl:hd",           plan.harder,                S.PLAN),
    tap (S.PLAN,       "pl:dy",           plan.other_days,            S.DAYS),
    tap (S.PLAN,       "pl:bk",           anywhere.step_back,         *CONSENTED),
    move(S.PLAN,       Said,              plan.change,                S.PLAN),
    move(S.PLAN,       Filled,            plan.changed,               S.PLAN, S.PLAN_EDIT),
    tap (S.PLAN_EDIT,  "pe",              plan.edit,                  S.PLAN_EDIT, S.PLAN, S.DAYS),
    move(S.PLAN_EDIT,  Said,              plan.change,                S.PLAN_EDIT),
    move(S.PLAN_EDIT,  Filled,            plan.changed,               S.PLAN_EDIT),

    tap (S.CONFIDENCE, "cf",              commit.take_confidence,     S.CONFIDENCE, S.CHECK_IN),
    move(S.CONFIDENCE, Said,              commit.read_confidence,     S.CONFIDENCE, S.CHECK_IN),
    move(S.CONFIDENCE, PlanDrafted,       commit.offer_easier,        S.EASIER, S.CHECK_IN),
    tap (S.EASIER,     "ez:y",            commit.take_easier,         S.CHECK_IN),
    tap (S.EASIER,     "ez:n",            commit.keep_plan,           S.CHECK_IN),
    tap (S.CHECK_IN,   "ck",              commit.take_check_in,       S.CHECK_IN, S.HOME),
    move(S.CHECK_IN,   Said,              commit.read_check_in,       S.CHECK_IN, S.HOME),

    tap (S.HOME,       "hm",              home.tap,                   S.HOME),
    tap (S.HOME,       "gl:new",          home.start_new,             S.GOAL),
    tap (S.HOME,       "gl",              home.take_waiting,          S.HOME),
    move(S.HOME,       Said,              home.listen,                S.HOME),
    move(S.HOME,       Replied,           home.reply,                 S.HOME),

    *(tap(stage,       "re:go",           anywhere.go_on,             *CONSENTED)
      for stage in (S.RESUME, S.GOAL, S.HOME)),
    *(tap(stage,       "re:new",          anywhere.start_afresh,      S.GOAL)
      for stage in (S.RESUME, S.GOAL, S.HOME)),

    *(command(stage,   "/start",          anywhere.start,             stage) for stage in Stage),
    *(command(stage,   "/help",           anywhere.help_,             stage) for stage in Stage),
    *(command(stage,   "/cancel",         anywhere.cancel,            stage, S.GOAL, S.HOME)
      for stage in Stage),
    *(command(stage,   "/back",           anywhere.back,              stage, *CONSENTED)
      for stage in CONSENTED),
    *(command(stage,   f"/{name}",        home.look_up,               stage)
      for stage in CONSENTED for name in ("plan", "today", "goals")),
    *(command(S.CONSENT, f"/{name}",      anywhere.too_early,         S.CONSENT)
      for name in ("back", "plan", "today", "goals")),
    *(move(stage,      GoalsFound,        home.show,                  stage, S.GOAL)
      for stage in CONSENTED),
    *(move(stage,      Command,           anywhere.unknown_command,   stage) for stage in Stage),
    *(move(stage,      SentOther,         anywhere.no_words,          stage) for stage in Stage),
    *(move(stage,      Starred,           anywhere.take_stars,        stage) for stage in Stage),
    *(move(stage,      Criticised,        anywhere.take_reason,       stage) for stage in Stage),
    *(move(stage,      Unknown,           anywhere.unknown_tap,       stage) for stage in Stage),
    *(move(stage,      GoalRead,          anywhere.support,           stage)
      for stage in Stage if stage not in {S.GOAL, S.SPLIT, S.RESIZE}),
)
# fmt: on

_ROWS = {(row.at, row.when): row for row in MOVES}


def advance(conversation: Conversation, event: Event) -> Step:
    """Take one step: what the conversation becomes, and what to do about it."""
    if isinstance(event, Said):
        if event.safety.danger not in anywhere.HARMLESS:
            return _settle(conversation, event, anywhere.ask_for_support(conversation, event))
        if not event.text:
            return _settle(conversation, event, anywhere.show_again(conversation))
        if anywhere.has_gone_cold(conversation, event.at):
            return _settle(conversation, event, anywhere.offer_resume(conversation, event))
    if isinstance(event, Pressed) and not is_live(conversation, event):
        return anywhere.already_answered(conversation, event)
    touched = replace(conversation, touched=event.at)
    row = find(conversation.stage, event)
    if row is None:
        return _settle(conversation, event, anywhere.show_again(touched))
    step = row.do(touched, event)
    if step.conversation.stage not in row.to:
        raise UndeclaredMoveError(row, step.conversation.stage)
    return _settle(conversation, event, step)


def is_live(conversation: Conversation, pressed: Pressed) -> bool:
    """Tell whether the tapped keyboard is the one that waits for an answer."""
    return conversation.open and pressed.prompt == conversation.prompt


def find(stage: Stage, event: Event) -> Move | None:
    """Find the row for an event; a more precise one comes first."""
    keys: tuple[type[Event] | str, ...] = (type(event),)
    if isinstance(event, Pressed):
        keys = (f"{event.action}:{event.argument}", event.action)
    elif isinstance(event, Command):
        keys = (f"/{event.name}", Command)
    return next((_ROWS[stage, key] for key in keys if (stage, key) in _ROWS), None)


def _settle(before: Conversation, event: Event, step: Step) -> Step:
    """Number the new prompt, and take the old keyboard away once it is answered."""
    asks = any(isinstance(effect, Say) and effect.buttons for effect in step.effects)
    redrawn = any(isinstance(effect, Redraw) for effect in step.effects)
    closed = any(isinstance(effect, Close) for effect in step.effects)
    answered = isinstance(event, Pressed) and not redrawn
    after = replace(step.conversation, touched=event.at)
    effects = step.effects
    if answered and not closed and isinstance(event, Pressed):
        effects = (Close(event.message, event.shown, Words(event.label)), *effects)
    if asks:
        if before.open and not answered:
            effects = (Strip(before.prompt), *effects)
        after = replace(after, prompt=before.prompt + 1, open=True)
    elif answered:
        after = replace(after, open=False)
    return Step(after, _joined(effects))


def _joined(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Say in one message what plain texts would say in several."""
    joined: list[Effect] = []
    for effect in effects:
        last = joined[-1] if joined else None
        if isinstance(effect, Say) and isinstance(last, Say) and last == Say(last.content):
            joined[-1] = replace(effect, content=(*last.content, *effect.content))
        else:
            joined.append(effect)
    return tuple(joined)


class UndeclaredMoveError(Exception):
    """A handler went to a stage that its row does not name; the machine's fault."""

    def __init__(self, row: Move, stage: Stage) -> None:
        super().__init__(f"{row.do.__qualname__}: {row.at} -> {stage}")
