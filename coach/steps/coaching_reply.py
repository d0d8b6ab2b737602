"""Step 6: a coaching reply in the model's words, checked and shown sentence by sentence.

Intent, actions and buttons are the rules'. A sentence that breaks a rule ends the stream, and
so do a cut line and a person's Stop; what came before it is kept if it is a reply by itself.
"""

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from coach.llm.budget import Mode
from coach.llm.caller import Caller
from coach.llm.errors import AgainstRulesError, BlockedError, ModelError, OverBudgetError
from coach.llm.port import Finish, ModelRequest
from coach.llm.prompts import Prompt
from coach.llm.service import ModelService
from coach.masking import masked_in
from coach.rules.replies import SHORT, is_much
from coach.steps import checks
from coach.steps.checks import Allowed
from coach.values import Heard, Progress, Reply

NAME = "coaching_reply"
WORTH_MOST = frozenset(("doubt", "stress", "change", "how_to", "none"))
"""Intents that a model still words when most of somebody's month is spent."""

_MOST_TOKENS = 240
_FEWEST_WORDS, _MOST_WORDS, _GRACE = 3, 60, 10
_LINES, _LINE = 6, 200  # of the talk so far, and characters of each
_SENTENCE_END = re.compile(r"""[.!?…]+["'»”’)\]]*(?=\s)|[。！？]""")


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody looks on while a reply is written.

    *on_draft* is told each text that may be shown, longer every time. Leaving the block of
    *stoppable* early, without an error, ends the writing: what was told then is the reply.
    """

    on_draft: Callable[[str], None] = lambda _: None
    stoppable: Callable[[], AbstractAsyncContextManager[Any]] = nullcontext


UNWATCHED = Watch()


@dataclass(frozen=True, slots=True)
class Given:
    """What a reply is made of: the message, what is known and was said, and the rules' reply."""

    text: str
    progress: Progress
    heard: Heard
    rule: Reply


def request(given: Given, prompt: Prompt) -> ModelRequest:
    """Ask for a reply; whatever a person wrote stands in `user_text` fields, and all is masked."""
    progress = given.progress
    instructions = prompt.filled(language=progress.language, style=progress.style)
    return ModelRequest(
        NAME,
        instructions,
        masked_in(data(given)),
        max_output_tokens=_MOST_TOKENS,
        prompt_version=prompt.version,
        variant=prompt.variant,
    )


async def written(service: ModelService, given: Given, watch: Watch, caller: Caller) -> str:
    """Return a reply, or raise ModelError; BlockedError is for triage."""
    if given.rule.intent not in WORTH_MOST and await service.mode_for(caller.key) is Mode.SPARING:
        raise OverBudgetError(NAME)
    asked = request(given, caller.prompt(NAME))
    allowed = may_be(asked.data, given.progress.language)
    said = ""
    try:
        async with watch.stoppable():
            async for sentences in _sentences(service, asked, allowed, caller):
                said = sentences
                watch.on_draft(said)
    except BlockedError:
        raise
    except ModelError:
        if not is_reply(said):
            raise
    if not is_reply(said):
        raise AgainstRulesError("shape")
    return said


def may_be(told: dict[str, Any], language: str) -> Allowed:
    """Say what a reply may be that is made of what was *told* to the model.

    Its figures do not come from the message or the talk: one that somebody only wishes for would
    come back as a fact. One that counts is in the rules' reply, which may quote it.
    """
    sources = str([told[name] for name in ("facts", "of_the_person", "memory", "draft")])
    allowed = checks.known(sources, language, most_questions=1)
    return replace(allowed, most_words=told["most_words"] + _GRACE)


def data(given: Given) -> dict[str, Any]:
    """Gather what the model is told, with what people wrote in `user_text` fields."""
    p, rule = given.progress, given.rule
    theirs = {"goal": p.title, "why": p.why, "what_works": p.what_works, "obstacle": p.obstacle}
    talk = [
        {"by": "person" if line.by_them else "you", "user_text": line.text[:_LINE]}
        for line in given.heard.talk[-_LINES:]
    ]
    return {
        "facts": _facts(p),
        "of_the_person": {name: {"user_text": v} for name, v in theirs.items() if v},
        "memory": [{"user_text": fact} for fact in p.memory],
        "reasons_lately": list(p.reasons),
        "talk": talk,
        "intent": rule.intent,
        "actions": [str(action) for action in rule.actions],
        "draft": rule.text,
        "most_words": SHORT if is_much(given.heard) else _MOST_WORDS,
        "user_text": given.text,
    }


def _facts(p: Progress) -> dict[str, str]:
    known = {
        "small_version": p.minimum,
        "next_session": p.next_session,
        "this_week": f"{p.done} of {p.planned}" if p.planned else "",
        "last_four_weeks": f"{p.done_4_weeks} of {p.planned_4_weeks}" if p.planned_4_weeks else "",
        "weeks_so_far": str(p.weeks) if p.weeks else "",
        "came_back": str(p.comebacks) if p.comebacks else "",
    }
    return {name: value for name, value in known.items() if value}


async def _sentences(
    service: ModelService, asked: ModelRequest, allowed: Allowed, caller: Caller
) -> AsyncGenerator[str]:
    """Yield all that was said so far whenever a sentence is whole; raise for one against rules."""
    heard, said, finish = "", "", None
    async with aclosing(service.generate_content_stream(asked, caller)) as chunks:
        async for chunk in chunks:
            heard, finish = heard + chunk.text, chunk.finish or finish
            whole = heard if finish is Finish.STOP else _finished(heard)
            whole = " ".join(whole.split())
            if whole == said:
                continue
            if weakness := checks.weakness(whole, allowed):
                await chunks.athrow(AgainstRulesError(weakness))  # the ledger is to know why
            said = whole
            yield said


def _finished(heard: str) -> str:
    """Return the sentences that are over; the last one is once something follows it."""
    ends = [end.end() for end in _SENTENCE_END.finditer(heard)]
    return heard[: ends[-1]] if ends else ""


def is_reply(said: str) -> bool:
    """Tell whether a text can stand alone: its first sentence tells, and does not only ask."""
    first = said[: end.end()] if (end := _SENTENCE_END.search(said)) else said
    return len(first.split()) >= _FEWEST_WORDS and "?" not in first
