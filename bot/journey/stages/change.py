"""Changes of a plan under way: asked for, made by the coach, kept with what set them off."""

from dataclasses import replace
from datetime import date

from bot.journey import local
from bot.journey.asks import AskChange, AskDays
from bot.journey.content import Content
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Rows, Say
from bot.journey.events import Pressed, Rated
from bot.journey.found import DaysFound, KnownGoal, PlanChanged
from bot.journey.keeps import KeepChange
from bot.journey.stages import occasions
from bot.journey.step import Step, button, say, text
from coach import parts
from coach.lived import Lived
from coach.plan_wishes import (
    Extended,
    InWords,
    NewObstacle,
    PlanWish,
    Proposed,
    Repaced,
    Reshaped,
    Reworked,
    Scaled,
)
from coach.values import Drafted, GoalType, GoalUnderstanding, Quantity
from coach.weeks import Change

REVIEW, UNANSWERED, ASKED, STARS = "review", "unanswered", "asked", "stars"
"""What sets off a change: a review, one that nobody answered, the person's own wish, few stars."""

BUTTONS: Rows = (
    (button("plan.easier", "hc", "easier"), button("plan.harder", "hc", "harder")),
    (button("change.nothing", "hc", "no"),),
)


def ask(conversation: Conversation) -> Step:
    """Ask what should change; words and taps are answers."""
    turned = occasions.turn_to(conversation, Stage.HOME)
    return Step(turned, (say("change.ask", buttons=BUTTONS),))


def tap(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a way to change the plan, or leave it as it is."""
    if pressed.argument not in {"easier", "harder"}:
        return Step(occasions.turn_to(conversation, Stage.HOME), (say("change.kept"),))
    return Step(conversation, (AskDays("hc", pressed),))


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Make the main goal's coming sessions easier or harder."""
    goals = occasions.living(found.goals)
    if not goals or not isinstance(found.cause, Pressed):
        return Step(conversation, (say("plan.none"),))
    return scale(conversation, goals[0], local.today(conversation, found.at), found.cause.argument)


def scale(conversation: Conversation, known: KnownGoal, today: date, how: str) -> Step:
    """Make the next week easier or harder."""
    if known.life is None:
        return Step(conversation, (say("plan.none"),))
    wish = Scaled(coming(known.life, today), how)
    return Step(conversation, (AskChange(known, wish, ASKED, how),))


def in_words(conversation: Conversation, known: KnownGoal, said: str) -> Step:
    """Have words read as a change."""
    return Step(conversation, (AskChange(known, InWords(said), ASKED, said),))


def in_review(conversation: Conversation, known: KnownGoal, said: str) -> Step:
    """Have words to a review read as a change of the week it is about to form."""
    occasion = conversation.everyday.occasion
    week = known.life.week_on(occasion.on) + 1 if known.life and occasion else None
    return Step(conversation, (AskChange(known, InWords(said), REVIEW, said, week),))


def coming(life: Lived, today: date) -> int:
    """Number the week that a change may still form as a whole."""
    return max(1, min(life.week_on(today) + 1, len(life.plan.weeks)))


def changed(conversation: Conversation, found: PlanChanged) -> Step:
    """Keep the changed plan and show what is new in it; ask when nothing could be read.

    Where nobody had answered, nobody is told: /why does, and the next review.
    """
    if found.trigger == UNANSWERED:
        return Step(conversation, (kept(found, found.made),) if found.made else ())
    turned = occasions.turn_to(conversation, Stage.HOME)
    if found.made is None or found.known.life is None:
        return Step(turned, (say("change.unclear", buttons=BUTTONS),))
    work = found.made.work
    life = replace(found.known.life, plan=work.plan, understanding=work.understanding)
    today = local.today(conversation, found.at)
    lines = _lines(life, work, found.wish, today)
    lines += _growth(life, found.known.life.understanding, today)
    rated = Rated.PLAN if found.trigger == STARS else None
    return Step(turned, (kept(found, found.made), Say(tuple(lines), stars=rated)))


def kept(found: PlanChanged, made: Drafted[Reworked]) -> KeepChange:
    """Keep a changed plan with what set it off."""
    work = made.work
    version, variant, trace_id = made.prompt_version, made.variant, made.trace_id
    plan = Drafted(work.plan, made.scores, made.mode, version, variant=variant, trace_id=trace_id)
    return KeepChange(
        found.known.number,
        work.understanding,
        plan,
        found.trigger,
        found.because,
        found.week,
        _kind(found.wish),
    )


def _kind(wish: PlanWish) -> Change:
    """Tell how the week differs from the one before it."""
    match wish:
        case Proposed():
            return wish.proposal.change
        case Scaled(_, how):
            return Change.LIGHTER if how == "easier" else Change.STEP
        case Repaced(_, how):
            return _REPACED[how]
        case InWords() | NewObstacle() | Extended() | Reshaped():
            return Change.SAME


_REPACED = {"more": Change.STEP, "later": Change.SAME, "less": Change.LIGHTER}


def _lines(life: Lived, work: Reworked, wish: PlanWish, today: date) -> list[Content]:
    """Say the line of the plan that is new."""
    plan = work.plan
    if isinstance(wish, NewObstacle):
        return [text("change.obstacle", when=plan.obstacle_if or "", then=plan.obstacle_then or "")]
    if isinstance(wish, Extended):
        return [text("change.extended", weeks=wish.weeks)]
    if isinstance(wish, Scaled | Proposed | Repaced):
        week = plan.weeks[work.week - 1]
        key = "change.agreed" if isinstance(wish, Proposed) else "change.week"
        said = text(key, week=week.number, figure=week.text)
        later = isinstance(wish, Repaced) and wish.how == "later"
        return [said, text("change.date", day=plan.deadline)] if later and plan.deadline else [said]
    session = life.next_session(today)
    if session is None:
        return [text("change.done")]
    at = f" {session.at:%H:%M}" if session.at else ""
    return [text("change.next", day=session.on, time=at, session=session.text)]


def _growth(life: Lived, before: GoalUnderstanding, today: date) -> list[Content]:
    """Say how far the sessions of a habit grow that are not as big yet as they were just wished."""
    u, session = life.understanding, life.next_session(today)
    size = session.amount if session else None
    if u.amount == before.amount or u.goal_type is not GoalType.HABIT or size is None:
        return []
    ahead = life.plan.weeks[max(0, life.week_on(today) - 1) :]
    most = max((one.figure.value for one in ahead if one.figure), default=0.0)
    if most <= size.value or size.unit == "clock":
        return []
    return [text("change.grows", amount=parts.said(Quantity(most, size.unit), u.language))]
