"""The walk: follow every event from the empty conversation until nothing new appears.

The coach and the store are stood in for by their possible answers, each of which is
followed, so what holds here holds whatever they say.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import get_args

import pytest

from bot.journey import machine
from bot.journey.asks import (
    Ask,
    AskChange,
    AskDays,
    AskDue,
    AskFill,
    AskGoals,
    AskMemory,
    AskOwned,
    AskPlan,
    AskQuestions,
    AskReading,
    AskReason,
    AskReply,
    AskResize,
    AskResolution,
    AskReview,
    AskRevision,
    AskRewrite,
    AskWish,
)
from bot.journey.conversation import EVERYDAY, SAFETY, Conversation, Stage
from bot.journey.effects import Close, Effect, Erase, Hand, Hold, Redraw, Say, Toast
from bot.journey.events import (
    Command,
    Criticised,
    Due,
    Event,
    Foreign,
    OccasionTapped,
    Pressed,
    Rated,
    Said,
    SentOther,
    Starred,
    Subject,
    Unknown,
)
from bot.journey.found import (
    Filled,
    GoalRead,
    LastChange,
    MemoryFound,
    OwnedFound,
    OwnedGoal,
    PlanDrafted,
    ResolutionDrafted,
    Rewritten,
)
from bot.journey.house import (
    Administered,
    AskAgain,
    AskCounts,
    AskDisclosure,
    AskExport,
    AskHouse,
    AskInvitation,
    AskToken,
    Counted,
    Counts,
    Disclosed,
    Disclosure,
    Document,
    Exported,
    Invited,
    TokenDrawn,
)
from bot.journey.keeps import KeepConsent, KeepPlan, KeepResolution
from bot.journey.pictures import AskStats
from bot.journey.rows import NO_PROMPT
from coach.memory import Fact, Kind
from coach.values import (
    Danger,
    Drafted,
    Option,
    Question,
    Reading,
    Reply,
    Resolution,
    Route,
    Safety,
    Scores,
    Slot,
)
from tests.bot.journey import due as due_events
from tests.bot.journey import lives
from tests.bot.journey.lives import DAY, NOON, PLAN, TURN, UNDERSTOOD

pytestmark = pytest.mark.timeout(300)  # the walk is long where cores are few

OPEN = Disclosure("Somebody", True, "https://traces.example", True, "ops@example.org", 14)
FOUND = (
    Safety(Danger.SELF_HARM),
    Safety(Danger.SELF_HARM, soft=True),
    Safety(Danger.VIOLENCE_VICTIM),
    Safety(Danger.ILLEGAL),
    Safety(Danger.EATING_DISORDER),
    Safety(Danger.MEDICAL),
    Safety(Danger.MINOR),
    Safety(Danger.MINOR, soft=True),
    Safety(Danger.HEAVY),
)
QUESTION = Question(Slot.AMOUNT, "How much?", (Option("a", "10 min"),))
RESOLUTION = Drafted(
    Resolution("Run", "I will run.", "any pace", "coffee", "shoes on", "5 min", "shoes", DAY),
    Scores({}, 8),
    "rules",
)
LIGHTER = replace(PLAN, work=replace(PLAN.work, weeks=(replace(PLAN.work.weeks[0], text="5 min"),)))


def readings() -> Iterator[Reading]:
    safe = Safety()
    yield Reading(Route.COACH, safe, UNDERSTOOD)
    yield Reading(Route.CLARIFY, safe, UNDERSTOOD, questions=(QUESTION,))
    yield Reading(Route.SPLIT, safe, UNDERSTOOD, parts=("run 3 times a week", "read"), small=1)
    yield Reading(Route.SPLIT, safe, UNDERSTOOD, parts=tuple("abcdefg"))
    yield Reading(Route.RESIZE, safe, UNDERSTOOD, options=(Option("less", "Less"),), reply="Hm.")
    yield Reading(Route.REDIRECT, safe, UNDERSTOOD, reply="What would you like to work on?")
    yield Reading(Route.CRISIS, Safety(Danger.SELF_HARM), UNDERSTOOD, reply="Please call.")


def owned() -> Iterator[tuple[OwnedGoal, ...]]:
    before = LastChange("person", "", UNDERSTOOD, LIGHTER.work)
    begun = OwnedGoal(1, "active", UNDERSTOOD, RESOLUTION.work, PLAN.work, before)
    waiting = OwnedGoal(2, "parked", replace(UNDERSTOOD, text="read"))
    yield (begun, waiting)
    yield (replace(begun, change=None), replace(begun, number=3), replace(begun, number=4))
    yield ()


def looked_up(ask: AskMemory | AskOwned | AskRewrite | AskDue, is_new: bool) -> Iterator[Event]:
    if isinstance(ask, AskDue):
        yield from due_events.found(ask.due, is_new)
        return
    if isinstance(ask, AskRewrite):
        again = Drafted(Reply("Shorter.", "none"), Scores({}, 8), "rules")
        replies = (again, None)
        yield from (Rewritten(NOON, TURN, ask.subject, ask.reason, one) for one in replies)
        return
    if isinstance(ask, AskOwned):
        yield from (OwnedFound(NOON, TURN, goals, ask.wanted) for goals in owned())
        return
    facts = tuple(Fact(Kind.OWN, f"fact {n}", DAY, n) for n in range(6))
    yield from (MemoryFound(NOON, TURN, found, ask.wanted) for found in (facts, ()))


def answers(ask: Ask, conversation: Conversation, is_new: bool) -> Iterator[Event]:
    """Every kind of answer that an ask may bring."""
    at, turn = NOON, TURN
    known = conversation.draft.understanding or UNDERSTOOD
    match ask:
        case AskReading():
            yield from (GoalRead(at, turn, reading) for reading in readings())
        case AskFill() | AskRevision() | AskResize() | AskQuestions():
            yield from fillings(ask, conversation)
        case AskResolution():
            yield ResolutionDrafted(at, turn, RESOLUTION)
        case AskPlan():
            yield PlanDrafted(at, turn, PLAN, known)
            yield PlanDrafted(at, turn, LIGHTER, known)
        case AskMemory() | AskOwned() | AskRewrite() | AskDue():
            yield from looked_up(ask, is_new)
        case (
            AskReply()
            | AskStats()
            | AskGoals()
            | AskDays()
            | AskWish()
            | AskReason()
            | AskReview()
            | AskChange()
        ):
            yield from lives.about_goals(ask, is_new)
        case AskAgain(again):
            yield Said(at, turn, again)
        case _:
            yield from of_the_house(ask)


def of_the_house(ask: AskHouse) -> Iterator[Event]:
    """What the house may answer."""
    at, turn = NOON, TURN
    match ask:
        case AskDisclosure(wanted):
            yield Disclosed(at, turn, Disclosure(), wanted)
            yield Disclosed(at, turn, OPEN, wanted)
        case AskExport():
            yield Exported(at, turn, (Document("a.json", b"{}"),))
            yield Exported(at, turn, (Document("a.json", b"{}"), Document("a.ics", b"")))
        case AskToken():
            yield TokenDrawn(at, turn, "token")
        case AskInvitation(uses):
            yield Invited(at, turn, "https://t.me/rein_bot?start=code", uses, 7)
        case AskCounts():
            yield Counted(at, turn, Counts(1, 1, 1, 0, 0))


def fillings(
    ask: AskFill | AskRevision | AskResize | AskQuestions, conversation: Conversation
) -> Iterator[Filled]:
    """Understood or not, with or without more to ask; a question; another goal."""
    known = conversation.draft.understanding or UNDERSTOOD
    yield Filled(NOON, TURN, known, understood=True)
    yield Filled(NOON, TURN, known, understood=False)
    if isinstance(ask, AskRevision):
        yield Filled(NOON, TURN, known, understood=False, asks=True)
    if isinstance(ask, AskFill) and ask.may_differ:
        yield Filled(NOON, TURN, known, understood=False, other_goal="learn to sail")
    if len(conversation.draft.answered) < 2:
        yield Filled(NOON, TURN, known, understood=True, questions=(QUESTION,))


COMMANDS = (
    "start", "help", "cancel", "back", "plan", "today", "goals", "done", "review", "nonsense",
    "privacy", "export", "delete", "invite", "goal", "pause", "resume", "undo", "why", "settings",
    "sos", "language", "timezone", "feedback", "memory", "stats", "quiet",
)  # fmt: skip
TAKEN = {(row.at, row.when.partition(":")[0]) for row in machine.MOVES if isinstance(row.when, str)}
"""Taps that a stage takes at all; what else is on its screen decides nothing."""

Key = tuple[object, ...]


RESTING = (Stage.GOAL, Stage.RESUME, *EVERYDAY)
"""Stages at which a draft only waits: what is in it matters where it is gone on with."""

OWN = (
    Stage.SETTINGS, Stage.FEEDBACK, Stage.MEMORY, Stage.GOALS, Stage.DELETE_GOAL, Stage.CROWDED,
    Stage.PAUSE, Stage.PAUSED, Stage.RETURN,
)  # fmt: skip
"""Stages that lead back to wherever they were opened from: one place stands for all."""


@dataclass(frozen=True)
class Seen:
    """A conversation and the buttons on its live keyboard."""

    conversation: Conversation
    buttons: frozenset[tuple[str, str]]

    @property
    def sight(self) -> frozenset[str]:
        """The taps that the stage takes; what a reply offers differs by its argument as well."""
        stage = self.conversation.stage
        taken = [tap for tap in self.buttons if (stage, tap[0]) in TAKEN]
        return frozenset(f"co:{tap[1]}" if tap[0] == "co" else tap[0] for tap in taken)

    @property
    def screen(self) -> Key:
        """What is in sight: in a set-up the stage, in everyday talk its buttons as well."""
        stage = self.conversation.stage
        return (stage, self.sight if stage in EVERYDAY else None)

    @property
    def key(self) -> Key:
        """What decides where it can go from here; two alike are walked once."""
        conversation, draft = self.conversation, self.conversation.draft
        known, stage, care = draft.understanding, conversation.stage, conversation.care
        if conversation.erasing is not None:  # it leads back, whatever it was
            return (stage, conversation.erasing.back)
        if any(action == "hv" for action, _ in self.buttons):
            return (stage, "heavy")
        if stage in SAFETY:
            return (stage, care.about, care.back, care.asked, care.safe, len(self.buttons))
        if stage in OWN:
            pause = conversation.preferences.pause
            paused = pause and (pause.until is None)  # without an end it is asked about
            taken = frozenset(tap for tap in self.buttons if (stage, tap[0]) in TAKEN)
            return stage, taken, conversation.about, paused, conversation.has_goal
        if stage in RESTING:  # the draft that waits behind is walked where it was left
            return (
                stage,
                self.sight,
                conversation.resume is not None if stage in EVERYDAY else conversation.resume,
                conversation.has_goal,
                conversation.preferences.pause is not None,
                conversation.consent == "0",
                stage in EVERYDAY and lives.key(conversation.everyday),
            )
        return (
            stage,
            conversation.consent == "0",
            self.sight,
            conversation.resume,
            conversation.has_goal,
            conversation.zone is not None,
            draft.trail[-1:],
            len(draft.questions),
            draft.changing is not None,
            stage in {Stage.CLARIFY, Stage.SPLIT} and draft.other != "",
            stage is Stage.SPLIT and (len(draft.parts) > 6, draft.small),
            known is not None and Slot.OBSTACLE in known.asked,
        )


def events(seen: Seen, is_new: bool) -> Iterator[Event]:
    """Everything that may happen there; taps on occasions once a stage, since only it decides."""
    prompt = seen.conversation.prompt
    later = (timedelta(0), timedelta(hours=25), timedelta(days=8))
    yield from (Said(NOON + wait, TURN, "7 words at 14:20") for wait in later)
    whole = seen.conversation.stage in {*SAFETY, Stage.CONSENT, Stage.GOAL, Stage.HOME}
    yield from (Said(NOON, TURN, "help me", found) for found in (FOUND if whole else FOUND[:2]))
    if seen.conversation.stage in SAFETY:
        yield from (Said(NOON, TURN, said) for said in ("yes", "no", "just very low", ""))
    yield Said(NOON, TURN, "😀")
    yield Said(NOON, TURN, "what are you?", asks=True)
    yield Said(NOON, TURN, "quiero correr", foreign=Foreign("es", "Español", True, "English"))
    for name in COMMANDS:
        yield Command(NOON, TURN, name)
    yield from (Administered(NOON, TURN, name, "3") for name in ("invite", "admin"))
    for action, argument in seen.buttons:
        if action != "sd" or argument[0] in "0oa":  # one day stands for all seven
            yield Pressed(NOON, TURN, action, argument, prompt, 9, "label", "shown")
    for action in {action for action, _ in seen.buttons}:
        yield Pressed(NOON, TURN, action, "forged", prompt, 9, "label", "shown")
    standing = (("sf", "help"), ("sf", "del"), ("sy", "firm"), ("ex", "no"), ("qt", "3"))
    for action, argument in standing:
        yield Pressed(NOON, TURN, action, argument, NO_PROMPT, 9, "label", "shown")
    yield Pressed(NOON, TURN, "cs", "y", prompt, 9, "Yes", "shown", held="run")
    yield Pressed(NOON, TURN, "rv", "ok", prompt - 1, 9)
    yield from due_events.fallen(is_new)
    yield SentOther(NOON, TURN, "voice")
    yield SentOther(NOON, TURN, "sticker")
    if is_new:
        yield from lives.taps(on_occasions=seen.conversation.stage is not Stage.CONSENT)
    yield Starred(NOON, TURN, Subject(Rated.PLAN, 1, 1), 2, 9)
    yield Criticised(NOON, TURN, Subject(Rated.PLAN, 1, 1), "ge", 9)
    reply = Subject(Rated.REPLY, 1, 1)
    agreed = Subject(Rated.RESOLUTION, seen.conversation.draft.goal or 1, 1)
    off = ((reply, "to"), (reply, "wr"), (reply, "ir"), (agreed, "ge"))
    yield from (Criticised(NOON, TURN, what, why, 9) for what, why in off if is_new)
    yield Unknown(NOON, TURN)


def outcomes(
    seen: Seen, event: Event, rows: set[machine.Move | None], is_new: bool
) -> Iterator[tuple[Conversation, list[Effect]]]:
    """Follow an event through every answer to what it asks, noting the rows it takes."""
    rows.add(machine.find(seen.conversation, event))
    todo = deque([(machine.advance(seen.conversation, event), list[Effect]())])
    while todo:
        step, before = todo.popleft()
        asks = [effect for effect in step.effects if isinstance(effect, get_args(Ask))]
        done = [*before, *(effect for effect in step.effects if effect not in asks)]
        assert len(asks) <= 1, "one question at a time"
        if not asks:
            yield step.conversation, done
        for ask in asks:
            for answer in answers(ask, step.conversation, is_new):  # type: ignore[arg-type]
                rows.add(machine.find(step.conversation, answer))
                todo.append((machine.advance(step.conversation, answer), done))


def live_buttons(
    before: Seen, after: Conversation, effects: list[Effect]
) -> frozenset[tuple[str, str]]:
    shown = [e.buttons for e in effects if isinstance(e, Say | Redraw)]
    taps = [{(b.action, b.argument) for row in rows for b in row if not b.about} for rows in shown]
    if any(taps):
        return frozenset(next(found for found in reversed(taps) if found))
    return before.buttons if after.open else frozenset()


@dataclass
class Walk:
    """Every reachable conversation by its key, and the keys that may follow it."""

    seen: dict[Key, Seen]
    following: dict[Key, set[Key]]
    rows: set[machine.Move | None]


@pytest.fixture(scope="module")
def walk() -> Walk:
    start = Seen(Conversation(), frozenset())
    old = Seen(Conversation(stage=Stage.GOAL, consent="0"), frozenset())
    walk = Walk({start.key: start, old.key: old}, {}, set())
    todo, places = deque([start, old]), set[Key]()
    while todo:
        seen = todo.popleft()
        walk.following[seen.key] = set()
        is_new = seen.screen not in places
        places.add(seen.screen)
        for event in events(seen, is_new):
            for after, effects in outcomes(seen, event, walk.rows, is_new):
                check(seen, event, after, effects)
                next_one = Seen(after, live_buttons(seen, after, effects))
                walk.following[seen.key].add(next_one.key)
                if next_one.key not in walk.seen:
                    walk.seen[next_one.key] = next_one
                    todo.append(next_one)
    return walk


def has_not_agreed(conversation: Conversation) -> bool:
    erasing = conversation.erasing
    return Stage.CONSENT in {conversation.stage, erasing.back if erasing else None}


def check(seen: Seen, event: Event, after: Conversation, effects: list[Effect]) -> None:
    shows = Say | Redraw | Toast | Erase | (Close if isinstance(event, OccasionTapped) else Say)
    said = [effect for effect in effects if isinstance(effect, shows)]
    calm = seen.conversation.stage in EVERYDAY and (
        event == Said(NOON, TURN, "😀") or event == SentOther(NOON, TURN, "sticker")
    )
    silent = after.stage in {Stage.SAFETY_HOLD, Stage.ADULT_ONLY}
    assert said or calm or silent or isinstance(event, Starred | Criticised | Due), (
        f"no words for {event} in {seen}"
    )
    if has_not_agreed(seen.conversation):
        kept = [effect for effect in effects if not isinstance(effect, Say | Hold | Hand)]
        agreed = any(isinstance(effect, KeepConsent) for effect in kept)
        assert agreed or has_not_agreed(after) or after.stage in SAFETY
    for effect in effects:
        if isinstance(effect, KeepPlan):
            assert seen.conversation.draft.goal == effect.goal
        if isinstance(effect, KeepResolution):
            assert seen.conversation.draft.resolution == effect.resolution


def test_every_stage_is_reached(walk: Walk):
    assert {seen.conversation.stage for seen in walk.seen.values()} == set(Stage)


def test_every_row_of_the_table_is_taken(walk: Walk):
    assert [row for row in machine.MOVES if row not in walk.rows] == []


def test_nobody_is_at_home_without_an_agreed_plan(walk: Walk):
    home = [s.conversation for s in walk.seen.values() if s.conversation.stage is Stage.HOME]
    assert home
    assert all(conversation.has_goal for conversation in home)


def test_everybody_can_still_get_to_a_plan(walk: Walk):
    came_from: dict[Key, set[Key]] = {key: set() for key in walk.seen}
    for key, following in walk.following.items():
        for after in following:
            came_from[after].add(key)
    home = {key for key, seen in walk.seen.items() if seen.conversation.stage is Stage.HOME}
    todo = deque(home)
    while todo:
        before = came_from[todo.popleft()] - home
        home |= before
        todo.extend(before)
    left = [seen.conversation.stage for key, seen in walk.seen.items() if key not in home]
    assert set(left) <= {Stage.ADULT_ONLY}


def test_an_open_prompt_always_has_its_keyboard(walk: Walk):
    assert [s for s in walk.seen.values() if s.conversation.open and not s.buttons] == []


def test_the_way_back_stays_short(walk: Walk):
    assert max(len(seen.conversation.draft.trail) for seen in walk.seen.values()) <= len(Stage)
