from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.opik import Opik
from coach.llm.scripted import ScriptedModel
from coach.tracing import Trace, recording, span
from storage.tables.record import TURN
from tests.bot import house
from tests.bot.fakes import NOON

NOBODY = Opik(url="http://127.0.0.1:9")


def test_a_trace_tells_what_it_took_itself():
    ticks = iter(range(0, 100_000, 1_000))
    trace = Trace("t", "thread", lambda: NOON, ticks=lambda: next(ticks))

    with recording(trace), span("create_plan"):
        pass
    with trace.timed():
        pass

    assert trace.spent == timedelta(microseconds=2)


async def test_a_turn_is_kept_with_what_its_trace_took(tmp_path: Path):
    async with (
        house.sandbox_only(tmp_path) as home,
        home.open(opik=NOBODY, model=ScriptedModel()) as bot,
    ):
        ada = home.guest()
        await ada.say("/start")
        await ada.press("Yes, I'm 18+ and agree")
        await ada.say("I want to run a 10k by April")

        rows = bot.database.read_now(lambda tx: tx.run(select(TURN)).all())

    assert {row.trace_us is None for row in rows} == {True, False}
    assert all((row.trace_id is None) == (row.trace_us is None) for row in rows)
    assert all(0 < row.trace_us < 1_000_000 for row in rows if row.trace_id)
