"""The bot, put together: everything is wired in this file, and nothing is built at import.

Start: database (locked, checked, migrated), Telegram, delivery, worker, polling last.
Stop: no more polling, letters in flight land, turns under way are parked, database closed.
What is unfinished then is still in inbox and outbox.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from urllib.parse import urlsplit

from starlette.applications import Starlette

from bot import guarding, http, maintenance
from bot.access import Access, Claim
from bot.alerts import Alerts
from bot.background import Background
from bot.budget import StoredBudget
from bot.channel import Channel
from bot.check_ins.sweep import EVERY, Sweep
from bot.claiming import Alone
from bot.clock import Clock
from bot.delivery.loop import Delivery
from bot.drafts import Drafts
from bot.drawing import Painter
from bot.guest_book import StoredGuests
from bot.journey.house import Disclosure
from bot.judging import Judging
from bot.office import About, Office, no_model
from bot.opik import Opik, sender
from bot.options import Options
from bot.outgoing import SendText, dump
from bot.stops import Stops
from bot.tally import Tally
from bot.telegram import menu
from bot.telegram.connect import Connection, connect
from bot.telegram.door import Door
from bot.telegram.listen import Listener
from bot.telegram.outbound import Outbound
from bot.telegram.reception import Reception
from bot.texts import texts
from bot.traces import Traces
from bot.turn import Turns
from bot.vitals import Monitor
from bot.worker import Worker
from coach.catalogue import FALLBACK_LANGUAGE
from coach.coach import Coach
from coach.llm.providers import LazyProvider
from coach.llm.service import ModelService
from coach.llm.timing import Timing
from storage import inbox, installation, outbox, people
from storage.database import Database
from storage.inbox import Item
from storage.opening import open_for_bot
from storage.people import Person
from storage.transaction import Transaction

FLYING = timedelta(seconds=1)
"""How long letters in flight may take to land at a stop."""

CLINGING = timedelta(seconds=2)
"""How long tasks may take to end at a stop."""


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of a running bot that others look into."""

    database: Database
    reception: Reception
    listener: Listener | None  # None with a webhook
    username: str
    metrics: http.Metrics
    sweep: Sweep


@asynccontextmanager
async def running(options: Options, background: Background) -> AsyncGenerator[Running]:
    """Run a bot until the block is left; a failing task of it ends `background.watch`."""
    async with running_on(open_database(options), options, background) as parts:
        yield parts


def open_database(options: Options) -> Database:
    """Open the database that these options name, as `storage.opening` does."""
    return open_for_bot(options.database_url, options.key_file, options.clock.now(), options.files)


@asynccontextmanager
async def running_on(
    database: Database, options: Options, background: Background
) -> AsyncGenerator[Running]:
    """Run a bot on a database, which is closed at the end; else as `running`."""
    socket = None
    try:
        socket = http.listen(*options.http) if options.http else None
        async with (
            connect(options.token, options.telegram_root, options.clock) as connection,
            Painter() as painter,
        ):
            await database.write(lambda t: installation.serve(t, connection.bot.id))
            outbound = Outbound(connection.bot, background, painter)
            async with _at_work(options, database, connection, background, outbound) as parts:
                if socket is not None:
                    app = _pages(options, parts)
                    background.start("http", http.serve(app, socket))
                yield parts
    finally:
        database.close()
        if socket is not None:
            socket.close()


@asynccontextmanager
async def _at_work(
    options: Options,
    database: Database,
    connection: Connection,
    background: Background,
    outbound: Outbound,
) -> AsyncGenerator[Running]:
    clock = options.clock
    guests = StoredGuests(database, clock)
    access = await _access(options, guests)
    stops = Stops()
    delivery = Delivery(database, outbound, clock, background, options.limits)
    service = _service(options, database)
    mode = service.mode_for if service else no_model
    about = About(connection.bot.username, _disclosed(options), options.caps.day, mode)
    office = Office(database, clock, access, outbound, about)

    def speak(chat_id: int, language: str) -> None:
        background.start("speak", menu.speak(connection.bot, chat_id, language))

    def drafts(chat_id: int, draft_id: int) -> Drafts:
        return Drafts(outbound, clock, background, chat_id, draft_id)

    tally = Tally()
    traces = _traces(options.opik)
    judge = _judge(database, service, clock, background, tally, traces)
    channel = Channel(
        connection.bot.username,
        outbound,
        delivery.wake,
        speak,
        judge,
        office,
        drafts,
        stops,
        tally.answered,
    )
    turns = Turns(database, Coach(service), clock, channel, traces, options.experiments)
    worker = Worker(Alone(database), turns, apologise, clock, background, tally.failed)
    door = Door(connection.bot, access, guests, background)
    reception = Reception(database, door, clock, worker.wake, stops.stop)
    listener = None if options.webhook else Listener(connection, reception, clock)
    monitor = _monitor(options, database, service, listener)
    if options.webhook is not None:  # before anything runs: this may be cut short by a stop
        await menu.bring_updates_to(connection.bot, options.webhook.url, options.webhook.secret)
    if isinstance(options.model, LazyProvider):
        background.start("model client", options.model.warm())
    sender.start(options.opik, database, clock, background, options.experiments)
    background.start("delivery", delivery.run())
    background.start("worker", worker.run())
    background.start("command menu", menu.publish(connection.bot, access.administrators()))
    if listener is not None:
        background.start("listener", listener.run())

    alerts = Alerts(database, clock, monitor, access.administrators, delivery.wake)
    background.start("alerts", alerts.run())

    tidy = _maintenance(options, database, alerts)
    background.start("maintenance", tidy())
    sweep = Sweep(database, clock, worker.wake, guarded=options.clock_may_be_set)
    jobs = {"maintenance": (tidy, maintenance.EVERY), "sweep": (sweep.run, EVERY)}
    scheduler = maintenance.schedule(jobs, background)
    try:
        yield Running(
            database,
            reception,
            listener,
            connection.bot.username,
            http.Metrics(monitor, tally),
            sweep,
        )
    finally:
        scheduler.shutdown(wait=False)
        await delivery.finish(FLYING)
        await background.stop(CLINGING)
        await worker.give_back_parked()
        if service is not None:
            await service.close()


