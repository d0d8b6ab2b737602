"""A model's call as a span, with the names Opik has for what it took."""

from contextlib import AbstractContextManager
from datetime import timedelta

from coach import tracing
from coach.llm.caller import CallMade
from coach.llm.port import ModelRequest, Usage
from coach.tracing import Span

PROVIDERS = {"gemini": "google_ai", "gemini-legacy": "google_ai", "openai-compatible": "openai"}
"""Our providers by their names at Opik."""


def model_call(request: ModelRequest) -> AbstractContextManager[Span]:
    """Open the span of a call; it is told what it took when the call is over."""
    return tracing.leaf(request.step)


def told(span: Span, request: ModelRequest, made: CallMade, text: str) -> None:
    """Fill a span from the ledger's entry; the instructions are known by the prompt's version."""
    span.given(request.data)
    span.said(text)
    span.measured(
        model=made.model,
        provider=PROVIDERS.get(made.provider, made.provider),
        usage=_usage(made.usage),
        total_estimated_cost=made.micro_usd / 1_000_000,
    )
    first = made.first_token
    span.note(
        prompt=made.step,
        prompt_version=made.prompt_version,
        variant=made.variant or None,
        attempt=made.attempts,
        latency_ms=made.latency // timedelta(milliseconds=1),
        first_token_ms=None if first is None else first // timedelta(milliseconds=1),
        finish_reason=made.finish or None,
        error_kind=made.error,
        usage_estimated=made.usage.estimated,
    )


def _usage(usage: Usage) -> dict[str, int]:
    output = usage.output + usage.thinking
    return {
        "prompt_tokens": usage.prompt,
        "completion_tokens": output,
        "total_tokens": usage.prompt + output,
        "cached_tokens": usage.cached,
        "thinking_tokens": usage.thinking,
    }
