"""Replies: the rules' own, or the model's words in their place where it may and can."""

from dataclasses import replace

from coach import scoring
from coach.llm.caller import Caller
from coach.llm.errors import BlockedError, ModelError
from coach.llm.prompts import Prompt
from coach.llm.service import ModelService
from coach.rules import injection
from coach.rules.reply_scores import Exchange
from coach.rules.rewriting import Criticism
from coach.steps import coaching_reply, rewrite_reply
from coach.steps.coaching_reply import Given, Watch
from coach.values import MODEL, RULES, RULES_VERSION, Drafted, Reply, Scores


async def first(
    model: ModelService | None, given: Given, watch: Watch, caller: Caller
) -> Drafted[Reply]:
    """Answer a message; BlockedError: the model's provider refused it as unsafe."""
    if model is None or _holds_orders(given):
        return _by_rules(given)
    prompt = caller.prompt(coaching_reply.NAME)
    try:
        said = await coaching_reply.written(model, given, watch, caller)
    except BlockedError:
        raise
    except ModelError:
        return _by_rules(given, prompt.variant)  # the rules' reply is there already
    return _by_model(given, said, prompt)


async def again(
    model: ModelService | None, given: Given, told: Criticism, caller: Caller
) -> Drafted[Reply]:
    """Answer a message once more, heeding what was off."""
    if model is None or _holds_orders(given):
        return _by_rules(given)
    prompt = caller.prompt(rewrite_reply.STEP.name)
    try:
        said = await rewrite_reply.written(model, given, told, caller)
    except ModelError:
        return _by_rules(given, prompt.variant)
    return _by_model(given, said, prompt)


def _holds_orders(given: Given) -> bool:
    """Tell whether the message gives orders to a program; no model gets to read them."""
    return injection.sift(given.text, given.progress.language).found


def _by_rules(given: Given, variant: str = "") -> Drafted[Reply]:
    scored = _scored(given, given.rule)
    return Drafted(given.rule, scored, RULES, RULES_VERSION, variant=variant)


def _by_model(given: Given, said: str, prompt: Prompt) -> Drafted[Reply]:
    reply = replace(given.rule, text=said)
    scored = _scored(given, reply)
    return Drafted(reply, scored, MODEL, prompt.version, variant=prompt.variant)


def _scored(given: Given, reply: Reply) -> Scores:
    exchange = Exchange(reply, given.text, given.progress, given.heard.recent)
    return scoring.reply(exchange, given.progress.language)
