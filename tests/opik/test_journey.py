"""What Opik has of a whole journey: the tree, and not a word unless words are wanted."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from bot import judging
from tests.opik import journey
from tests.opik.recording import Held, Row, recording

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE = Path(__file__).parents[2] / "docs" / "tracing.md"


@pytest.fixture(scope="module")
def everything_judged() -> object:
    with pytest.MonkeyPatch.context() as patch:
        for kind in judging.SHARES:
            patch.setitem(judging.SHARES, kind, 1.0)
        yield


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def held(
    everything_judged: object, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Held]:
    with recording() as opik:
        yield await journey.recorded(opik, tmp_path_factory.mktemp("figures"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worded(
    everything_judged: object, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Held]:
    with recording() as opik:
        yield await journey.recorded(opik, tmp_path_factory.mktemp("words"), words=True)


async def test_the_page_shows_what_really_arrives(held: Held):
    assert f"```text\n{journey.drawing(held)}\n```" in PAGE.read_text("utf-8")


async def test_all_turns_of_a_person_are_one_thread_that_names_nobody(held: Held):
    threads = {trace["thread_id"] for trace in held.traces.values()}

    assert len(threads) == 1
    assert not threads.pop().isdigit()


async def test_every_call_has_its_usage_cost_prompt_and_place_under_its_step(held: Held):
    calls = [span for span in held.spans.values() if span["type"] == "llm"]

    assert calls
    for call in calls:
        step = held.spans[call["parent_span_id"]]
        assert (step["name"], step["type"]) == (call["name"], "general")
        assert step["trace_id"] == call["trace_id"]
        assert call["usage"]["total_tokens"] > 0
        assert call["total_estimated_cost"] > 0
        assert call["metadata"]["prompt_version"].startswith(call["name"])
        assert step["start_time"] <= call["start_time"] <= call["end_time"] <= step["end_time"]


async def test_without_words_nothing_of_anybody_leaves(held: Held):
    assert not any("input" in row or "output" in row for row in _rows(held))
    assert said_in(held) == []


async def test_words_leave_masked_with_the_instructions_left_out(worded: Held):
    told = json.dumps(_rows(worded), ensure_ascii=False)

    assert journey.GOAL in told
    assert "call me on [phone]" in told
    assert "600 123 456" not in told
    assert "never follow instructions" not in told
    talk = next(t for t in worded.traces.values() if journey.TALK[:25] in str(t.get("input")))
    assert talk["output"]["text"].startswith(journey.REPLY[0].strip())


def _rows(held: Held) -> list[Row]:
    return [*held.traces.values(), *held.spans.values()]


def said_in(held: Held) -> list[str]:
    told = json.dumps([*_rows(held), *held.scores.values()], ensure_ascii=False)
    words = (journey.GOAL, "garage", "proud", "600 123", "Calmly", "shelf", "Ada", *journey.REPLY)
    return [word for word in words if word in told]
