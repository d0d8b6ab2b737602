"""GOALS: the list of what somebody wants, and one goal opened from it."""

from collections.abc import Callable
from dataclasses import replace

from bot.journey import aside
from bot.journey.asks import AskOwned, AskReading, AskResolution
from bot.journey.content import Content, PlanCard, ResolutionCard, Words
from bot.journey.conversation import Conversation, Draft, Stage
from bot.journey.effects import Button, Rows
from bot.journey.events import Command, Pressed, Said
from bot.journey.found import OwnedFound, OwnedGoal
from bot.journey.keeps import DropGoal, KeepOrder, KeepStanding
from bot.journey.stages import crowd
from bot.journey.stages.split import shorten
from bot.journey.step import Step, button, fresh, rows, say, text, words

LISTED = 6
"""Goals that get a button of their own; the others are found by their words."""

BACK = (button("goals.back", "gv", "list"),)

Verb = Callable[[Conversation, OwnedGoal, OwnedFound], Step]


def start(conversation: Conversation, _: Command | Pressed) -> Step:
    """Open the list; a set-up that is under way waits."""
    return ask(aside.step_aside(conversation, Stage.GOALS))


def ask(conversation: Conversation) -> Step:
    """Show what is open: the list, or one goal."""
    return Step(conversation, (AskOwned("card" if conversation.about else "list"),))


def open_card(conversation: Conversation, pressed: Pressed) -> Step:
    """Open the goal that was tapped."""
    return Step(replace(conversation, about=pressed.argument), (AskOwned("card"),))


