"""Taking turns: what a worker is made of."""

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime

from bot import maintenance
from bot.channel import Channel, Commit
from bot.check_ins.sweep import EVERY, Sweep
from bot.claiming import Claims
from bot.clock import Clock
from bot.common import FIRST_ANSWERS, Common
from bot.judging import Judging
from bot.office import About, Office, no_model
from bot.outgoing import SendText, dump
from bot.telegram import menu
from bot.texts import texts
from bot.turn import Turns
from bot.worker import Worker
from coach.catalogue import FALLBACK_LANGUAGE
from coach.coach import Coach
from coach.llm.providers import LazyProvider
from storage import inbox, outbox, people
from storage.inbox import Item
from storage.people import Person
from storage.transaction import Transaction
from storage.turns import Outcome


def worker(
    common: Common, claims: Claims, commit: Commit, on_letters: Callable[[], None]
) -> Worker:
    """Make a worker whose turns end by *commit*; *on_letters* hears of apologies."""
    database, clock = common.database, common.options.clock
    coach = Coach(common.service)
    channel = _channel(common, commit)
    turns = Turns(database, coach, clock, channel, common.traces, common.options.experiments)

    def failed(outcome: Outcome) -> None:
        common.tally.failed(outcome)
        if outcome is Outcome.GIVEN_UP:
            on_letters()

    return Worker(claims, turns, apologise, clock, common.background, failed)


@contextmanager
def going_on(common: Common, worker: Worker, sweep: Sweep) -> Generator[None]:
    """Take turns, and look for what is due; its tasks end with the background."""
    model, background = common.options.model, common.background
    if isinstance(model, LazyProvider):
        background.start("model client", model.warm())
    background.start("worker", worker.run())
    background.start("rules", _warm(Coach(), common.options.clock))
    with maintenance.scheduled("sweep", sweep.run, EVERY, background):
        yield


async def _warm(coach: Coach, clock: Clock) -> None:
    """Build what the first text would wait for, in steps: leaving waits for one of them at most."""
    await clock.wait(FIRST_ANSWERS)
    for step in coach.warming():
        await asyncio.to_thread(step)


def _channel(common: Common, commit: Commit) -> Channel:
    bot, service = common.connection.bot, common.service
    mode = service.mode_for if service else no_model
    about = About(bot.username, common.disclosure, common.options.caps.day, mode)
    clock = common.options.clock

    def speak(chat_id: int, language: str) -> None:
        common.background.start("speak", menu.speak(bot, chat_id, language))

    return Channel(
        bot.username,
        common.outbound,
        commit,
        speak,
        _judge(common),
        Office(common.database, clock, common.access, common.outbound, about),
        common.drafts,
        common.stops,
        common.tally.answered,
    )


def _judge(common: Common) -> Callable[[Person, str], None]:
    """Make what is told of each turn that a model may see; without a model, nothing is judged."""
    service, background = common.service, common.background
    if service is None:
        return lambda _person, _turn: None
    clock, called = common.options.clock, common.tally.called
    judging = Judging(common.database, service, clock, called, common.traces)
    return lambda person, turn: background.start("judging", judging.consider(person, turn))


def apologise(transaction: Transaction, item: Item, now: datetime) -> None:
    """Tell somebody that their message could not be answered, in their language."""
    if item.source != inbox.TELEGRAM:
        return  # nobody waits for what they did not ask for
    person = people.find(transaction, item.chat_id)
    sorry = dump(SendText(texts(person.language if person else FALLBACK_LANGUAGE)("sorry")))
    letter = outbox.Letter(f"sorry:{item.id}", item.chat_id, outbox.Kind.NOTICE, sorry)
    outbox.put(transaction, [letter], now)
