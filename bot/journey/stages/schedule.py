"""DAYS, TIME and ZONE: when it happens; each is skipped where it is known already."""

from dataclasses import replace
from datetime import time

from bot.journey import zones
from bot.journey.asks import AskFill
from bot.journey.content import Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Redraw, Rows
from bot.journey.events import Pressed, Said
from bot.journey.found import Filled
from bot.journey.stages import obstacle
from bot.journey.step import Step, button, go, put, rows, say
from bot.journey.whereabouts import move_to
from coach.values import GoalType, GoalUnderstanding, Slot

TIMES = {"m": time(7, 30), "n": time(12, 30), "e": time(19, 0)}
"""Wall times meant by morning, midday and evening."""

DAILY = 6.5
"""Times a week from which every day is meant and no days are asked."""

LEAST_WEEKLY = 1
"""Below this a goal has no weekdays (the first of a month)."""

BY_PAYDAY = {"saving", "debt"}
"""Activities that have a day of their own, so that neither days nor times are asked."""


def proceed(conversation: Conversation) -> Step:
    """Ask for whatever is still unknown, in order; then for the obstacle."""
    understanding = conversation.draft.understanding
    if understanding is None or days_are_clear(understanding):
        if understanding is None or time_is_clear(understanding):
            if conversation.zone is not None:
                return obstacle.proceed(conversation)
            return ask_zone(go(conversation, Stage.ZONE))
        return ask_time(go(conversation, Stage.TIME))
    return ask_days(go(conversation, Stage.DAYS, days=conversation.draft.usual))


def days_are_clear(understanding: GoalUnderstanding) -> bool:
    """Tell whether the days are said, left to us, or not a question for this goal."""
    often = understanding.per_week
    return (
        bool(understanding.days)
        or Slot.DAYS in understanding.chosen_for_me
        or _has_its_own_days(understanding)
        or (often is not None and (often >= DAILY or often < LEAST_WEEKLY))
    )


def time_is_clear(understanding: GoalUnderstanding) -> bool:
    """Tell whether a time or a cue is said or left to us, or means nothing for this goal."""
    return (
        understanding.at is not None
        or understanding.cue is not None
        or Slot.TIME in understanding.chosen_for_me
        or _has_its_own_days(understanding)
    )


def _has_its_own_days(understanding: GoalUnderstanding) -> bool:
    return understanding.goal_type is GoalType.QUIT or understanding.activity in BY_PAYDAY


# --- days ---


def ask_days(conversation: Conversation) -> Step:
    """Show the seven days, the likely ones ticked."""
    return Step(conversation, (say("schedule.days", buttons=day_rows(conversation.draft.days)),))


def day_rows(ticked: tuple[int, ...]) -> Rows:
    """Lay out the days; a tap sets or clears one, and says which, so that it can repeat."""
    days = [
        button(f"day.on.{day}", "sd", f"{day}-")
        if day in ticked
        else button(f"day.off.{day}", "sd", f"{day}+")
        for day in range(7)
    ]
    return (
        tuple(days[:4]),
        tuple(days[4:]),
        (button("button.done", "sd", "ok"), button("button.you_choose", "sd", "any")),
    )


def tick(conversation: Conversation, pressed: Pressed) -> Step:
    """Set or clear one day and draw the keyboard again in place."""
    day, _, sign = pressed.argument[:1], "", pressed.argument[1:]
    if not day.isdecimal() or int(day) > 6 or sign not in {"+", "-"}:
        return ask_days(conversation)
    others = set(conversation.draft.days) - {int(day)}
    ticked = tuple(sorted(others | {int(day)} if sign == "+" else others))
    drawn = Redraw(pressed.message, say("schedule.days").content, day_rows(ticked))
    return Step(put(conversation, days=ticked), (drawn,))


def take_days(conversation: Conversation, _: Pressed) -> Step:
    """Take the ticked days; none ticked asks again."""
    draft = conversation.draft
    if not draft.days:
        return ask_days(conversation).after(say("schedule.no_days"))
    return _known(conversation, days=draft.days, per_week=float(len(draft.days)))