def _maintenance(options: Options, database: Database, alerts: Alerts) -> maintenance.Work:
    """Make what is done every hour, whoever talks or not."""

    async def tidy() -> None:
        clock = options.clock
        await maintenance.tidy(database, options.database_url, clock, options.backups)
        await guarding.look(database, options.experiments, clock, alerts.alert)

    return tidy


def _judge(
    database: Database,
    service: ModelService | None,
    clock: Clock,
    background: Background,
    tally: Tally,
    traces: Traces | None,
) -> Callable[[Person, str], None]:
    """Make what is told of each turn that a model may see; without a model, nothing is judged."""
    if service is None:
        return lambda _person, _turn: None
    judging = Judging(database, service, clock, tally.called, traces)
    return lambda person, turn: background.start("judging", judging.consider(person, turn))


def _monitor(
    options: Options,
    database: Database,
    service: ModelService | None,
    listener: Listener | None,
) -> Monitor:
    return Monitor(
        database,
        options.clock,
        options.caps,
        options.clock.elapsed(),
        heard_at=(lambda: listener.heard_at) if listener else None,
        breaker=(lambda: service.breaker) if service else None,
    )


def _traces(opik: Opik | None) -> Traces | None:
    return None if opik is None else Traces(opik.words, version("rein"))


def _service(options: Options, database: Database) -> ModelService | None:
    """Put the limits of these options around the model, if there is one."""
    if options.model is None:
        return None
    budget = StoredBudget(database, options.clock, options.caps)
    timing = Timing(elapsed=options.clock.elapsed)
    return ModelService(options.model, options.deadlines, budget, options.judge, timing)


def _pages(options: Options, parts: Running) -> Starlette:
    listener, webhook = parts.listener, None
    heard_at = None if listener is None else lambda: listener.heard_at
    if options.webhook is not None:
        path = urlsplit(options.webhook.url).path or "/"
        webhook = http.Webhook(path, options.webhook.secret, parts.reception.take)
    health = http.Health(parts.database, options.clock, heard_at)
    return http.create_app(health, webhook, parts.metrics)


def _disclosed(options: Options) -> Disclosure:
    """Name a model and a place for traces only where there is one, by its own name if need be."""
    told, model, opik = options.disclosure, options.model, options.opik
    where = (told.tracing or urlsplit(opik.url).hostname or "") if opik else ""
    return replace(
        told,
        provider=(told.provider or model.name) if model else "",
        tracing=where,
        traces_words=opik is not None and opik.words,
    )


async def _access(options: Options, guests: StoredGuests) -> Access:
    """Decide who may come in; with nobody named, whoever knows the printed code owns the bot."""
    access = Access(options.clock, options.public, options.allowed, options.admins)
    await guests.read(access)
    if not (options.public or options.allowed or options.admins or access.owner):
        access.claim = Claim(options.clock)
        options.on_claim_code(access.claim.code)
    return access


def apologise(transaction: Transaction, item: Item, now: datetime) -> None:
    """Tell somebody that their message could not be answered, in their language."""
    if item.source != inbox.TELEGRAM:
        return  # nobody waits for what they did not ask for
    person = people.find(transaction, item.chat_id)
    sorry = dump(SendText(texts(person.language if person else FALLBACK_LANGUAGE)("sorry")))
    letter = outbox.Letter(f"sorry:{item.id}", item.chat_id, outbox.Kind.NOTICE, sorry)
    outbox.put(transaction, [letter], now)
