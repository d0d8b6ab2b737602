"""CONFIDENCE, EASIER and CHECK_IN: how sure, whether easier is better, and when to ask."""

import re
from dataclasses import replace

from bot.check_ins import schedule
from bot.journey import clocks
from bot.journey.asks import AskPlan
from bot.journey.content import PlanCard, Text
from bot.journey.conversation import Conversation, Lighter, Stage
from bot.journey.effects import Rows, Say
from bot.journey.events import Pressed, Rated, Said
from bot.journey.found import PlanDrafted
from bot.journey.keeps import CheckInChoice, KeepPlan
from bot.journey.setting_hours import WHEN
from bot.journey.step import Step, button, fresh, go, put, say, text
from coach.values import Plan

RANGES = {"0": 2, "1": 5, "2": 7, "3": 9}
"""Confidence taps (0–3, 4–6, 7–8, 9–10) and the value kept for each."""

SURE = 7
"""Confidence from which a plan is left as it is; below, an easier one is offered
(the 0–10 scale and the threshold of 7 come from brief action planning)."""

CONFIDENCE: Rows = (
    tuple(button(f"confidence.{code}", "cf", code) for code in ("0", "1")),
    tuple(button(f"confidence.{code}", "cf", code) for code in ("2", "3")),
)

EASIER: Rows = ((button("easier.yes", "ez", "y"), button("easier.no", "ez", "n")),)

CHECK_IN: Rows = (
    (button("check_in.a", "ck", "a"), button("check_in.e", "ck", "e")),
    (button("check_in.m", "ck", "m"), button("check_in.x", "ck", "x")),
)

_NUMBER = re.compile(r"(?<!\d)(10|\d)(?!\d)")


def ask_confidence(conversation: Conversation) -> Step:
    """Ask how sure the person is of this week."""
    return Step(conversation, (say("confidence.ask", buttons=CONFIDENCE),))


def take_confidence(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a tapped range; an unknown one asks again."""
    if pressed.argument not in RANGES:
        return ask_confidence(conversation)
    return _weigh(conversation, RANGES[pressed.argument])


def read_confidence(conversation: Conversation, said: Said) -> Step:
    """Take a number from 0 to 10; anything else asks again."""
    found = _NUMBER.search(said.text)
    if found is None:
        return ask_confidence(conversation).after(say("confidence.unclear"))
    return _weigh(conversation, int(found[1]))


def _weigh(conversation: Conversation, confidence: int) -> Step:
    told = put(conversation, confidence=confidence)
    if confidence >= SURE:
        return ask_check_in(go(told, Stage.CHECK_IN_TIME))
    return Step(told, (AskPlan("easier"),))


def offer_easier(conversation: Conversation, made: PlanDrafted) -> Step:
    """Offer the easier plan just made; where nothing in week 1 can be easier, go on."""
    plan = conversation.draft.plan
    if plan is not None and plan.work.weeks[0] == made.plan.work.weeks[0]:
        return ask_check_in(go(conversation, Stage.CHECK_IN_TIME))
    offered = go(conversation, Stage.EASIER, lighter=Lighter(made.understanding, made.plan))
    return ask_easier(offered)


def ask_easier(conversation: Conversation) -> Step:
    """Ask whether the easier first week is better."""
    lighter = conversation.draft.lighter
    if lighter is None:
        return ask_check_in(go(conversation, Stage.CHECK_IN_TIME))
    figure = lighter.plan.work.weeks[0].text
    return Step(conversation, (say(text("easier.ask", figure=figure), buttons=EASIER),))


def take_easier(conversation: Conversation, _: Pressed | Said) -> Step:
    """Swap to the easier plan."""
    lighter = conversation.draft.lighter
    if lighter is None:
        return ask_check_in(go(conversation, Stage.CHECK_IN_TIME))
    eased = go(
        conversation,
        Stage.CHECK_IN_TIME,
        understanding=lighter.understanding,
        plan=lighter.plan,
        lighter=None,
    )
    return ask_check_in(eased)


def keep_plan(conversation: Conversation, _: Pressed | Said) -> Step:
    """Keep the plan as it is."""
    return ask_check_in(go(conversation, Stage.CHECK_IN_TIME, lighter=None))


def read_easier(conversation: Conversation, said: Said) -> Step:
    """Take a yes or no in words; anything else asks again."""
    if said.agrees is None:
        return ask_easier(conversation)
    return (take_easier if said.agrees else keep_plan)(conversation, said)


def ask_check_in(conversation: Conversation) -> Step:
    """Ask when to ask how it went."""
    return Step(conversation, (say("check_in.ask", buttons=CHECK_IN),))


def take_check_in(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a tapped time; an unknown one asks again."""
    if pressed.argument not in WHEN:
        return ask_check_in(conversation)
    return finish(conversation, WHEN[pressed.argument])


def read_check_in(conversation: Conversation, said: Said) -> Step:
    """Take a wall time from words; anything else asks again."""
    found = clocks.moment(said.text)
    if found is None:
        return ask_check_in(conversation).after(say("check_in.unclear"))
    return finish(conversation, f"{found:%H:%M}")


def finish(conversation: Conversation, when: str) -> Step:
    """Keep the plan, show it with stars, and say what comes first."""
    draft = conversation.draft
    if draft.plan is None or draft.understanding is None or draft.goal is None:
        raise UnfinishedPlanError(conversation.stage)
    plan = draft.plan.work
    home = replace(fresh(conversation, Stage.HOME), has_goal=True)
    keep = KeepPlan(
        draft.goal, draft.understanding, draft.plan, draft.confidence, CheckInChoice(when)
    )
    shown = Say((PlanCard(plan),), stars=Rated.PLAN)
    preferences = replace(conversation.preferences, check_in=when)
    later = schedule.outlast(plan.weeks[0].sessions, preferences)
    said = (_all_set(plan, when), *((text("all_set.later"),) if later else ()))
    return Step(home, (keep, shown, say(*said)))


def _all_set(plan: Plan, when: str) -> Text:
    key = when if when in WHEN.values() else "clock"
    return text(f"all_set.{key}", first_step=plan.first_step, time=when)


class UnfinishedPlanError(Exception):
    """The end was reached without a goal, a resolution or a plan; the machine's fault."""
