"""A reply that got few stars, worded once more by the model, which is told what was off."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from coach.llm.caller import Caller
from coach.llm.errors import AgainstRulesError
from coach.llm.service import ModelService
from coach.rules import rewriting
from coach.rules.rewriting import GENERIC, TONE, TOO_LONG, Criticism
from coach.steps import checks, coaching_reply
from coach.steps.coaching_reply import Given
from coach.steps.step import Shape, Step, Voice


class Again(Shape):
    """The reply in other words."""

    reply: Annotated[str, Field(min_length=1, max_length=420)]


STEP = Step("rewrite_reply", Again, most_tokens=240)
WAS_OFF = {GENERIC: "too generic", TOO_LONG: "too long", TONE: "the tone"}


async def written(service: ModelService, given: Given, told: Criticism, caller: Caller) -> str:
    """Return another wording, or raise ModelError."""
    progress = given.progress
    data = coaching_reply.data(given)
    data |= {"was_off": WAS_OFF[told.reason], "first_reply": {"user_text": told.answer}}
    request = STEP.request(data, Voice(progress.language, progress.style), caller.prompt(STEP.name))
    said = (await STEP.ask(service, request, caller)).reply
    weakness = checks.weakness(said, coaching_reply.may_be(data, progress.language))
    if weakness or not coaching_reply.is_reply(said):
        raise AgainstRulesError(weakness or "shape")
    if not rewriting.heeds(replace(given.rule, text=said), told, progress):
        raise AgainstRulesError("unheeded")
    return said
