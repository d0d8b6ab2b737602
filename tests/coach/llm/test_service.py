import asyncio
from datetime import timedelta

import pytest

from coach.llm.budget import Mode
from coach.llm.caller import CallMade
from coach.llm.errors import (
    BlockedError,
    BreakerOpenError,
    ModelError,
    OverBudgetError,
    RateLimitedError,
    RefusedError,
    TooLateError,
    UnavailableError,
)
from coach.llm.port import Finish, ModelRequest, Usage
from coach.llm.prices import most, price
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from tests.coach.llm.providers import (
    USAGE,
    Counted,
    Gated,
    Named,
    Purse,
    SetClock,
    asked,
    keeping,
    until,
)

MOMENT = timedelta(milliseconds=5)
RICH = 1_000_000
MOST = price("gemini", "gemini-3.1-flash-lite").of(most(asked()))
COST = price("gemini", "gemini-3.1-flash-lite").of(USAGE)


async def test_an_answer_leaves_an_entry_with_what_it_took():
    entries: list[CallMade] = []
    purse = Purse(RICH)

    await ModelService(Counted(), budget=purse).generate_content(asked(), keeping(entries))

    (entry,) = entries
    assert (entry.step, entry.provider, entry.prompt_version) == ("coaching_reply", "gemini", "v1")
    assert (entry.usage, entry.micro_usd, entry.attempts) == (USAGE, COST, 1)
    assert (entry.finish, entry.error) == (Finish.STOP, None)
    assert purse.settled == [(MOST, COST)]


@pytest.mark.parametrize(
    "usage", [Usage(), Usage(50, 50, estimated=True)], ids=["none", "an estimate"]
)
async def test_without_a_real_usage_all_that_was_reserved_is_paid(usage: Usage):
    entries: list[CallMade] = []
    purse = Purse(RICH)

    await ModelService(Counted(usage), budget=purse).generate_content(asked(), keeping(entries))

    assert purse.settled == [(MOST, MOST)]
    assert (entries[0].micro_usd, entries[0].usage.estimated) == (MOST, True)


async def test_what_failed_before_a_word_costs_nothing_and_what_may_have_cost_counts():
    clock, purse = SetClock(), Purse(RICH)
    model = Named([UnavailableError(), "ok", BlockedError()])
    service = ModelService(model, budget=purse, timing=clock.timing)

    await service.generate_content(asked())
    with pytest.raises(BlockedError):
        await service.generate_content(asked())

    assert [paid for _, paid in purse.settled][::2] == [0, MOST]


async def test_a_passing_error_is_tried_again_and_the_entry_counts_attempts():
    entries: list[CallMade] = []
    clock = SetClock()
    model = Named([RateLimitedError("", timedelta(seconds=2)), UnavailableError(), "ok"])
    service = ModelService(model, timing=clock.timing)

    answer = await service.generate_content(asked(), keeping(entries))

    assert (answer.text, entries[0].attempts) == ("ok", 3)
    assert clock.slept == [timedelta(seconds=2), timedelta(seconds=0.5)]
    assert entries[0].latency == timedelta(seconds=2.5)


async def test_a_wait_beyond_the_deadline_is_not_waited():
    clock = SetClock()
    model = Named([RateLimitedError("", timedelta(seconds=30)), "ok"])

    with pytest.raises(RateLimitedError):
        await ModelService(model, timing=clock.timing).generate_content(asked())

    assert (clock.slept, len(model.requests)) == ([], 1)


async def test_a_refusal_is_not_tried_again():
    model = Named([RefusedError(), "ok"])

    with pytest.raises(RefusedError):
        await ModelService(model).generate_content(asked())

    assert len(model.requests) == 1


async def test_a_late_call_is_cancelled_at_the_provider():
    entries: list[CallMade] = []
    model, purse = Gated(), Purse(RICH)
    service = ModelService(model, Deadlines(step=MOMENT), purse)

    with pytest.raises(TooLateError):
        await service.generate_content(asked(words="late"), keeping(entries))

    assert model.cancelled == ["late"]
    assert (entries[0].error, entries[0].attempts) == ("too_late", 1)
    assert purse.settled == [(MOST, MOST)]


async def test_cancelling_reaches_the_provider_and_leaves_an_entry():
    entries: list[CallMade] = []
    model, purse = Gated(), Purse(RICH)
    call = asyncio.ensure_future(
        ModelService(model, budget=purse).generate_content(asked(words="ada"), keeping(entries))
    )
    await model.arrived.wait()

    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call

    assert (model.inside, model.cancelled) == ([], ["ada"])
    assert [entry.error for entry in entries] == ["cancelled"]
    assert purse.settled == [(MOST, MOST)]


async def test_one_call_a_person_while_others_go_on():
    model = Gated()
    service = ModelService(model)
    calls = [
        asyncio.ensure_future(service.generate_content(asked(words=name), keeping([], name[0])))
        for name in ("a1", "a2", "b1")
    ]

    await until(lambda: len(model.inside) == 2)
    first = list(model.inside)
    model.gate.set()
    await asyncio.gather(*calls)

    assert first == ["a1", "b1"]
    assert model.most_inside == 2