def act(conversation: Conversation, pressed: Pressed) -> Step:
    """Do what was tapped with the open goal."""
    return Step(conversation, (AskOwned(pressed.argument),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Look for the goal that the words name."""
    return Step(conversation, (AskOwned(f"named {said.text}"),))


def close(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Go back to where the person rests."""
    return aside.leave(conversation, "goals.closed")


def found(conversation: Conversation, looked: OwnedFound) -> Step:
    """Go on with the goals that were looked up."""
    if looked.wanted.startswith("named "):
        return _named(conversation, looked)
    if looked.wanted == "new":
        return crowd.start_another(conversation, looked)
    opened = chosen(conversation, looked)
    if opened is None or looked.wanted not in VERBS:
        return show_list(conversation, looked)
    return VERBS[looked.wanted](conversation, opened, looked)


def chosen(conversation: Conversation, looked: OwnedFound) -> OwnedGoal | None:
    """Return the goal that is open; None where it is not among the person's goals."""
    return next((g for g in looked.goals if str(g.number) == conversation.about), None)


def show_list(conversation: Conversation, looked: OwnedFound) -> Step:
    """Show every goal with where it stands."""
    listed = replace(conversation, stage=Stage.GOALS, about="")
    lines: list[Content] = [
        text(f"goals.{_standing(one, looked)}", title=one.title) for one in looked.goals
    ]
    choices = [Button(Words(shorten(g.title)), "go", str(g.number)) for g in looked.goals[:LISTED]]
    last = (button("goals.new", "gv", "new"), button("goals.done_here", "gv", "close"))
    heading = "goals.yours" if looked.goals else "goals.none"
    return Step(listed, (say(heading, *lines, buttons=(*rows(choices, 1), last)),))


def _standing(one: OwnedGoal, looked: OwnedFound) -> str:
    if one.state != "active":
        return one.state
    if one.plan is None:
        return "agreed"
    return "main" if one == _main(looked) else "active"


def _main(looked: OwnedFound) -> OwnedGoal | None:
    return next((g for g in looked.goals if g.state == "active" and g.plan), None)


def _named(conversation: Conversation, looked: OwnedFound) -> Step:
    """Open the one goal that shares words with what was said; otherwise show the list.

    Where there is none yet, the words are read as the first one.
    """
    named = looked.wanted.removeprefix("named ")
    if not looked.goals:
        begun = fresh(replace(conversation, about=""), Stage.GOAL)
        return Step(begun, (AskReading(Words(named)),))
    said = set(named.casefold().split())
    shared = {
        one.number: len(said & set(f"{one.title} {one.understanding.text}".casefold().split()))
        for one in looked.goals
    }
    most = max(shared.values(), default=0)
    best = [number for number, count in shared.items() if count == most and most]
    if len(best) != 1:
        return show_list(conversation, looked).after(say("goals.which"))
    opened = replace(conversation, about=str(best[0]))
    return show_card(opened, next(g for g in looked.goals if g.number == best[0]), looked)


# --- one goal ---


def show_card(conversation: Conversation, one: OwnedGoal, looked: OwnedFound) -> Step:
    """Show a goal: its cards, and what can be done with it."""
    cards: list[Content] = []
    if one.resolution:
        cards.append(ResolutionCard(one.resolution))
    if one.plan and one.state != "parked":
        cards.append(PlanCard(one.plan))
    line = text(f"goals.{_standing(one, looked)}", title=one.title)
    shown = replace(conversation, stage=Stage.GOALS)
    return Step(shown, (say(*(cards or [words(one.understanding.text)]), line, buttons=_can(one)),))


def _can(one: OwnedGoal) -> Rows:
    put_away = (button("goals.delete", "gv", "delete"), *BACK)
    if one.state == "active":
        return (
            (button("goals.change", "gv", "change"), button("goals.make_main", "gv", "main")),
            (button("goals.finish", "gv", "finish"), button("goals.park", "gv", "park")),
            put_away,
        )
    return ((button("goals.begin", "gv", "begin"),), put_away)


def _make_main(conversation: Conversation, one: OwnedGoal, looked: OwnedFound) -> Step:
    others = tuple(g for g in looked.goals if g != one)
    first = replace(looked, goals=(one, *others))
    order = KeepOrder(tuple(g.number for g in first.goals))
    return show_list(conversation, first).after(order, say(text("goals.now_main", title=one.title)))


def _moved(state: str) -> Verb:
    def move(conversation: Conversation, one: OwnedGoal, looked: OwnedFound) -> Step:
        """Note where the goal stands now; nothing made for it is lost."""
        now = tuple(replace(g, state=state) if g == one else g for g in looked.goals)
        said = say(text(f"goals.now_{state}", title=one.title))
        kept = KeepStanding(one.number, state)
        return show_list(conversation, replace(looked, goals=now)).after(kept, said)

    return move


def _park(conversation: Conversation, one: OwnedGoal, looked: OwnedFound) -> Step:
    if crowd.list_is_full(looked):
        return show_list(conversation, looked).after(say("goals.list_full"))
    return _moved("parked")(conversation, one, looked)


def begin_again(conversation: Conversation, one: OwnedGoal, _: OwnedFound) -> Step:
    """Go through resolution and plan with what is understood already, to their next versions."""
    draft = Draft(understanding=one.understanding, goal=one.number, trail=(Stage.GOAL,))
    opened = fresh(replace(conversation, about=""), Stage.CLARIFY)
    return Step(replace(opened, draft=draft), (AskResolution(),))


def _begin(conversation: Conversation, one: OwnedGoal, looked: OwnedFound) -> Step:
    if one.resolution is None:
        return crowd.start_another(conversation, looked, one)
    return begin_again(conversation, one, looked)


# --- deleting ---


def ask_delete(conversation: Conversation, one: OwnedGoal, _: OwnedFound) -> Step:
    """Ask once more before a goal is deleted."""
    asked = replace(conversation, stage=Stage.DELETE_GOAL)
    sure = (button("goals.delete_yes", "dg", "yes"), button("goals.delete_no", "dg", "no"))
    return Step(asked, (say(text("goals.delete_ask", title=one.title), buttons=(sure,)),))


def ask_delete_again(conversation: Conversation) -> Step:
    """Ask once more, after anything else was said."""
    return Step(conversation, (AskOwned("delete"),))


def delete(conversation: Conversation, _: Pressed) -> Step:
    """Delete the goal that was asked about."""
    return Step(conversation, (AskOwned("deleted"),))


def keep(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Delete nothing, and show the goal again."""
    return ask(replace(conversation, stage=Stage.GOALS))


def _deleted(conversation: Conversation, one: OwnedGoal, looked: OwnedFound) -> Step:
    if conversation.stage is not Stage.DELETE_GOAL:  # nobody was asked once more
        return ask_delete(conversation, one, looked)
    left = replace(looked, goals=tuple(g for g in looked.goals if g != one))
    gone = (DropGoal(one.number), say(text("goals.deleted", title=one.title)))
    return show_list(conversation, left).after(*gone)


VERBS: dict[str, Verb] = {
    "card": show_card,
    "main": _make_main,
    "park": _park,
    "finish": _moved("done"),
    "change": begin_again,
    "begin": _begin,
    "delete": ask_delete,
    "deleted": _deleted,
}
"""What can be done with the open goal."""
