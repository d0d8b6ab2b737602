"""The bot, put together: what is built, started and stopped, in which order and in which role.

Start: database (locked, checked, migrated), Telegram, delivery, worker, polling last.
Stop: no more polling, letters in flight land, turns under way are parked, database closed.
What is unfinished then is still in inbox and outbox. A process in a role makes its own part
alone, and bells of other processes wake it.
"""

import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from bot import bells, common, duties, electing, http, ingress, serving, taking_turns
from bot.background import Background
from bot.bells import Bells
from bot.check_ins.sweep import Sweep
from bot.claiming import Alone, Leased
from bot.common import Common
from bot.drawing import Painter
from bot.duties import Duties, Elected
from bot.ingress import Ingress
from bot.options import Options
from bot.roles import Role
from bot.setting_sources import SettingsError
from bot.telegram.connect import connect
from bot.telegram.listen import Listener
from bot.telegram.outbound import Outbound
from coach.ids import uuid7
from storage import installation, location
from storage.database import Database
from storage.opening import open_for_bot, open_for_role

CLINGING = timedelta(seconds=2)
"""How long tasks may take to end at a stop."""

FOLLOW_EVERY = timedelta(seconds=5)
"""How often a process looks who owns the bot now, where another may have learnt it."""


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of a running bot that others look into."""

    database: Database
    username: str
    metrics: http.Metrics
    sweep: Sweep


SWITCH_AFTER = 0.0005
"""Seconds the loop may keep the interpreter while the writer waits for it to go on.

The writer asks for it after every statement (benchmarks/README.md has what it brought).
"""


@asynccontextmanager
async def running(options: Options, background: Background) -> AsyncGenerator[Running]:
    """Run a bot until the block is left; a failing task of it ends `background.watch`."""
    async with running_on(open_database(options), options, background) as parts:
        yield parts


def open_database(options: Options) -> Database:
    """Open the database that these options name, as `storage.opening` does for their role."""
    _check(options)
    begin = open_for_bot if options.role.is_alone else open_for_role
    return begin(options.database_url, options.key_file, options.clock.now(), options.files)


@asynccontextmanager
async def running_on(
    database: Database, options: Options, background: Background
) -> AsyncGenerator[Running]:
    """Run a bot on a database, which is closed at the end; else as `running`."""
    socket = None
    sys.setswitchinterval(SWITCH_AFTER)
    try:
        socket = serving.listen(*options.http, "HTTP_PORT") if options.http else None
        async with (
            connect(options.token, options.telegram_root, options.clock) as connection,
            Painter() as painter,
        ):
            await database.write(lambda t: installation.serve(t, connection.bot.id))
            outbound = Outbound(connection.bot, background, painter)
            alone = options.role.is_alone
            had = await common.gather(
                options, database, background, connection, outbound, alone=alone
            )
            begin = _alone if alone else _in_a_role
            async with begin(had) as (way_in, parts):
                if socket is not None:
                    app = ingress.pages(had, way_in, parts.metrics)
                    background.start("http", serving.serve(app, socket))
                yield parts
    finally:
        database.close()
        if socket is not None:
            socket.close()


@asynccontextmanager
async def _alone(had: Common) -> AsyncGenerator[tuple[Ingress, Running]]:
    """Do everything in this process, whose parts wake each other directly."""
    options, background = had.options, had.background
    delivery = duties.delivery(had, background)
    worker = taking_turns.worker(had, Alone(had.database), delivery.write, delivery.wake)
    way_in = ingress.ingress(had, worker.take_in, had.stops.stop, polls=options.webhook is None)
    parts = _running(had, way_in.listener, worker.wake)
    all_else = Duties(had, parts.metrics.monitor, background, delivery)
    await ingress.announce(had)
    all_else.start()
    with taking_turns.going_on(had, worker, parts.sweep):
        if way_in.listener is not None:
            background.start("listener", way_in.listener.run())
        try:
            yield way_in, parts
        finally:
            await all_else.finish()
            await background.stop(CLINGING)
            await worker.give_back_parked()
            await _close(had)


@asynccontextmanager
async def _in_a_role(had: Common) -> AsyncGenerator[tuple[Ingress | None, Running]]:
    """Do one role's work beside other processes, and hear their bells."""
    rings = Bells(had.database, had.background)
    parts = _running(had, None, rings.arrivals)
    does = {Role.INGRESS: _taking_in, Role.WORKER: _taking_turns, Role.SENDER: _sending}
    had.background.start("follow", _follow(had))
    try:
        async with does[had.options.role](had, parts, rings) as way_in:
            yield way_in, parts
    finally:
        await had.background.stop(CLINGING)
        await _close(had)


