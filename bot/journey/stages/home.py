"""HOME: everyday use, once a plan is agreed: where things stand, and what is said out of it."""

from datetime import date

from bot.journey import local, unexpected
from bot.journey.asks import AskDays, AskGoals, AskReading, AskReply, AskWish
from bot.journey.content import Content, PlanCard, Text, Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Rows
from bot.journey.events import Command, Event, Pressed, Said, SentOther
from bot.journey.found import DaysFound, GoalsFound, KnownGoal
from bot.journey.stages import finish, lapse, occasions, report
from bot.journey.step import Step, button, fresh, say, text
from coach import lived
from coach.lived import Lived, Told
from coach.weeks import DayState

BUTTONS: Rows = (
    (button("home.done", "hm", "done"), button("home.plan", "hm", "plan")),
    (button("home.goals", "hm", "goals"), button("home.talk", "hm", "talk")),
)

NODS = frozenset("👍👌💪✅☑✔🎉🙌👏🔥🏃😀😄😊🥳⭐🌟💯")
"""Emoji that may well mean "done"."""


def ask(conversation: Conversation) -> Step:
    """Show where things stand."""
    return Step(conversation, (AskGoals("today"),))


def look_up(conversation: Conversation, command: Command) -> Step:
    """Look up what /today or /plan shows; the command's name comes back with it."""
    return Step(conversation, (AskGoals(command.name),))


def tap(conversation: Conversation, pressed: Pressed) -> Step:
    """Open what was tapped."""
    if pressed.argument == "talk":
        return Step(occasions.turn_to(conversation, Stage.COACH), (say("home.listening"),))
    return Step(conversation, (AskGoals(pressed.argument),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Find out what the words want; an emoji may answer today's check-in."""
    if unexpected.is_emoji(said.text):
        return Step(conversation, (AskDays("emoji", said),))
    return Step(conversation, (AskWish(said),))


def no_words(conversation: Conversation, sent: SentOther) -> Step:
    """Answer a sticker out of the blue once a day; say what can be read of anything else."""
    kind = unexpected.KINDS.get(sent.what, "other")
    if kind == "sticker":
        return Step(conversation, (AskDays("emoji", sent),))
    return Step(conversation, (say(f"only_text.{kind}"),))


def emoji(conversation: Conversation, found: DaysFound) -> Step:
    """Take a nod as an answer to what is open today, once confirmed; stay calm about the rest."""
    today, goals = local.today(conversation, found.at), occasions.living(found.goals)
    said = found.cause.text if isinstance(found.cause, Said) else ""
    due = [line for line in report.told_of(goals, today) if line.told is None]
    if due and any(sign in NODS for sign in said):
        return report.confirm(conversation, goals, Told(today, 0, DayState.DONE), said)
    if conversation.everyday.emoji_on == today:
        return Step(conversation)
    noticed = occasions.keeping(conversation, emoji_on=today)
    return Step(noticed, (say("only_text.sticker"),))


# --- what the goals were looked up for ---


def show(conversation: Conversation, found: GoalsFound) -> Step:
    """Show what the goals were looked up for."""
    living = occasions.living(found.goals)
    if not living:
        return Step(conversation, (say("plan.none"),))
    if found.wanted == "plan":
        card = PlanCard(_life(living[0]).ahead(local.today(conversation, found.at)))
        return Step(conversation, (say(card, buttons=_home(conversation)),))
    return summary(conversation, living, found)


def summary(conversation: Conversation, living: tuple[KnownGoal, ...], event: Event) -> Step:
    """Say where things stand; first meet somebody whose plan is over, or who drifted away."""
    today = local.today(conversation, event.at)
    if occasions.is_everyday(conversation):
        ended = next((one for one in living if lived.over(_life(one), today)), None)
        if ended is not None:
            return finish.ask(conversation, ended, event)
        drifted = lapse.drifted(conversation, living, today)
        if drifted is not None:
            return lapse.ask(conversation, drifted, today)
    turned = occasions.turn_to(conversation, Stage.HOME)
    lines = tuple(_today(known.title, _life(known), today) for known in living)
    return Step(turned, (say(*lines, buttons=_home(turned)),))


def _life(known: KnownGoal) -> Lived:
    if known.life is None:
        raise NotLivedError(known.number)
    return known.life


def _today(title: str, life: Lived, today: date) -> Content:
    number = life.week_on(today)
    session = life.next_session(today)
    if number == 0 or session is None:
        start = life.plan.weeks[0].start
        return text("today.begins", title=title, day=start) if number == 0 else _free(title, life)
    done, planned = lived.done(life, number, today), lived.planned(life, number, today)
    key = "today.now" if session.on == today else "today.next"
    if not planned:
        return text("today.free", title=title, day=session.on, session=session.text)
    return text(key, title=title, done=done, planned=planned, day=session.on, session=session.text)


def _free(title: str, life: Lived) -> Text:
    return text("today.last", title=title, weeks=len(life.plan.weeks))


def new_goal(conversation: Conversation, words: str) -> Step:
    """Take words as a new goal; what is agreed stays."""
    return Step(fresh(conversation, Stage.GOAL), (AskReading(Words(words)),))


def talk(conversation: Conversation, said: Said) -> Step:
    """Have the coach answer."""
    return Step(conversation, (AskReply(said.text),))


def _home(conversation: Conversation) -> Rows:
    """Offer the way on, but never over a question of the set-up that is still open."""
    return BUTTONS if occasions.is_everyday(conversation) else ()


class NotLivedError(Exception):
    """A goal without a plan was taken for one that is lived; the machine's fault."""
