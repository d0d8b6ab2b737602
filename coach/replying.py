"""Replies: the rules' own, or the model's words in their place where it may and can."""

from contextlib import suppress
from dataclasses import replace

from coach import scoring
from coach.llm.caller import Caller
from coach.llm.errors import BlockedError, ModelError
from coach.llm.service import ModelService
from coach.rules import injection
from coach.rules.reply_scores import Exchange
from coach.rules.rewriting import Criticism
from coach.steps import coaching_reply, rewrite_reply
from coach.steps.coaching_reply import Given, Watch
from coach.values import MODEL, RULES, RULES_VERSION, Drafted, Reply


async def first(
    model: ModelService | None, given: Given, watch: Watch, caller: Caller
) -> Drafted[Reply]:
    """Answer a message; BlockedError: the model's provider refused it as unsafe."""
    reply, mode, version = given.rule, RULES, RULES_VERSION
    if model is not None and not _holds_orders(given):
        try:
            said, version = await coaching_reply.written(model, given, watch, caller)
            reply, mode = replace(given.rule, text=said), MODEL
        except BlockedError:
            raise
        except ModelError:
            pass  # the rules' reply is there already
    return _scored(given, reply, mode, version)


async def again(
    model: ModelService | None, given: Given, told: Criticism, caller: Caller
) -> Drafted[Reply]:
    """Answer a message once more, heeding what was off."""
    reply, mode, version = given.rule, RULES, RULES_VERSION
    if model is not None and not _holds_orders(given):
        with suppress(ModelError):
            said, version = await rewrite_reply.written(model, given, told, caller)
            reply, mode = replace(given.rule, text=said), MODEL
    return _scored(given, reply, mode, version)


def _holds_orders(given: Given) -> bool:
    """Tell whether the message gives orders to a program; no model gets to read them."""
    return injection.sift(given.text, given.progress.language).found


def _scored(given: Given, reply: Reply, mode: str, version: str) -> Drafted[Reply]:
    exchange = Exchange(reply, given.text, given.progress, given.heard.recent)
    return Drafted(reply, scoring.reply(exchange, given.progress.language), mode, version)
