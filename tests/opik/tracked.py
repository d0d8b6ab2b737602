"""The calls of `test_contract`, traced by Opik's own decorator, as a program of its own."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

import opik

GIVEN = {"instructions": "Answer in a sentence.", "data": "I walked twice."}
SAID = {"text": "Twice is a start."}
NOTED = {"prompt": "coaching_reply", "prompt_version": "coaching_reply-0123abcd", "attempt": 1}
USAGE = {"prompt_tokens": 30, "completion_tokens": 4, "total_tokens": 34}
MODEL: dict[str, Any] = {"model": "small", "provider": "google_ai"}
COST = 0.00002
ROOT = {"kind": "text"}
THREAD = "thread-of-ada"
BROKEN = "the words of somebody"


def track(name: str, **options: Any) -> Callable[[Callable[[], None]], Callable[[], None]]:
    decorate = cast("Any", opik).track  # it has half of its types only
    return decorate(name=name, capture_input=False, capture_output=False, **options)


@track("coaching_reply", type="llm")
def call() -> None:
    opik.update_current_span(
        input=GIVEN, output=SAID, metadata=dict(NOTED), usage=USAGE, total_cost=COST, **MODEL
    )


@track("coaching_reply")
def step() -> None:
    opik.update_current_span(metadata={"mode": "model"})
    call()


@track("create_plan")
def breaks() -> None:
    raise ValueError(BROKEN)


@track("turn")
def turn() -> None:
    opik.update_current_trace(
        thread_id=THREAD,
        metadata=dict(ROOT),
        feedback_scores=[{"name": "reply_rating", "value": 4, "reason": "kind"}],
    )
    step()
    with suppress(ValueError):
        breaks()


if __name__ == "__main__":
    turn()
    opik.flush_tracker()
