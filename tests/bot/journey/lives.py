"""Lives for the walk: goals under way in every state that matters, and what may be answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.journey.asks import AskChange, AskDays, AskGoals, AskReason, AskReply, AskReview, AskWish
from bot.journey.conversation import Everyday
from bot.journey.events import Event, Occasion, OccasionTapped, Rated, Subject, SubjectTapped
from bot.journey.found import (
    DaysFound,
    GoalsFound,
    GoalState,
    KnownGoal,
    PlanChanged,
    ReasonAnswered,
    Replied,
    Reviewed,
    WishHeard,
)
from bot.journey.pictures import AskStats, StarsGiven, StatsFound
from coach.lived import Lived, Told
from coach.plan_wishes import Reworked
from coach.values import (
    Action,
    Drafted,
    GoalType,
    GoalUnderstanding,
    Plan,
    Reply,
    Scores,
    Session,
    Week,
    Wish,
)
from coach.weeks import (
    AfterReason,
    AskedInReview,
    Change,
    CheckInRead,
    DayState,
    Load,
    ObstaclePlan,
    Proposal,
    Review,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TURN = "018f4a7e-0000-7000-8000-000000000001"
DAY = date(2026, 11, 24)
UNDERSTOOD = GoalUnderstanding("run", behaviour="run")
PLAN = Drafted(
    Plan(
        (Week(1, DAY, "easy", None, "10 min", (Session(DAY, None, None, "10 min"),)),),
        "5 min",
        "coffee",
        "shoes on",
        "shoes",
        DAY,
        6,
    ),
    Scores({}, 8),
    "rules",
)


def plan_from(start: date, weeks: int = 2) -> Plan:
    made = tuple(
        replace(
            PLAN.work.weeks[0],
            number=n + 1,
            start=start + timedelta(days=7 * n),
            sessions=tuple(
                Session(start + timedelta(days=7 * n + day), None, None, "10 min")
                for day in (0, 3, 6)
            ),
        )
        for n in range(weeks)
    )
    return replace(PLAN.work, weeks=made)


TODAY = NOON.date()
BEGUN = TODAY - timedelta(days=6)  # its last session of week 1 is today
ACTIVE = Lived(plan_from(BEGUN), UNDERSTOOD, (Told(TODAY - timedelta(days=1), 0, DayState.DONE),))
PARTLY = replace(ACTIVE, told=(Told(BEGUN, 0, DayState.PARTLY),))
TWO_DONE = replace(
    ACTIVE,
    told=(*ACTIVE.told, Told(BEGUN, 0, DayState.DONE)),
    changes=((2, Change.SAME),),
)
LAPSED = replace(ACTIVE, told=())
OVER = Lived(plan_from(TODAY - timedelta(days=20)), UNDERSTOOD)
OVER_UNMEASURED = replace(OVER, understanding=replace(UNDERSTOOD, goal_type=GoalType.PROJECT))
TOLD_TODAY = replace(ACTIVE, told=(Told(TODAY, 0, DayState.DONE),))
RESTING = Lived(plan_from(TODAY + timedelta(days=3)), UNDERSTOOD)
LIVES = (ACTIVE, PARTLY, TWO_DONE, LAPSED, OVER, OVER_UNMEASURED, TOLD_TODAY, RESTING)


def _some(is_new: bool) -> tuple[Lived, ...]:
    return LIVES if is_new else LIVES[:1]


def goals(*lives: Lived) -> tuple[KnownGoal, ...]:
    """One goal for each life, one that is kept, and one that waits."""
    active = (
        KnownGoal(n, f"Run {n}", GoalState.ACTIVE, "run", life.plan, life)
        for n, life in enumerate(lives, 1)
    )
    kept = KnownGoal(8, "Stretch", GoalState.DONE, "stretch", kept_since=BEGUN)
    return (*active, kept, KnownGoal(9, "Read", GoalState.PARKED, "read"))


def everyday(  # noqa: C901 one arm an ask
    ask: AskDays | AskWish | AskReason | AskReview | AskChange, is_new: bool
) -> Iterator[Event]:
    """Every kind of answer to what everyday talk asks."""
    match ask:
        case AskDays(wanted, cause):
            lives = _some(is_new)
            yield from (DaysFound(NOON, TURN, goals(life), wanted, cause) for life in lives)
            if is_new:
                yield DaysFound(NOON, TURN, goals(ACTIVE, PARTLY), wanted, cause)
            yield DaysFound(NOON, TURN, (), wanted, cause)
        case AskWish(said):
            for wish in Wish:
                yield WishHeard(NOON, TURN, goals(ACTIVE), said, wish, CheckInRead(None))
            for state in (DayState.DONE, DayState.MISSED):
                told = CheckInRead(state, None, "ti")
                yield WishHeard(NOON, TURN, goals(ACTIVE), said, Wish.REPORT, told)
            both = goals(ACTIVE, PARTLY)
            yield WishHeard(NOON, TURN, both, said, Wish.REPORT, CheckInRead(DayState.DONE))
            yield WishHeard(NOON, TURN, (), said, Wish.REPORT, CheckInRead(DayState.DONE))
        case AskReason(known, occasion, place, code, chosen):
            plan = ObstaclePlan("ti", "I feel tired", "start with 2 minutes")
            for after in (
                AfterReason("A full day.", "Do this", plan),
                AfterReason("Rest first.", pause=True),
            ):
                yield ReasonAnswered(NOON, TURN, known, occasion, place, code, after, chosen)
        case AskReview(known, week, taken):
            load = Load(None, 3, "3 × 10 min")
            proposal = Proposal(Change.SAME, load, "it went well")
            for asks in (None, *AskedInReview):
                review = Review(
                    week, 2, 0, 3, 0, 0.7, proposal, asks=asks, lines=("Week 1: 2 of 3",)
                )
                yield Reviewed(NOON, TURN, known, week, review, taken)
        case AskChange(known, wish, trigger, because, week):
            assert known.life is not None
            made = Drafted(Reworked(UNDERSTOOD, known.life.plan, 1), Scores({}, 8), "rules")
            yield PlanChanged(NOON, TURN, known, wish, trigger, because, week, made)
            yield PlanChanged(NOON, TURN, known, wish, trigger, because, week, None)


def taps_on_occasions() -> Iterator[OccasionTapped]:
    """Every button about a day, forged ones and one that is too old among them."""
    arguments = {
        "ci": ("d0", "s0", "p0", "m0", "x0", "c0", "d7", "forged"),
        "am": ("00", "20", "forged"),
        "rs": ("ti0", "sk0", "forged"),
        "ro": ("ti0", "no0"),
        "wr": ("keep", "ez", "dy", "ps", "ob", "oti", "other", "small", "more"),
        "wp": ("",),
        "lp": ("min", "adj", "ps", "stop"),
        "fn": ("keep", "grow", "more", "done", "stop"),
        "sp": ("easier", "fewer", "no"),
    }
    for action, choices in arguments.items():
        for argument in choices:
            yield OccasionTapped(NOON, TURN, action, Occasion(1, TODAY), argument, 9, "label", "x")
    for number, argument in ((8, "yes"), (8, "less"), (8, "stop"), (9, "yes")):
        yield OccasionTapped(NOON, TURN, "kp", Occasion(number, TODAY), argument, 9, "label", "x")
    yield OccasionTapped(NOON, TURN, "ci", Occasion(1, date(2026, 1, 1)), "d0", 9)
    yield OccasionTapped(NOON, TURN, "wr", Occasion(1, BEGUN), "keep", 9)


def figures(is_new: bool) -> Iterator[Event]:
    """Somebody's figures, with much and little in them."""
    for life in _some(is_new):
        yield StatsFound(NOON, TURN, goals(life), StarsGiven(30, {4: 2, 5: 6}, {1: 9}))
    yield StatsFound(NOON, TURN, (), StarsGiven(30, {}, {}))


