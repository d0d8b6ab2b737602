"""Opik is down, hangs or turns us away: nobody waits for it, and it learns all in the end.

That the program ends in time is in tests/opik/test_leaving.py.
"""

from collections import defaultdict
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.complaints import SAY_AGAIN_AFTER
from bot.opik import Opik, sender
from bot.opik.wire import Wire
from storage import opik_outbox
from tests.crash.talk import Talker
from tests.faults import company
from tests.faults.company import Company
from tests.opik.recording import Recording, recording, until
from tests.proofs import proven
from tests.tiers import REPEATS

FAULTS = {
    "down": "ConnectError",
    "hangs": "ReadTimeout",
    "500": "HTTP 500",
    "401": "HTTP 401",
    "a web page": "a web page answered",
    "500 after taking": "HTTP 500",
}
"""What Opik does, and what the log says of it."""

SAID, MORE_MS, LEAVING_S = 10, 50, 10


async def fastest_ms(people: Company, talker: Talker) -> float:
    """Have one person say some words; return the shortest time in which one was answered."""
    took: list[float] = []
    for _ in range(SAID):
        began = SystemClock().elapsed()
        people.say(talker)
        await people.answered_all(talker)
        took.append((SystemClock().elapsed() - began).total_seconds() * 1000)
    return min(took)


@pytest.mark.long
async def test_each_kind_of_failure_is_named_in_the_log_and_so_is_its_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sender, "Wire", partial(Wire, answer_s=0.5))
    with recording() as opik:
        async with company.opened(tmp_path, opik=Opik(opik.url)) as people:
            await people.join(1)
            await until(lambda: bool(opik.held().prompts))
            for fault, named in FAULTS.items():
                caplog.clear()
                misbehave(opik, fault)
                people.say(people.talkers[0])
                await until(lambda: "Opik cannot be told" in caplog.text)
                opik.up()
                opik.behave()
                await until(lambda: "Opik can be told again" in caplog.text)
                told = [line for line in caplog.messages if line.startswith("Opik")]
                assert f"Opik cannot be told: {named}" in told
                assert told[-1] == "Opik can be told again"
                people.clock.skip(SAY_AGAIN_AFTER)


def misbehave(opik: Recording, fault: str) -> None:
    if fault == "down":
        opik.down()
    else:
        opik.behave(fault)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_nobody_notices_what_becomes_of_opik(tmp_path: Path):
    with recording() as opik:
        async with company.opened(tmp_path, opik=Opik(opik.url)) as people:
            await people.join(REPEATS)  # a chat of the sandbox forgets what is long over
            await until(lambda: bool(opik.held().prompts))  # its package is loaded
            usual, failing = (
                defaultdict[str, list[float]](list),
                defaultdict[str, list[float]](list),
            )
            for fault, talker in product(FAULTS, people.talkers):
                usual[fault].append(await fastest_ms(people, talker))
                misbehave(opik, fault)
                failing[fault].append(await fastest_ms(people, talker))
                opik.up()
                opik.behave()
            backlog = opik_outbox.backlog
            await until(lambda: people.bot.database.read_now(backlog).waiting == 0)
            misbehave(opik, "hangs")
            people.say(people.talkers[0])
            await people.answered()
            found, asked = people.judged(), SystemClock().elapsed()
        left = (SystemClock().elapsed() - asked).total_seconds()
        traces = len(opik.held().traces)

    slower = {fault: min(failing[fault]) - min(usual[fault]) for fault in FAULTS}
    print("\nslower, ms:", {fault: round(ms) for fault, ms in slower.items()})
    assert (found.lost, found.doubled) == (0, 0)
    assert traces >= found.said - 1
    assert max(slower.values()) < MORE_MS
    assert left < LEAVING_S
    proven(
        "Opik faults",
        met=len(FAULTS) * REPEATS,
        slower=max(slower.values()),
        left=left,
        lost=found.lost,
    )
