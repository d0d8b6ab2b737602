import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import timedelta

import pytest

from coach.llm.caller import CallMade
from coach.llm.errors import EmptyAnswerError, ModelError, TooLateError, UnavailableError
from coach.llm.port import Chunk, Finish, ModelRequest
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from tests.coach.llm.providers import (
    USAGE,
    Gated,
    Named,
    Purse,
    SetClock,
    asked,
    keeping,
)

MOMENT = timedelta(milliseconds=5)
LONG = timedelta(minutes=1)
RICH = 1_000_000


class Broken(Named):
    """Streams from a list: chunks to give and errors to raise, a list for each attempt."""

    def __init__(self, *attempts: list[Chunk | ModelError]) -> None:
        super().__init__()
        self.attempts = list(attempts)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        for each in self.attempts.pop(0):
            if isinstance(each, ModelError):
                raise each
            yield each


async def heard(
    service: ModelService, entries: list[CallMade], said: list[str] | None = None
) -> list[str]:
    """Listen to the end; *said* keeps what came before an error."""
    said = [] if said is None else said
    async for chunk in service.generate_content_stream(asked(), keeping(entries)):
        said.append(chunk.text)
    return said


async def test_a_stream_leaves_an_entry_with_its_first_token_and_its_chunks():
    entries: list[CallMade] = []
    purse, clock = Purse(RICH), SetClock()
    model = Broken([Chunk(""), Chunk("one "), Chunk("two"), Chunk("", USAGE, Finish.LENGTH)])

    said = await heard(ModelService(model, budget=purse, timing=clock.timing), entries)

    (entry,) = entries
    assert "".join(said) == "one two"
    assert (entry.chunks, entry.first_token, entry.usage) == (2, timedelta(0), USAGE)
    assert (entry.finish, entry.error, len(purse.settled)) == (Finish.LENGTH, None, 1)


async def test_it_is_tried_again_only_before_the_first_word():
    entries: list[CallMade] = []
    clock = SetClock()
    model = Broken([UnavailableError()], [Chunk("one"), UnavailableError()], [Chunk("never")])
    said: list[str] = []

    with pytest.raises(UnavailableError):
        await heard(ModelService(model, timing=clock.timing), entries, said)

    assert (said, entries[0].attempts, entries[0].error) == (["one"], 2, "unavailable")
    assert entries[0].first_token == timedelta(seconds=0.25)


async def test_a_stream_cut_after_its_first_word_is_paid_in_full():
    purse = Purse(RICH)
    model = Broken([Chunk("one"), UnavailableError()])

    with pytest.raises(UnavailableError):
        await heard(ModelService(model, budget=purse), [])

    ((reserved, paid),) = purse.settled
    assert reserved == paid


async def test_no_first_word_in_time_cancels_the_providers_call():
    entries: list[CallMade] = []
    model = Gated()

    with pytest.raises(TooLateError):
        await heard(ModelService(model, Deadlines(first_token=MOMENT)), entries)

    assert (model.cancelled, entries[0].error, entries[0].chunks) == (["hello"], "too_late", 0)


async def test_too_long_in_all_cancels_the_providers_call_and_what_came_stays():
    entries: list[CallMade] = []
    model = Gated()
    model.gate.set()
    said: list[str] = []

    with pytest.raises(TooLateError):
        await heard(ModelService(model, Deadlines(LONG, MOMENT)), entries, said)

    assert (said, model.cancelled) == (["one "], ["hello"])
    assert (entries[0].error, entries[0].chunks) == ("too_late", 1)


async def test_closing_a_stream_closes_the_providers_and_lets_the_next_call_in():
    entries: list[CallMade] = []
    model, purse = Gated(), Purse(RICH)
    model.gate.set()
    service = ModelService(model, budget=purse)

    async with aclosing(service.generate_content_stream(asked(), keeping(entries))) as stream:
        assert (await anext(stream)).text == "one "

    assert (model.cancelled, entries[0].error, entries[0].chunks) == (["hello"], "cancelled", 1)
    assert len(purse.settled) == 1
    model.gate.set()
    assert (await service.generate_content(asked(), keeping(entries))).text == "ok"


async def test_cancelling_whoever_listens_closes_the_providers_stream():
    entries: list[CallMade] = []
    model = Gated()
    listening = asyncio.ensure_future(heard(ModelService(model), entries))
    await model.arrived.wait()

    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening

    assert (model.cancelled, entries[0].error) == (["hello"], "cancelled")


async def test_a_stream_without_a_word_is_an_empty_answer():
    with pytest.raises(EmptyAnswerError):
        await heard(ModelService(Broken([Chunk("", USAGE, Finish.STOP)])), [])
