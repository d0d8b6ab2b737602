"""FINISH: a goal at its end: facts first, what helped, and the ways on."""

from datetime import date

from bot.journey import local
from bot.journey.asks import AskChange
from bot.journey.content import Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Close, Rows, Say
from bot.journey.events import Event, Occasion, OccasionTapped, Rated, Subject
from bot.journey.found import DaysFound, KnownGoal, WishHeard
from bot.journey.keeps import KeepStanding, KeepWhatWorks
from bot.journey.stages import goal, occasions
from bot.journey.step import Step, fresh, rows, say, text, words
from coach import lived, measured
from coach.lived import Lived
from coach.plan_wishes import Extended
from coach.values import GoalType

FINISH = "finish"
"""What sets off a change that lets a plan go on after its end."""

REACHED, OPEN_END = ("keep", "grow", "new", "stop"), ("done", "more", "grow", "stop")
"""The ways on from a goal that was reached, and from a date that came before the end."""

_AT_OPEN_END = {"grow": "finish.target", "stop": "finish.close"}
"""What a way on is called where the end was not reached."""

MORE_WEEKS = 2


def open_(conversation: Conversation, found: WishHeard) -> Step:
    """Take "I finished" about the main goal."""
    known = occasions.living(found.goals)[0]
    return reached(conversation, known, found)


def ask(conversation: Conversation, known: KnownGoal, event: Event) -> Step:
    """Say what the planned weeks came to; only the person knows whether a target was reached."""
    towards = known.life is not None and known.life.understanding.goal_type in {
        GoalType.OUTCOME, GoalType.PROJECT,
    }  # fmt: skip
    if not towards:
        return reached(conversation, known, event)
    return _asked(conversation, known, event, "finish.over", OPEN_END)


def reached(conversation: Conversation, known: KnownGoal, event: Event) -> Step:
    """Say what was done, and ask what helped."""
    return _asked(conversation, known, event, "finish.reached", REACHED)


def ask_again(conversation: Conversation) -> Step:
    """Ask once more what helped."""
    occasion = conversation.everyday.occasion
    buttons = _buttons(occasion, REACHED) if occasion else ()
    return Step(conversation, (say("finish.what_helped", buttons=buttons),))


def _asked(
    conversation: Conversation, known: KnownGoal, event: Event, key: str, ways: tuple[str, ...]
) -> Step:
    if known.life is None:
        return Step(conversation, (say("plan.none"),))
    today = local.today(conversation, event.at)
    occasion = Occasion(known.number, today)
    turned = occasions.turn_to(conversation, Stage.FINISH, occasion=occasion)
    facts = _facts(known.life, today)
    amount = _amount(conversation, known.life, today)
    content = (text(key, title=known.title), facts, *amount, text("finish.what_helped"))
    shows = Subject(Rated.FINISH, goal.new_id(event.turn))
    return Step(turned, (Say(content, _buttons(occasion, ways), shows=shows),))


def _buttons(occasion: Occasion, ways: tuple[str, ...]) -> Rows:
    labels = _AT_OPEN_END if ways is OPEN_END else {}
    return rows(
        (Button(text(labels.get(way, f"finish.{way}")), "fn", way, occasion) for way in ways), 2
    )


def _facts(life: Lived, today: date) -> Text:
    done, planned = lived.so_far(life, today)
    weeks = max(1, min(life.week_on(today), len(life.plan.weeks)))
    if planned == 0:
        return text("finish.facts_none")
    if weeks == 1:
        return text("finish.facts_week", done=done, planned=planned)
    k = lived.returns(life, today)
    key = "finish.facts_back" if k > 1 else "finish.facts_back_once" if k else "finish.facts"
    return text(key, done=done, planned=planned, weeks=weeks, k=k)


def _amount(conversation: Conversation, life: Lived, today: date) -> tuple[Text, ...]:
    """Say how much it came to, where the sessions count something."""
    found = measured.so_far(life, today)
    if found is None:
        return ()
    done, planned = found.said(conversation.language)
    key = "finish.amount_and_more" if found.at_least else "finish.amount"
    return (text(key, done=done, planned=planned),)


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Take the way on that was chosen, and put stars under the end, where it is one."""
    cause = found.cause
    if not isinstance(cause, OccasionTapped):
        return Step(conversation, (say("check_in.gone"),))
    stars = cause.shows if cause.argument not in {"done", "more"} else None
    closed = Close(cause.message, cause.shown, words(cause.label), stars=stars)
    known = occasions.goal_of(found, cause.occasion.goal)
    if known is None:
        return Step(conversation, (closed, say("check_in.gone")))
    if cause.argument == "more":
        asked = AskChange(known, Extended(MORE_WEEKS), FINISH, cause.argument)
        return Step(conversation, (closed, asked))
    if cause.argument == "done":
        return reached(conversation, known, found).after(closed)
    turned = occasions.turn_to(conversation, Stage.HOME)
    if cause.argument == "keep":
        keeps = KeepStanding(known.number, "done", local.today(conversation, found.at))
        return Step(turned, (keeps, closed, say("finish.kept")))
    done = KeepStanding(known.number, "done")
    if cause.argument in {"grow", "new"} and occasions.is_everyday(conversation):
        begun = fresh(conversation, Stage.GOAL)
        key = "finish.further" if cause.argument == "grow" else "goal.ask"
        return Step(begun, (done, closed, say(key, buttons=goal.EXAMPLES)))
    return Step(turned, (done, closed, say("finish.closed")))


def helped(conversation: Conversation, number: int, told: str) -> Step:
    """Keep what helped most; the ways on stay open."""
    occasion = conversation.everyday.occasion
    buttons = _buttons(occasion, REACHED) if occasion else ()
    return Step(conversation, (KeepWhatWorks(number, told), say("finish.noted", buttons=buttons)))


# --- a goal that is kept after its end ---


def kept(conversation: Conversation, known: KnownGoal, today: date) -> Step:
    """Ask whether a goal that was reached is still kept."""
    occasion = Occasion(known.number, today)
    buttons = rows(
        (Button(text(f"kept.{code}"), "kp", code, occasion) for code in ("yes", "less", "stop")), 2
    )
    return Step(conversation, (say(text("kept.ask", title=known.title), buttons=buttons),))


def kept_tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Take whether a goal is still kept; whoever wishes so is not asked any more."""
    cause = found.cause
    if not isinstance(cause, OccasionTapped):
        return Step(conversation, (say("check_in.gone"),))
    closed = Close(cause.message, cause.shown, words(cause.label))
    number = cause.occasion.goal
    known = next((one for one in found.goals if one.number == number and one.kept_since), None)
    turned = occasions.turn_to(conversation, Stage.HOME)
    if known is None:
        return Step(turned, (closed, say("check_in.gone")))
    match cause.argument:
        case "stop":
            return Step(turned, (KeepStanding(number, "done"), closed, say("kept.quiet")))
        case "less":
            return Step(turned, (closed, say("kept.smaller")))
        case _:
            return Step(turned, (closed, say("kept.good")))
