"""HOME: everyday use, once a plan is agreed: what comes next, the plan, the goals, a talk."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.journey.asks import AskGoals, AskReply
from bot.journey.content import Content, PlanCard, Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Rows
from bot.journey.events import Command, GoalsFound, GoalState, Pressed, Replied, Said
from bot.journey.step import Step, button, say, text, words
from coach.values import Plan, Session

BUTTONS: Rows = (
    (button("home.plan", "hm", "plan"), button("home.goals", "hm", "goals")),
    (button("home.talk", "hm", "talk"),),
)


def ask(conversation: Conversation) -> Step:
    """Show where things stand."""
    return Step(conversation, (AskGoals("today"),))


def look_up(conversation: Conversation, command: Command) -> Step:
    """Look up what /today or /plan shows; the command's name comes back with it."""
    return Step(conversation, (AskGoals(command.name),))


def tap(conversation: Conversation, pressed: Pressed) -> Step:
    """Open what was tapped."""
    if pressed.argument == "talk":
        return Step(conversation, (say("home.listening"),))
    return Step(conversation, (AskGoals(pressed.argument),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Have the coach answer."""
    return Step(conversation, (AskReply(said.text),))


def reply(conversation: Conversation, replied: Replied) -> Step:
    """Pass the coach's answer on."""
    return Step(conversation, (say(words(replied.reply.work.text)),))


def show(conversation: Conversation, found: GoalsFound) -> Step:
    """Show what the goals were looked up for."""
    active = [known for known in found.goals if known.state is GoalState.ACTIVE and known.plan]
    if not active or active[0].plan is None:
        return Step(conversation, (say("plan.none"),))
    if found.wanted == "plan":
        return Step(conversation, (say(PlanCard(active[0].plan), buttons=_home(conversation)),))
    lines = tuple(
        _today(known.title, known.plan, _local_date(conversation, found.at))
        for known in active
        if known.plan
    )
    return Step(conversation, (say(*lines, buttons=_home(conversation)),))


def _today(title: str, plan: Plan, today: date) -> Content:
    upcoming = [session for week in plan.weeks for session in week.sessions if session.on >= today]
    week = sum(week.start <= today for week in plan.weeks)
    if week == 0:
        return text("today.begins", title=title, day=plan.weeks[0].start)
    if not upcoming:
        return text("today.week", title=title, week=week, figure=plan.weeks[week - 1].text)
    return _next(title, week, upcoming[0], today)


def _next(title: str, week: int, session: Session, today: date) -> Text:
    when = "today.now" if session.on == today else "today.next"
    return text(
        when,
        title=title,
        week=week,
        session=session.text,
        day=session.on,
        time=f"{session.at:%H:%M}" if session.at else "",
    )


def _home(conversation: Conversation) -> Rows:
    """Offer the way on, but never over a question of the set-up that is still open."""
    return BUTTONS if conversation.stage is Stage.HOME else ()


def _local_date(conversation: Conversation, at: datetime) -> date:
    return at.astimezone(ZoneInfo(conversation.zone) if conversation.zone else None).date()
