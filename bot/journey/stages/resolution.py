"""RESOLUTION and REVISE: agree on one clear sentence, or change it first."""

from dataclasses import replace

from bot.journey.asks import AskFill, AskResolution, AskRevision
from bot.journey.content import ResolutionCard, Text, Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Close, Effect, Rows, Say
from bot.journey.events import Event, Pressed, Rated, Said
from bot.journey.found import Filled, ResolutionDrafted
from bot.journey.keeps import KeepResolution
from bot.journey.stages import goal, schedule
from bot.journey.step import Step, button, fresh, go, put, rows, say, text
from coach.values import Drafted, GoalUnderstanding, Resolution, Slot

PATIENCE = 3
"""Rounds of changes after which starting with the present version is suggested."""

BUTTONS: Rows = (
    (button("resolution.yes", "rv", "ok"), button("resolution.change", "rv", "ed")),
    (button("resolution.start_over", "rv", "no"), button("resolution.why", "rv", "why")),
)

ENOUGH: Rows = (
    (button("resolution.go_with_it", "rv", "ok"), button("resolution.once_more", "rv", "ed")),
)

CHANGES = {
    "amt": Slot.AMOUNT,
    "frq": Slot.FREQUENCY,
    "end": Slot.DEADLINE,
    "day": Slot.TIME,
    "min": Slot.MINIMUM,
    "wrd": Slot.WORDING,
}
"""What can be changed by a tap: the button's argument and the slot it asks about."""


def show(conversation: Conversation) -> Step:
    """Show the card and ask whether it fits."""
    card = ResolutionCard(_offered(conversation).work)
    if conversation.draft.rounds >= PATIENCE:
        return Step(conversation, (say(card, "resolution.good_enough", buttons=ENOUGH),))
    return Step(conversation, (say(card, "resolution.fits", buttons=BUTTONS),))


def agree(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the yes: keep this version, put stars under it, and go on to the schedule."""
    closed = Close(pressed.message, pressed.shown, Words(pressed.label), stars=Rated.RESOLUTION)
    return _agreed(conversation, pressed, closed)


def _agreed(conversation: Conversation, event: Event, shown: Effect) -> Step:
    """Keep this version, which is *shown* with its stars."""
    draft = conversation.draft
    key = draft.goal or goal.new_id(event.turn)
    understanding = draft.understanding
    if understanding is None:
        return goal.ask(go(conversation, Stage.GOAL))
    agreed = put(conversation, goal=key, days=())
    return schedule.proceed(agreed).after(
        shown, KeepResolution(key, understanding, _offered(conversation))
    )


def start_over(conversation: Conversation, _: Pressed) -> Step:
    """Drop the draft and ask for a goal again."""
    return goal.ask(fresh(conversation, Stage.GOAL))


def explain(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Say what came from the person and what we suggested."""
    resolution = _offered(conversation).work
    lines: list[Text] = []
    if resolution.from_person:
        lines.append(text("resolution.from_you", what=", ".join(resolution.from_person)))
    if resolution.suggestions:
        lines.append(text("resolution.suggested", what=", ".join(resolution.suggestions)))
    lines.append(text("resolution.fits"))
    return Step(conversation, (say(*lines, buttons=BUTTONS),))


def ask_change(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Ask what should be different."""
    choices = (button(f"revise.{code}", "ed", code) for code in CHANGES)
    buttons = (*rows(choices, 2), (button("revise.nothing", "ed", "no"),))
    return Step(
        go(conversation, Stage.REVISE, changing=None), (say("revise.ask", buttons=buttons),)
    )


def ask_about(conversation: Conversation, pressed: Pressed) -> Step:
    """Ask for the new value of the thing tapped, or go back to the card."""
    slot = CHANGES.get(pressed.argument)
    if slot is None:
        return back_to_card(conversation)
    return Step(put(conversation, changing=slot), (say(f"revise.ask.{pressed.argument}"),))


def change(conversation: Conversation, said: Said) -> Step:
    """Take words as a change: of the thing asked about, or of anything; a yes is a tap's yes."""
    if conversation.stage is Stage.RESOLUTION and said.agrees is not None:
        if not said.agrees:
            return ask_change(conversation)
        card = ResolutionCard(_offered(conversation).work)
        return _agreed(conversation, said, Say((card,), stars=Rated.RESOLUTION))
    slot = conversation.draft.changing
    if conversation.stage is Stage.REVISE and slot is not None:
        return Step(conversation, (AskFill(slot, said.text),))
    return Step(conversation, (AskRevision(said.text, said.asks),))


def changed(conversation: Conversation, filled: Filled) -> Step:
    """Write the resolution anew, or say that the change was not understood."""
    draft = conversation.draft
    if not filled.understood and filled.asks:
        return explain(replace(conversation, stage=Stage.RESOLUTION))
    if not filled.understood and draft.tries == 0:
        unsure = put(conversation, tries=1)
        return ask_change(unsure).after(say("revise.unclear"))
    known = put(conversation, understanding=filled.understanding, rounds=draft.rounds + 1)
    return Step(known, (*_of_load(draft.understanding, filled.understanding), AskResolution()))


def _of_load(before: GoalUnderstanding | None, now: GoalUnderstanding) -> tuple[Say, ...]:
    """Say that less or more was heard where only the plan, and not the card, shows it."""
    if before is None or before.load == now.load:
        return ()
    return (say("revise.lighter" if now.load < before.load else "revise.harder"),)


def redrafted(conversation: Conversation, made: ResolutionDrafted) -> Step:
    """Show the changed resolution."""
    way = conversation.draft.trail
    if conversation.stage is Stage.REVISE:  # few stars may lead there from further on
        way = way[: way.index(Stage.RESOLUTION)] if Stage.RESOLUTION in way else ()
    return show(
        put(
            replace(conversation, stage=Stage.RESOLUTION),
            resolution=made.resolution,
            usual=made.days,
            changing=None,
            trail=way,
        )
    )


def back_to_card(conversation: Conversation) -> Step:
    """Show the card again, unchanged."""
    trail = conversation.draft.trail
    return show(put(replace(conversation, stage=Stage.RESOLUTION), changing=None, trail=trail[:-1]))


def _offered(conversation: Conversation) -> Drafted[Resolution]:
    offered = conversation.draft.resolution
    if offered is None:
        raise NothingOfferedError(conversation.stage)
    return offered


class NothingOfferedError(Exception):
    """A stage that shows an offer was reached without one; the machine's fault."""