async def test_triage_of_danger_does_not_wait_for_the_persons_reply():
    model = Gated()
    service = ModelService(model)
    calls = [
        asyncio.ensure_future(service.generate_content(asked(step, step), keeping([])))
        for step in ("coaching_reply", "safety_triage")
    ]

    await until(lambda: len(model.inside) == 2)
    model.gate.set()
    await asyncio.gather(*calls)


async def test_eight_calls_run_at_once_and_a_late_wait_is_not_the_providers_failure():
    model, purse = Gated(), Purse(RICH)
    service = ModelService(model, Deadlines(step=timedelta(minutes=1)), purse)
    calls = [asyncio.ensure_future(service.generate_content(asked())) for _ in range(20)]
    await until(lambda: len(model.inside) == 8)

    for _ in range(6):
        with pytest.raises(TooLateError):
            await service.generate_content(asked(), within=timedelta(0))
    assert await service.mode_for("ada") is Mode.MODEL
    model.gate.set()
    await asyncio.gather(*calls)

    assert model.most_inside == 8
    assert [paid for _, paid in purse.settled[:6]] == [0] * 6


async def test_over_budget_nobody_is_asked_and_the_entry_says_why():
    entries: list[CallMade] = []
    model = Named()

    with pytest.raises(OverBudgetError):
        await ModelService(model, budget=Purse(MOST - 1)).generate_content(
            asked(), keeping(entries)
        )

    assert model.requests == []
    assert (entries[0].error, entries[0].attempts, entries[0].micro_usd) == ("over_budget", 0, 0)


async def test_a_burst_of_three_hundred_stays_within_the_budget():
    entries: list[CallMade] = []
    purse = Purse(MOST * 10)
    service = ModelService(Counted(), Deadlines(step=timedelta(minutes=1)), purse)

    calls = (
        service.generate_content(asked(), keeping(entries, f"{number}")) for number in range(300)
    )
    await asyncio.gather(*calls, return_exceptions=True)

    assert purse.left >= 0
    assert sum(entry.micro_usd for entry in entries) == MOST * 10 - purse.left
    assert {entry.error for entry in entries} == {None, "over_budget"}


async def test_triage_of_danger_is_urgent_and_nothing_else_is():
    purse = Purse(RICH)
    service = ModelService(Counted(), budget=purse)

    for step in ("safety_triage", "coaching_reply"):
        await service.generate_content(asked(step))

    assert purse.urgent == [True, False]


async def test_a_model_without_a_price_needs_no_money():
    purse = Purse(0, mode_now=Mode.SPENT)
    service = ModelService(ScriptedModel(), budget=purse)

    await service.generate_content(asked())

    assert (purse.urgent, await service.mode_for("ada")) == ([], Mode.MODEL)


async def test_a_failing_provider_is_left_alone_then_probed_once():
    clock = SetClock()
    model = Named([UnavailableError()] * 5 + ["ok"])
    service = ModelService(model, budget=Purse(RICH), timing=clock.timing)
    for _ in range(2):
        with pytest.raises(UnavailableError):
            await service.generate_content(asked())
    assert len(model.requests) == 5

    with pytest.raises(BreakerOpenError):
        await service.generate_content(asked())
    resting = await service.mode_for("ada")
    clock.now += timedelta(seconds=31)
    answer = await service.generate_content(asked())

    assert (resting, answer.text, len(model.requests)) == (Mode.RESTING, "ok", 6)
    assert await service.mode_for("ada") is Mode.MODEL


async def test_how_much_is_left_decides_how_freely_the_model_words():
    service = ModelService(Named(), budget=Purse(RICH, mode_now=Mode.SPARING))

    assert await service.mode_for("ada") is Mode.SPARING


async def test_a_batch_keeps_its_order_with_an_answer_or_an_error_in_each_place():
    def say(request: ModelRequest) -> str | ModelError:
        return BlockedError() if request.user_text == "3" else request.user_text

    service = ModelService(ScriptedModel(say))

    made = await service.generate_content_batch(asked(words=str(n)) for n in range(20))

    assert isinstance(made[3], BlockedError)
    said = [each.text for each in made if not isinstance(each, ModelError)]
    assert said == [str(n) for n in range(20) if n != 3]


async def test_a_long_batch_does_not_use_up_its_deadlines_in_waiting():
    model = Gated()
    batch = asyncio.ensure_future(
        ModelService(model).generate_content_batch([asked()] * 20, keeping([]))
    )
    await until(lambda: model.inside)

    assert (len(model.inside), len(asyncio.all_tasks())) == (1, 22)
    model.gate.set()
    assert len(await batch) == 20


async def test_tokens_are_counted_by_the_provider_or_else_estimated_and_marked():
    counted = await ModelService(ScriptedModel()).count_tokens(asked())
    guessed = await ModelService(Gated()).count_tokens(asked())

    assert (counted.estimated, guessed.estimated) == (False, True)
    assert guessed.tokens == most(asked()).prompt