@asynccontextmanager
async def _taking_in(had: Common, _parts: Running, rings: Bells) -> AsyncGenerator[Ingress]:
    commit = bells.committing(had.database, rings.arrivals)
    way_in = ingress.ingress(had, commit, rings.stop, polls=False)
    await ingress.announce(had)
    yield way_in


@asynccontextmanager
async def _taking_turns(had: Common, parts: Running, rings: Bells) -> AsyncGenerator[None]:
    claims = Leased(had.database, uuid7(had.options.clock.now()))
    commit = bells.committing(had.database, rings.letters)
    worker = taking_turns.worker(had, claims, commit, rings.letters)
    had.background.start("claims", worker.keep_claims())
    _listen(had, {bells.ARRIVALS: _quietly(worker.wake), bells.STOPS: _stopping(had)})
    with taking_turns.going_on(had, worker, parts.sweep):
        try:
            yield
        finally:
            await had.background.stop(CLINGING)
            await worker.give_back_parked()


@asynccontextmanager
async def _sending(had: Common, parts: Running, _rings: Bells) -> AsyncGenerator[None]:
    elected = Elected(had, parts.metrics.monitor)
    url = location.parse(had.options.database_url)
    had.background.start("sender", electing.serve(url, had.options.clock, elected.term))
    _listen(had, {bells.LETTERS: _quietly(elected.wake)})
    try:
        yield
    finally:
        await elected.finish()


def _running(had: Common, listener: Listener | None, wake: Callable[[], None]) -> Running:
    options = had.options
    return Running(
        had.database,
        had.connection.bot.username,
        http.Metrics(had.monitor(listener), had.tally),
        Sweep(had.database, options.clock, wake, guarded=options.clock_may_be_set),
    )


async def _close(had: Common) -> None:
    if had.service is not None:
        await had.service.close()


async def _follow(had: Common) -> NoReturn:
    while True:
        await had.options.clock.wait(FOLLOW_EVERY)
        await had.guests.follow(had.access)


def _listen(had: Common, hear: Mapping[str, Callable[[str], None]]) -> None:
    url = location.parse(had.options.database_url)
    had.background.start("bells", bells.listen(url, had.options.clock, hear))


def _quietly(wake: Callable[[], None]) -> Callable[[str], None]:
    return lambda _told: wake()


def _stopping(had: Common) -> Callable[[str], None]:
    """End the reply that is told of, if it is written here."""

    def stop(told: str) -> None:
        chat, draft = map(int, told.split())
        had.stops.stop(chat, draft)

    return stop


def _check(options: Options) -> None:
    """Raise SettingsError where these options do not do for their role."""
    role = options.role
    if role.is_alone:
        return
    if location.file(location.parse(options.database_url)) is not None:
        raise SettingsError("DATABASE_URL", f"a PostgreSQL database, with --role {role}")
    if role is Role.INGRESS and options.webhook is None:
        raise SettingsError("WEBHOOK_URL", "an address, with --role ingress: replicas cannot poll")
    if not (options.public or options.allowed or options.admins):
        raise SettingsError("ADMINS", "your Telegram id, with --role: a code needs one process")
