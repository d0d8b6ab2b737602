import asyncio

import pytest

from bot.opik import Opik, prompt_library
from bot.opik.prompt_library import Listed
from bot.opik.wire import Wire
from coach.llm import prompts
from tests.bot.fakes import LeapingClock
from tests.bot.test_experiments import TRIAL
from tests.opik.recording import Recording, until

pytestmark = pytest.mark.usefixtures("opik_package")

WARM = Listed("reply", "Be warm.", "reply-1")


async def register(recorder: Recording, *listed: Listed) -> None:
    wire = Wire(Opik(recorder.url))
    try:
        await prompt_library.register(wire, LeapingClock(), listed)
    finally:
        wire.close()


async def test_every_prompt_is_listed_under_its_name_with_our_version(recorder: Recording):
    await register(recorder, *prompt_library.ours())

    held = recorder.held()
    assert set(held.prompts) == set(prompts.names())
    found = {row["metadata"]["version"]: row["template"] for row in held.prompt_versions}
    loaded = map(prompts.load, prompts.names())
    assert found == {prompt.version: prompt.text for prompt in loaded}


async def test_only_a_changed_prompt_makes_another_version(recorder: Recording):
    await register(recorder, WARM)
    await register(recorder, WARM)
    assert len(recorder.held().prompt_versions) == 1

    await register(recorder, Listed("reply", "Be warmer.", "reply-2"))

    assert [row["metadata"] for row in recorder.held().prompt_versions] == [
        {"version": "reply-1"},
        {"version": "reply-2"},
    ]


def test_a_prompt_on_trial_is_listed_beside_the_ones_of_every_day():
    *ours, warm = prompt_library.ours([TRIAL])

    assert ours == prompt_library.ours()
    assert (warm.name, warm.variant) == ("coaching_reply (warmth/garden)", "warmth/garden")


async def test_a_variant_is_listed_with_its_name(recorder: Recording):
    await register(recorder, Listed("reply (warmth/high)", "Be hot.", "reply-3", "warmth/high"))

    (row,) = recorder.held().prompt_versions
    assert row["metadata"] == {"version": "reply-3", "variant": "warmth/high"}


async def test_prompts_wait_for_an_opik_that_is_away(recorder: Recording):
    recorder.behave("503")
    registering = asyncio.ensure_future(register(recorder, WARM))
    await until(lambda: len(recorder.held().asked) > 3)
    recorder.behave("answers")
    await registering

    assert len(recorder.held().prompt_versions) == 1


async def test_a_refused_prompt_holds_up_no_other(recorder: Recording):
    recorder.behave("answers", refused=["bad"])

    await register(recorder, Listed("bad", "?", "bad-1"), WARM)

    assert set(recorder.held().prompts) == {"reply"}
