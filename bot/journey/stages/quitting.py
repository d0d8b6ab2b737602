"""The day on which somebody leaves something: said once, with the one tap it asks for."""

from datetime import date

from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Say
from bot.journey.events import Occasion
from bot.journey.found import KnownGoal
from bot.journey.stages import day_card, occasions
from bot.journey.stages.day_card import Days
from bot.journey.step import Step, text


def quit_day(conversation: Conversation, known: KnownGoal, today: date) -> Step:
    """Say what helps on the day itself, with the buttons that tell how it went."""
    replacement = known.life.plan.action if known.life else ""
    _, buttons = day_card.lay_out((known,), Days(today, today, today))
    occasion = Occasion(known.number, today)
    turned = occasions.turn_to(conversation, Stage.CHECK_IN, occasion=occasion)
    return Step(turned, (Say((text("quit_day.say", replacement=replacement),), buttons),))
