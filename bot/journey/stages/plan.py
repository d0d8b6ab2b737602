"""PLAN and PLAN_EDIT: agree on the first week and the direction."""

from dataclasses import replace

from bot.journey.asks import AskPlan, AskRevision
from bot.journey.content import PlanCard
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Rows
from bot.journey.events import Pressed, Said
from bot.journey.found import Filled, PlanDrafted
from bot.journey.stages import commit, schedule
from bot.journey.stages.resolution import NothingOfferedError
from bot.journey.step import Step, button, go, put, say

EASINGS = 2
"""Times "easier" scales the plan; the next one offers the minimum version instead."""

BUTTONS: Rows = (
    (button("plan.start", "pl", "ok"),),
    (button("plan.easier", "pl", "ez"), button("plan.harder", "pl", "hd")),
    (button("plan.other_days", "pl", "dy"), button("button.back", "pl", "bk")),
)

EDITS: Rows = (
    (button("edit.fewer_days", "pe", "fewer_days"), button("edit.shorter", "pe", "shorter")),
    (button("edit.later", "pe", "later"), button("plan.other_days", "pe", "days")),
    (button("edit.nothing", "pe", "no"),),
)

RESHAPES = {"fewer_days", "shorter", "later"}


def show(conversation: Conversation) -> Step:
    """Show the card and ask whether to start."""
    offered = conversation.draft.plan
    if offered is None:
        raise NothingOfferedError(conversation.stage)
    return Step(conversation, (say(PlanCard(offered.work), "plan.shall_we", buttons=BUTTONS),))


def drafted(conversation: Conversation, made: PlanDrafted) -> Step:
    """Show a plan just made."""
    ready = conversation
    if conversation.stage not in {Stage.PLAN, Stage.PLAN_EDIT}:
        ready = go(conversation, Stage.PLAN)
    return show(
        put(
            replace(ready, stage=Stage.PLAN),
            plan=made.plan,
            understanding=made.understanding,
        )
    )


def start(conversation: Conversation, _: Pressed | Said) -> Step:
    """Take the yes and ask how sure the person is."""
    return commit.ask_confidence(go(conversation, Stage.CONFIDENCE))


def easier(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Make it easier; after that, offer the minimum version as the first week."""
    easings = conversation.draft.easings + 1
    how = "easier" if easings <= EASINGS else "minimum"
    return Step(put(conversation, easings=easings), (AskPlan(how),))


def harder(conversation: Conversation, _: Pressed) -> Step:
    """Make it harder."""
    return Step(put(conversation, easings=0), (AskPlan("harder"),))


def other_days(conversation: Conversation, _: Pressed) -> Step:
    """Ask for the days again; the rest of the schedule stays."""
    understanding = conversation.draft.understanding
    ticked = understanding.days if understanding else ()
    return schedule.ask_days(go(conversation, Stage.DAYS, days=ticked))


def change(conversation: Conversation, said: Said) -> Step:
    """Take words as a change to the plan; a yes or no to the card is a tap's."""
    if conversation.stage is Stage.PLAN and said.agrees is not None:
        return start(conversation, said) if said.agrees else ask_edit(conversation)
    return Step(conversation, (AskRevision(said.text, said.asks),))


def changed(conversation: Conversation, filled: Filled) -> Step:
    """Make the plan anew, or ask what should change."""
    if not filled.understood and filled.asks:
        return show(replace(conversation, stage=Stage.PLAN)).after(say("plan.how_it_works"))
    if not filled.understood:
        return ask_edit(conversation)
    return Step(put(conversation, understanding=filled.understanding), (AskPlan(),))


def ask_edit(conversation: Conversation) -> Step:
    """Ask what should change, with taps."""
    return Step(replace(conversation, stage=Stage.PLAN_EDIT), (say("edit.ask", buttons=EDITS),))


def edit(conversation: Conversation, pressed: Pressed) -> Step:
    """Reshape the plan as tapped, or show it again unchanged."""
    if pressed.argument in RESHAPES:
        return Step(conversation, (AskPlan(pressed.argument),))
    if pressed.argument == "days":
        return other_days(replace(conversation, stage=Stage.PLAN), pressed)
    return show(replace(conversation, stage=Stage.PLAN))
