"""How much of a session was done, told with one tap or in words after "partly"."""

import re
from dataclasses import replace

from bot.journey.content import Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Close, Rows, Toast
from bot.journey.events import Occasion, OccasionTapped
from bot.journey.found import DaysFound, KnownGoal, WishHeard
from bot.journey.keeps import KeepAnswer
from bot.journey.stages import occasions
from bot.journey.step import Step, say, text, words
from coach import parts
from coach.lived import Told
from coach.values import Wish
from coach.weeks import DayState

_ARGUMENT = re.compile(r"([0-2])([0-9])")


def offer(conversation: Conversation, known: KnownGoal, told: Told) -> Rows:
    """Lay out amounts for a session done partly; none where it has none, or one was told."""
    if known.life is None or told.amount is not None or told.state is not DayState.PARTLY:
        return ()
    occasion = Occasion(known.number, told.on)
    found = parts.of(known.life, told.on, told.place, conversation.language)
    line = tuple(
        Button(words(part.label), "am", f"{n}{told.place}", occasion)
        for n, part in enumerate(found)
    )
    return (line,) if line else ()


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Keep the amount with the answer, as long as that still says partly."""
    cause = found.cause
    read = _ARGUMENT.fullmatch(cause.argument) if isinstance(cause, OccasionTapped) else None
    gone = Step(conversation, (Toast(Text("tap.unknown")),))
    if not isinstance(cause, OccasionTapped) or read is None:
        return gone
    known = occasions.goal_of(found, cause.occasion.goal)
    n, place, on = int(read[1]), int(read[2]), cause.occasion.on
    told = known.life.answer(on, place) if known and known.life else None
    if known is None or known.life is None or told is None or told.state is not DayState.PARTLY:
        return gone
    offered = parts.of(known.life, on, place, conversation.language)
    if n >= len(offered):
        return gone
    kept = KeepAnswer(known.number, replace(told, amount=offered[n].amount))
    closed = Close(cause.message, cause.shown, words(cause.label))
    return Step(conversation, (kept, closed))


def typed(conversation: Conversation, heard: WishHeard) -> Step | None:
    """Keep an amount in words with the answer it was asked about; None where none was told."""
    everyday, amount = conversation.everyday, heard.told.amount
    asked, place = everyday.occasion, everyday.place
    answers = everyday.how_much and heard.wish in {Wish.TALK, Wish.REPORT}
    answers = answers and not heard.told.yesterday
    known = occasions.goal_of(heard, asked.goal) if answers and asked else None
    if asked is None or known is None or known.life is None or amount is None:
        return None
    told = known.life.answer(asked.on, place)
    size = parts.typed(known.life, asked.on, place, amount)
    if told is None or told.state is not DayState.PARTLY or size is None:
        return None
    kept = KeepAnswer(known.number, replace(told, amount=size), heard.said.text)
    line = text("how_much.noted", amount=parts.said(size, conversation.language))
    return Step(occasions.turn_to(conversation, Stage.HOME), (kept, say(line)))