def choose_days(conversation: Conversation, _: Pressed) -> Step:
    """Leave the days to us."""
    return _left_to_us(conversation, Slot.DAYS)


# --- time of day ---


def ask_time(conversation: Conversation) -> Step:
    """Ask for the time of day."""
    buttons = (
        tuple(button(f"time.{part}", "tm", part) for part in TIMES),
        (button("time.own", "tm", "cu"), button("button.you_choose", "tm", "any")),
    )
    return Step(conversation, (say("schedule.time", buttons=buttons),))


def take_time(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a part of the day; anything else asks again."""
    if pressed.argument not in TIMES:
        return ask_time(conversation)
    return _known(conversation, at=TIMES[pressed.argument])


def ask_own_time(conversation: Conversation, _: Pressed) -> Step:
    """Ask for a time in the person's words."""
    return Step(conversation, (say("schedule.own_time"),))


def choose_time(conversation: Conversation, _: Pressed) -> Step:
    """Leave the time to us."""
    return _left_to_us(conversation, Slot.TIME)


# --- words at days and time ---


def answer(conversation: Conversation, said: Said) -> Step:
    """Take words as days or as a time, whichever is asked."""
    slot = Slot.DAYS if conversation.stage is Stage.DAYS else Slot.TIME
    return Step(conversation, (AskFill(slot, said.text),))


def filled(conversation: Conversation, read: Filled) -> Step:
    """Go on with what was understood; otherwise ask again, and offer the easy way."""
    if read.understood:
        return proceed(put(conversation, understanding=read.understanding, tries=0))
    again = put(conversation, tries=conversation.draft.tries + 1)
    ask = ask_days if conversation.stage is Stage.DAYS else ask_time
    key = "schedule.unclear" if again.draft.tries < 3 else "schedule.easier"
    return ask(again).after(say(key))


# --- time zone ---


def ask_zone(conversation: Conversation) -> Step:
    """Ask what time it is for the person; the answers are likely zones' times right now."""
    likely = zones.likely(conversation.language, conversation.touched)
    choices = [Button(Words(local), "tz", str(place)) for place, (_, local) in enumerate(likely)]
    buttons = (*rows(choices, 3), (button("zone.other", "tz", "oth"),))
    asked = put(conversation, zones=tuple(zone for zone, _ in likely))
    return Step(asked, (say("zone.ask", buttons=buttons),))


def take_zone(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the zone whose time was tapped; an unknown one asks again."""
    offered = conversation.draft.zones
    if not pressed.argument.isdecimal() or int(pressed.argument) >= len(offered):
        return ask_zone(conversation)
    chosen = zones.Found(offered[int(pressed.argument)], sure=True)
    return _settle(conversation, chosen)


def ask_city(conversation: Conversation, _: Pressed) -> Step:
    """Ask for a city or the local time in words."""
    return Step(conversation, (say("zone.city"),))


def find_zone(conversation: Conversation, said: Said) -> Step:
    """Find the zone of a city or a local time; otherwise ask again."""
    found = zones.find(said.text, said.at, conversation.language)
    if found is None:
        again = put(conversation, tries=conversation.draft.tries + 1)
        return ask_zone(again).after(say("zone.unknown"))
    return _settle(conversation, found)


def _settle(conversation: Conversation, found: zones.Found) -> Step:
    moved = move_to(conversation, found, conversation.touched)
    return proceed(moved.conversation).after(*moved.effects)


def _known(conversation: Conversation, **slots: object) -> Step:
    understanding = conversation.draft.understanding
    if understanding is None:
        return proceed(conversation)
    known = replace(understanding, **slots)  # pyright: ignore[reportArgumentType] -- names are checked by replace
    return proceed(put(conversation, understanding=known))


def _left_to_us(conversation: Conversation, slot: Slot) -> Step:
    understanding = conversation.draft.understanding
    chosen = understanding.chosen_for_me if understanding else ()
    left = chosen if slot in chosen else (*chosen, slot)
    return _known(conversation, chosen_for_me=left)
