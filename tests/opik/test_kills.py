"""A sender that is killed while it sends loses nothing of what was committed."""

import json
import signal
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from bot.opik import sender
from storage import opening, people
from tests.bot.fakes import NOON
from tests.opik.outbox import put_turns, rate
from tests.opik.recording import Recording, beside

DEATHS = (
    *("opik.before:1", "opik.after:1") * 3,  # the traces: not sent, or taken and not noted
    "opik.before:2",  # their page is noted, the ratings are not sent
    *("opik.after:1", "opik.before:1") * 2,  # the ratings: taken and not noted, or not sent
)


@pytest.fixture
def send(tmp_path: Path, recorder: Recording) -> Generator[Callable[[str], int]]:
    """Have a sender born, to die at some place or to send everything; give its status."""
    with beside("tests.opik.sending") as (into, out):

        def wish(places: str) -> int:
            told = {"folder": str(tmp_path), "url": recorder.url, "now": NOON.isoformat()}
            into.write(json.dumps(told | {"places": places}) + "\n")
            into.flush()
            return int(out.readline())

        yield wish


async def test_kills_while_sending_lose_and_double_nothing(
    send: Callable[[str], int], tmp_path: Path, recorder: Recording
):
    where = (f"sqlite:///{tmp_path}/rein.db", tmp_path / "master.key", NOON)
    database = opening.open_for_bot(*where)
    ada = await database.write(lambda transaction: people.create(transaction, 7, "en", NOON))
    turns = await put_turns(database, ada, sender.PAGE)
    for turn in turns[::10]:
        await rate(database, ada, turn, 3)
    database.close()

    assert [send(place) for place in DEATHS] == [-signal.SIGKILL] * len(DEATHS)
    assert send("") == 0

    held = recorder.held()
    print(f"\n{len(DEATHS)} kills, rows received: {held.received}")
    assert set(held.traces) == set(turns)
    assert len(held.spans) == 2 * len(turns)
    assert {score["id"] for score in held.scores.values()} == set(turns[::10])