def taps_on_subjects() -> Iterator[SubjectTapped]:
    """Every button about a subject, of a kind with questions and of one without."""
    reply, whole = Subject(Rated.REPLY, 1), Subject(Rated.SESSION, 1)
    told = Subject(Rated.PROGRESS, 1, 1, TODAY)
    taps = (
        (reply, "rm", ""), (reply, "ra", "h1"), (reply, "ra", "a"), (reply, "ra", "forged"),
        (reply, "rc", ""), (whole, "rm", ""), (whole, "rc", ""),
        (told, "rm", "p"), (told, "ra", "d5"), (told, "ra", "m5"),
    )  # fmt: skip
    for subject, action, argument in taps:
        yield SubjectTapped(NOON, TURN, action, subject, argument, 9, {"helpfulness": 1})


def taps(*, on_occasions: bool) -> Iterator[Event]:
    """Every button about a subject, and about an occasion."""
    yield from taps_on_subjects()
    if on_occasions:
        yield from taps_on_occasions()


def about_goals(
    ask: AskReply | AskGoals | AskStats | AskDays | AskWish | AskReason | AskReview | AskChange,
    is_new: bool,
) -> Iterator[Event]:
    """Every kind of answer to what is asked about goals."""
    if isinstance(ask, AskReply):
        yield from replies()
    elif isinstance(ask, AskStats):
        yield from figures(is_new)
    elif isinstance(ask, AskGoals):
        yield from found(ask.wanted, is_new)
    else:
        yield from everyday(ask, is_new)


def found(wanted: str, is_new: bool) -> Iterator[Event]:
    """Every life that goals may be in, and no goals at all; one life where all were tried."""
    yield from (GoalsFound(NOON, TURN, goals(life), wanted) for life in _some(is_new))
    yield GoalsFound(NOON, TURN, (), wanted)


OFFERS = (
    (),
    (Action.EASIER, Action.MOVE),
    (Action.MINIMUM, Action.CHANGE_PLAN),
    (Action.PAUSE, Action.TALK_TO_SOMEONE),
)


def replies() -> Iterator[Event]:
    """Replies that offer nothing, or something to do."""
    for actions in OFFERS:
        said = Drafted(Reply("I hear you.", "none", actions), Scores({}, 8), "rules")
        yield Replied(NOON, TURN, said, goals(ACTIVE), may_rate=True)


def key(everyday: Everyday) -> tuple[object, ...]:
    """What of everyday talk decides where it can go."""
    return (
        everyday.occasion is not None,
        everyday.report is not None,
        everyday.what_worked,
    )
