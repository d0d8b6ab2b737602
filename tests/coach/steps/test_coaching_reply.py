from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import replace

import pytest

from coach.llm.budget import Mode
from coach.llm.caller import NOBODY
from coach.llm.errors import (
    AgainstRulesError,
    BlockedError,
    ModelError,
    OverBudgetError,
    UnavailableError,
)
from coach.llm.port import Chunk, Finish, ModelRequest
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.steps import coaching_reply
from coach.steps.coaching_reply import Given, Watch
from coach.values import Heard, Line, Progress, Reply
from tests.coach.llm.providers import Purse

FIRST, SECOND = "A long day of work.", "Would 12 minutes fit?"
RULE = Reply("Running low today. Rest, or 2 minutes?", "tired")
PROGRESS = Progress(title="Run", next_session="run for 12 minutes", done=2, planned=3, weeks=3)
GIVEN = Given("so tired, call me on +44 20 7946 0958", PROGRESS, Heard(), RULE)


class Pieces(ScriptedModel):
    """Streams just these pieces, and may break off."""

    def __init__(self, *pieces: str, end: Finish | ModelError = Finish.STOP) -> None:
        super().__init__()
        self._pieces, self._end = pieces, end

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        self.requests.append(request)
        for piece in self._pieces:
            yield Chunk(piece)
        if isinstance(self._end, ModelError):
            raise self._end
        yield Chunk("", finish=self._end)


async def written(model: ScriptedModel, given: Given = GIVEN) -> tuple[str, list[str]]:
    drafts: list[str] = []
    service = ModelService(model)
    said = await coaching_reply.written(service, given, Watch(drafts.append), NOBODY)
    return said, drafts


async def test_each_whole_sentence_is_shown_once_and_grows_the_last():
    said, drafts = await written(Pieces("A long ", "day of work. Wou", "ld 12 minutes fit?"))

    assert said == f"{FIRST} {SECOND}"
    assert drafts == [FIRST, f"{FIRST} {SECOND}"]


@pytest.mark.parametrize(
    "end", [Finish.LENGTH, UnavailableError("cut")], ids=["output limit", "cut line"]
)
async def test_what_is_cut_is_used_up_to_its_last_sentence(end: Finish | ModelError):
    assert await written(Pieces(f"{FIRST} Would 12", end=end)) == (FIRST, [FIRST])


@pytest.mark.parametrize(
    "bad",
    ["You failed again.", "Read https://example.org now.", "Run 5 miles now.", "**Rest.**"],
    ids=["forbidden", "link", "new figure", "markup"],
)
async def test_a_sentence_against_the_rules_is_never_shown_and_ends_it(bad: str):
    assert await written(Pieces(f"{FIRST} ", f"{bad} ", "Rest well.")) == (FIRST, [FIRST])
    with pytest.raises(AgainstRulesError):
        await written(Pieces(f"{bad} ", FIRST))


@pytest.mark.parametrize("short", ["Fine.", "Would 12 minutes fit?"])
async def test_what_shows_no_understanding_is_no_reply(short: str):
    with pytest.raises(AgainstRulesError, match="shape"):
        await written(Pieces(short))


async def test_what_the_provider_blocks_is_no_reply_whatever_came_before():
    with pytest.raises(BlockedError):
        await written(Pieces(f"{FIRST} ", end=BlockedError("safety")))


@pytest.mark.parametrize(("intent", "asked"), [("tired", 0), ("doubt", 1)])
async def test_a_month_that_is_nearly_spent_is_kept_for_where_words_matter_most(
    intent: str, asked: int
):
    model = Pieces(FIRST)
    model.name = "gemini"
    service = ModelService(model, budget=Purse(1_000_000, mode_now=Mode.SPARING))
    given = replace(GIVEN, rule=replace(RULE, intent=intent))

    with suppress(OverBudgetError):
        await coaching_reply.written(service, given, Watch(), NOBODY)

    assert len(model.requests) == asked


async def test_the_persons_words_travel_masked_in_fields_of_their_own():
    model = Pieces(FIRST)
    talk = (Line(by_them=True, text="call +44 20 7946 0958"), Line(by_them=False, text="x" * 300))

    await written(model, Given(GIVEN.text, PROGRESS, Heard(talk=talk), RULE))

    (request,) = model.requests
    assert "7946" not in str(request.data)
    assert "tired" in request.user_text
    assert "tired" not in request.instructions
    assert request.data["facts"]["this_week"] == "2 of 3"
    assert request.data["talk"][1] == {"by": "you", "user_text": "x" * 200}
