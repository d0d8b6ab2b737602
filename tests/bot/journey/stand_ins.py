"""What the coach and the store may answer on the walk: all of it that makes a difference."""

from collections.abc import Iterator
from dataclasses import replace

from bot.journey.asks import (
    Ask,
    AskChange,
    AskDays,
    AskDue,
    AskFill,
    AskGoals,
    AskMemory,
    AskOwned,
    AskPauseEnd,
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
from bot.journey.conversation import Conversation
from bot.journey.events import Event, Said
from bot.journey.found import (
    Filled,
    GoalRead,
    LastChange,
    MemoryFound,
    OwnedFound,
    OwnedGoal,
    PauseEndRead,
    PlanDrafted,
    ResolutionDrafted,
    Rewritten,
)
from bot.journey.house import (
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
from bot.journey.pictures import AskStats
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
    Wish,
)
from tests.bot.journey import due as due_events
from tests.bot.journey import lives
from tests.bot.journey.lives import DAY, NOON, PLAN, TURN, UNDERSTOOD

OPEN = Disclosure("Somebody", True, "https://traces.example", True, "ops@example.org", 14)
FOUND = (
    Safety(Danger.SELF_HARM),
    Safety(Danger.SELF_HARM, soft=True),
    Safety(Danger.VIOLENCE_VICTIM),
    Safety(Danger.ILLEGAL),
    Safety(Danger.EATING_DISORDER),
    Safety(Danger.MEDICAL),
    Safety(Danger.MEDICAL, kind="symptoms"),
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
    begun = OwnedGoal(1, "active", UNDERSTOOD, RESOLUTION.work, PLAN.work, before, before)
    waiting = OwnedGoal(2, "parked", replace(UNDERSTOOD, text="read"))
    yield (begun, waiting)
    yield (
        replace(begun, change=None, undoable=None),
        replace(begun, number=3),
        replace(begun, number=4),
    )
    yield ()


def looked_up(
    ask: AskMemory | AskOwned | AskRewrite | AskDue | AskPauseEnd, is_new: bool
) -> Iterator[Event]:
    if isinstance(ask, AskDue):
        yield from due_events.found(ask.due, is_new)
        return
    if isinstance(ask, AskRewrite):
        again = Drafted(Reply("Shorter.", "none"), Scores({}, 8), "rules")
        replies = (again, None)
        yield from (Rewritten(NOON, TURN, ask.subject, ask.reason, one) for one in replies)
        return
    if isinstance(ask, AskPauseEnd):
        read = ((DAY, Wish.TALK), (None, Wish.TALK), (None, Wish.REPORT))
        yield from (PauseEndRead(NOON, TURN, ask.said, day, wish) for day, wish in read)
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
            yield ResolutionDrafted(at, turn, RESOLUTION, (0, 2, 4))
        case AskPlan():
            yield PlanDrafted(at, turn, PLAN, known)
            yield PlanDrafted(at, turn, LIGHTER, known)
        case AskMemory() | AskOwned() | AskRewrite() | AskDue() | AskPauseEnd():
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
